from odoo import fields, models


class AftersalesMissedReason(models.Model):
    """Why a trip was in vain, in the firm's own words; reports count its kind."""

    _name = 'aftersales.missed.reason'
    _description = "Reason for a Trip in Vain"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    kind = fields.Selection('_selection_kind', required=True, default='other')
    is_customer_fault = fields.Boolean(
        string="Customer's Fault",
        help="A further trip may be charged: it is proposed to whoever quotes, if the "
             "settings name the service for it.")

    def _selection_kind(self):
        return self.env['aftersales.visit']._fields['missed_reason']._description_selection(
            self.env)
