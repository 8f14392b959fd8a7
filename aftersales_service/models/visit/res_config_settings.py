from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_track_position = fields.Boolean(
        related='company_id.aftersales_track_position', readonly=False)
    aftersales_photo_limit = fields.Integer(
        related='company_id.aftersales_photo_limit', readonly=False)
    aftersales_photo_pixels = fields.Integer(
        related='company_id.aftersales_photo_pixels', readonly=False)
    aftersales_photo_side = fields.Integer(
        related='company_id.aftersales_photo_side', readonly=False)
    aftersales_map_link = fields.Char(
        related='company_id.aftersales_map_link', readonly=False)
