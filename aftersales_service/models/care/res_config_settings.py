from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_follow_up_days = fields.Integer(
        related='company_id.aftersales_follow_up_days', readonly=False)
