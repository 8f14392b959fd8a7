from dataclasses import replace

from odoo import fields, models

from ...tools.warranty import COMPONENT, WHOLE_UNIT


class AftersalesWarranty(models.Model):
    """What the covers of a unit tell the remedy rules: which terms run, and how far."""

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


class AftersalesWarrantyCover(models.Model):
    _inherit = 'aftersales.warranty.cover'

    def _pays_for(self, parts):
        """Tell whether the cover bears a repair of these main parts."""
        self.ensure_one()
        return self.kind == WHOLE_UNIT or (
            self.kind == COMPONENT and not set(parts).isdisjoint(self.main_part_ids.ids))


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    fault_kind = fields.Selection(selection_add=[('minor', "Minor Defect")])
    is_fault_proven = fields.Boolean(
        string="Fault Was There at Delivery", copy=False,
        help="Proven by an expert or admitted. Some laws presume it for the first months and "
             "ask the customer to prove it afterwards.")

    def _get_facts(self, repairs=(), same_model=None, exclusions=(), day=None):
        facts = super()._get_facts(repairs, same_model, exclusions, day)
        return replace(facts, is_proven=True) if self.is_fault_proven else facts
