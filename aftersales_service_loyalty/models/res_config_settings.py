from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_coupon_program_id = fields.Many2one(
        related='company_id.aftersales_coupon_program_id', readonly=False)
