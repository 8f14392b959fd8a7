from odoo import fields, models


class SurveyUserInput(models.Model):
    """When and how the person was asked, beside the scores: figures need no join."""

    _inherit = 'survey.user_input'

    aftersales_date_asked = fields.Datetime(
        string="Asked on", related='aftersales_invitation_id.date_sent', store=True)
    aftersales_purpose = fields.Selection(
        string="Purpose", related='survey_id.aftersales_purpose', store=True)
    aftersales_channel = fields.Selection(
        string="Channel", related='aftersales_invitation_id.channel', store=True)

    _excluded_idx = models.Index(
        '(aftersales_wave_id) WHERE date_scored IS NOT NULL'
        ' AND (is_valid IS NOT TRUE OR test_entry)')
