from dataclasses import replace

from odoo import fields, models


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    fault_kind = fields.Selection(selection_add=[('minor', "Minor Defect")])
    is_fault_proven = fields.Boolean(
        string="Fault Was There at Delivery", copy=False,
        help="Proven by an expert or admitted. Some laws presume it for the first months and "
             "ask the customer to prove it afterwards.")

    is_remedy_refused = fields.Boolean(
        string="Seller Refuses", copy=False,
        help="The seller refuses to repair and to replace the unit, or cannot: some laws give "
             "the money back then.")

    def _get_facts(self, repairs=(), same_model=None, exclusions=(), day=None):
        facts = super()._get_facts(repairs, same_model, exclusions, day)
        known = {
            name: True for name, is_known in (
                ('is_proven', self.is_fault_proven), ('is_refused', self.is_remedy_refused))
            if is_known}
        return replace(facts, **known) if known else facts
