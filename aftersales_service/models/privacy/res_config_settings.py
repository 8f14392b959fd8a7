from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_position_days = fields.Integer(
        related='company_id.aftersales_position_days', readonly=False)
    aftersales_photo_days = fields.Integer(
        related='company_id.aftersales_photo_days', readonly=False)
    aftersales_signature_days = fields.Integer(
        related='company_id.aftersales_signature_days', readonly=False)
    aftersales_text_days = fields.Integer(
        related='company_id.aftersales_text_days', readonly=False)
