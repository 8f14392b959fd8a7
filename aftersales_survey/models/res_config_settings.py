from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of answers, figures, calls and the call centre."""

    _inherit = 'res.config.settings'

    aftersales_answer_days = fields.Integer(
        related='company_id.aftersales_answer_days', readonly=False)
    aftersales_survey_minimum = fields.Integer(
        related='company_id.aftersales_survey_minimum', readonly=False)
    survey_call_wave_id = fields.Many2one(
        related='company_id.survey_call_wave_id', readonly=False)
    survey_call_share = fields.Float(related='company_id.survey_call_share', readonly=False)
    survey_callback_hours = fields.Char(
        related='company_id.survey_callback_hours', readonly=False)
    survey_callback_days = fields.Integer(
        related='company_id.survey_callback_days', readonly=False)
    aftersales_repeat_call_days = fields.Integer(
        related='company_id.aftersales_repeat_call_days', readonly=False)
