from odoo import fields, models


class AftersalesMissedReason(models.Model):
    """Why a visit failed, in the company's words; reports count its kind."""

    _name = 'aftersales.missed.reason'
    _description = "Reason for a Failed Visit"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    kind = fields.Selection('_selection_kind', required=True, default='other')
    is_customer_fault = fields.Boolean(
        string="Customer's Fault",
        help="A further trip may be charged: the author of the quotation gets a "
             "proposal, if the settings name a service for it.")

    def _selection_kind(self):
        return self.env['aftersales.visit']._fields['missed_reason']._description_selection(
            self.env)
