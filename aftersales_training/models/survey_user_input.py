from odoo import api, fields, models


class SurveyUserInput(models.Model):
    """The answers of an exam belong to one attendance, which gets the mark and nothing else."""

    _name = 'survey.user_input'
    _inherit = ['survey.user_input', 'aftersales.protected.mixin']
    _is_company_checked = False

    training_attendance_id = fields.Many2one(
        'aftersales.training.attendance', readonly=True, copy=False,
        index='btree_not_null', ondelete='restrict', protected=True)
    training_exam = fields.Selection(
        [('pre', "Test Before"), ('theory', "Theory Exam")], readonly=True, copy=False,
        protected=True)
    training_attempt = fields.Integer(readonly=True, copy=False, protected=True)

    @api.depends('training_exam')
    def _compute_scoring_success(self):
        """Let no test before the training pass: core gives certificate, mail and badge for it."""
        pretests = self.filtered(lambda answers: answers.training_exam == 'pre')
        pretests.scoring_success = False
        return super(SurveyUserInput, self - pretests)._compute_scoring_success()

    def _mark_done(self):
        result = super()._mark_done()
        # core scored the exam that this learner was let in to; the attendance keeps the mark
        for answers in self.sudo().filtered('training_attendance_id'):
            answers.training_attendance_id._record_exam(
                answers.training_exam, answers.scoring_percentage, answers.end_datetime)
        return result

    def _notify_new_participation_subscribers(self):
        """Tell no follower of a questionnaire who takes an exam."""
        others = self.filtered(lambda answers: not answers.sudo().training_attendance_id)
        return super(SurveyUserInput, others)._notify_new_participation_subscribers()
