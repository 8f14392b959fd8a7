from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the call centre."""

    _inherit = 'res.config.settings'

    aftersales_repeat_call_days = fields.Integer(
        related='company_id.aftersales_repeat_call_days', readonly=False)
