from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_accident_minutes = fields.Integer(
        related='company_id.aftersales_accident_minutes', readonly=False)
    aftersales_accident_hours = fields.Integer(
        related='company_id.aftersales_accident_hours', readonly=False)
