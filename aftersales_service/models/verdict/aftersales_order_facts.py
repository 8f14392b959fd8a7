from dataclasses import replace

from odoo import fields, models


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
