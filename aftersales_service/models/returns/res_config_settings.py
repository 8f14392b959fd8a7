from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_return_limit = fields.Monetary(
        related='company_id.aftersales_return_limit', readonly=False)
    aftersales_disposition_hours = fields.Float(
        related='company_id.aftersales_disposition_hours', readonly=False)
    aftersales_disposition_alarm_days = fields.Float(
        related='company_id.aftersales_disposition_alarm_days', readonly=False)
    aftersales_return_location_id = fields.Many2one(
        related='company_id.aftersales_return_location_id', readonly=False)
