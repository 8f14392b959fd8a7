from odoo import api, fields, models
from odoo.exceptions import UserError

from .roles import OFFICER


class SurveySurvey(models.Model):
    """An exam of the training: its type keeps questions and answers from core's survey staff."""

    _inherit = 'survey.survey'

    survey_type = fields.Selection(
        selection_add=[('training', "Training Exam")], ondelete={'training': 'set default'})

    @api.depends_context('uid')
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group(OFFICER):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), 'training']
        return result

    @api.onchange('survey_type')
    def _onchange_survey_type(self):
        result = super()._onchange_survey_type()
        if self.survey_type == 'training':
            # learners come by the key that the phone's page gives them
            self.write({'access_mode': 'token', 'scoring_type': 'scoring_without_answers',
                        'users_can_go_back': False})
        return result

    def write(self, vals):
        if vals.get('survey_type', 'training') != 'training':
            taken = self.filtered(lambda survey: survey.survey_type == 'training')
            # only whether there are answers; their type would be opened to others
            if self.env['survey.user_input'].sudo().search_count(
                    [('survey_id', 'in', taken.ids)], limit=1):
                raise UserError(self.env._(
                    "Learners have taken this exam, so its type stays. Copy it and change the "
                    "copy."))
        return super().write(vals)
