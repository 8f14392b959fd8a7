from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of answers."""

    _inherit = 'res.config.settings'

    aftersales_answer_days = fields.Integer(
        related='company_id.aftersales_answer_days', readonly=False)
