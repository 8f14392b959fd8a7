from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_unclaimed_days = fields.Integer(
        related='company_id.aftersales_unclaimed_days', readonly=False)
    aftersales_disposal_days = fields.Integer(
        related='company_id.aftersales_disposal_days', readonly=False)
