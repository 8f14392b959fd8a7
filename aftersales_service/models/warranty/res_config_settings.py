from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_expiry_days = fields.Integer(
        related='company_id.aftersales_expiry_days', readonly=False)
    is_aftersales_expiry_lead = fields.Boolean(
        related='company_id.is_aftersales_expiry_lead', readonly=False)
