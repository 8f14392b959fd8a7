from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_two_people_weight = fields.Float(
        related='company_id.aftersales_two_people_weight', readonly=False)
    aftersales_claim_days = fields.Integer(
        related='company_id.aftersales_claim_days', readonly=False)
    aftersales_trip_service_id = fields.Many2one(
        related='company_id.aftersales_trip_service_id', readonly=False)
