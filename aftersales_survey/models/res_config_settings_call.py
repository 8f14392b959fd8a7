from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of calls after the work and of call-backs."""

    _inherit = 'res.config.settings'

    survey_call_wave_id = fields.Many2one(
        related='company_id.survey_call_wave_id', readonly=False)
    survey_call_share = fields.Float(related='company_id.survey_call_share', readonly=False)
    survey_callback_hours = fields.Char(
        related='company_id.survey_callback_hours', readonly=False)
    survey_callback_days = fields.Integer(
        related='company_id.survey_callback_days', readonly=False)
