from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_trade_in_product_id = fields.Many2one(
        related='company_id.aftersales_trade_in_product_id', readonly=False)
    aftersales_trade_in_location_id = fields.Many2one(
        related='company_id.aftersales_trade_in_location_id', readonly=False)
