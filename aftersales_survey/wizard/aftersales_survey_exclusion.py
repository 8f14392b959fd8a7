from odoo import fields, models

from ..models.survey_user_input import EXCLUSIONS


class AftersalesSurveyExclusion(models.TransientModel):
    """Why answers do not count; who said so is noted with them."""

    _name = 'aftersales.survey.exclusion'
    _description = "Exclude Answers"

    user_input_ids = fields.Many2many(
        'survey.user_input', string="Answer Sheets", required=True,
        default=lambda self: self.env.context.get('active_ids'))
    reason = fields.Selection(EXCLUSIONS, required=True)
    note = fields.Char(string="In Words")

    def action_exclude(self):
        """Leave the answers out of all figures."""
        self.user_input_ids._exclude_aftersales(self.reason, self.note)
        return {'type': 'ir.actions.act_window_close'}
