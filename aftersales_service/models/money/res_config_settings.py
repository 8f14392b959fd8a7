from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_needs_price = fields.Boolean(
        related='company_id.aftersales_needs_price', readonly=False)
    aftersales_pay_later = fields.Boolean(
        related='company_id.aftersales_pay_later', readonly=False)
    aftersales_payment_journal_ids = fields.Many2many(
        related='company_id.aftersales_payment_journal_ids', readonly=False,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]")
