from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .roles import OFFICER

# learners come by the key that the phone's page gives them, and see no answers
SAFE = {'access_mode': 'token', 'scoring_type': 'scoring_without_answers',
        'users_can_go_back': False}


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
            self.write(dict(SAFE))
        return result

    @api.model_create_multi
    def create(self, vals_list):
        kind = self.env.context.get('default_survey_type')
        return super().create([
            {**SAFE, **vals} if vals.get('survey_type', kind) == 'training' else vals
            for vals in vals_list])

    @api.constrains('survey_type', 'access_mode', 'scoring_type')
    def _check_training_exam(self):
        """Exams give marks and no answers, to who has the key of the phone's page alone."""
        for survey in self.filtered(lambda survey: survey.survey_type == 'training'):
            if any(survey[name] != SAFE[name] for name in ('access_mode', 'scoring_type')):
                raise ValidationError(self.env._(
                    "“%(exam)s” is an exam: invited people only take it, and it is scored without "
                    "the answers being shown.", exam=survey.title))
        # which courses use them, also where the user may not read those
        self.env['aftersales.training.course'].sudo().with_context(active_test=False).search(
            [('survey_id', 'in', self.ids)])._ensure_exam_is_safe()

    def _ensure_has_exam_questions(self):
        """Refuse exams without a question that gives points: each learner would fail.

        Called where a session is confirmed and where a learner opens the exam, for a batch.

        :raise UserError: naming the exams
        """
        # only whether there are questions
        empty = self.sudo().filtered(
            lambda survey: not survey.question_ids.filtered('is_scored_question'))
        if empty:
            raise UserError(self.env._(
                "These exams have no questions with points yet: %(exams)s. Add them first.",
                exams=empty.mapped('title')))

    def _create_answer(self, user=False, partner=False, email=False, test_entry=False,
                       check_attempts=True, **additional_vals):
        """Refuse core's ways to an exam: "My Training" opens it, once, for who attends."""
        if not test_entry and not additional_vals.get('training_attendance_id') and any(
                survey.survey_type == 'training' for survey in self.sudo()):
            raise UserError(self.env._(
                "Learners open this exam from their page “My Training”, and once: ask the "
                "training officer for a retest."))
        return super()._create_answer(
            user=user, partner=partner, email=email, test_entry=test_entry,
            check_attempts=check_attempts, **additional_vals)

    def write(self, vals):
        if vals.get('survey_type') == 'training':
            vals = {**SAFE, **vals}
        if vals.get('survey_type', 'training') != 'training':
            taken = self.filtered(lambda survey: survey.survey_type == 'training')
            # only whether there are answers; their type would be opened to others
            if self.env['survey.user_input'].sudo().search_count(
                    [('survey_id', 'in', taken.ids)], limit=1):
                raise UserError(self.env._(
                    "Learners have taken this exam, so its type stays. Copy it and change the "
                    "copy."))
        return super().write(vals)
