
from odoo import models

from ...tools.warranty import WHOLE_UNIT


class AftersalesWarranty(models.Model):
    """The facts that the covers of a unit give the remedy rules: which terms run, and how far."""

    _inherit = 'aftersales.warranty'

    def _get_facts(self, day, repairs=(), **known):
        facts = self._get_term_facts(known.get('parts', ())) | known
        if any(first <= day <= last for first, last in self._get_pauses()):
            # while the promise rests, no term runs
            facts |= {'term_end': None, 'part_end': None}
        return super()._get_facts(day, repairs, **facts)

    def _get_term_facts(self, parts=()):
        """Return the facts about terms.

        The remedies that a law or policy gives hang on the term of the whole unit; what is
        bought or granted on top, and the covers of single parts, pay for repairs only.

        :param parts: identifiers of the main parts concerned
        """
        self.ensure_one()
        own = self.cover_ids.filtered(
            lambda cover: cover.kind == WHOLE_UNIT and cover.origin in ('factory', 'exchange'))
        # no difference of records: it would read the parts of each card by a query of its own
        more = self.cover_ids.filtered(
            lambda cover: cover not in own and cover._pays_for(parts))
        term = own.sorted('date_end')[-1:]
        return {
            'delivered': self.delivery_date or None,
            'term_end': term._get_last_day() or None if term else None,
            'term_usage': term.usage_limit or None,
            'part_end': max(filter(None, (
                cover._get_last_day() for cover in more)), default=None),
        }
