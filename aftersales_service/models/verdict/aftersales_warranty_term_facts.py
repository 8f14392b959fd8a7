
from odoo import models

from ...tools.warranty import COMPONENT, WHOLE_UNIT

PROMISED_ORIGINS = ('factory', 'exchange')


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
        own = self._get_unit_covers()
        # no difference of records: it would read the parts of each card by a query of its own
        more = self.cover_ids.filtered(
            lambda cover: cover not in own and cover._pays_for(parts))
        term = own[-1:]
        if shorter := self._get_accessory_cover(parts):
            return {
                'delivered': self.delivery_date or None, 'is_accessory': True,
                'term_end': shorter._get_last_day() or None,
                'part_end': shorter._get_last_day() or None}
        return {
            'delivered': self.delivery_date or None,
            'term_end': term._get_last_day() or None if term else None,
            'term_usage': term.usage_limit or None,
            'part_end': max(filter(None, (
                cover._get_last_day() for cover in more)), default=None),
        }

    def _get_unit_covers(self):
        """Return the covers of the whole unit that the policy promised, the last one last."""
        return self.cover_ids.filtered(
            lambda cover: cover.kind == WHOLE_UNIT and cover.origin in PROMISED_ORIGINS
        ).sorted('date_end')

    def _get_accessory_cover(self, parts):
        """Return the cover of ``parts`` where they have a shorter one than the unit itself.

        The lines of an order are judged alike by ``tools.warranty``: such a part is not covered
        beyond its own term by that of the unit. Of several parts the last one to end counts.
        """
        self.ensure_one()
        term = parts and self._get_unit_covers()[-1:]
        if not term:
            return self.cover_ids.browse()
        shorter = self.cover_ids.filtered(
            lambda cover: cover.kind == COMPONENT and cover.origin == term.origin
            and cover.date_end < term.date_end)
        found = {
            part: shorter.filtered(lambda cover, part=part: part in cover.main_part_ids.ids)
            for part in parts} if shorter else {}
        covers = self.cover_ids.browse().union(*found.values())
        return covers.sorted('date_end')[-1:] if found and all(found.values()) else covers.browse()
