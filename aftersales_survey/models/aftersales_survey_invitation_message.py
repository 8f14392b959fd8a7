from odoo import api, models

FACES = {1: '😠', 2: '🙁', 3: '😐', 4: '🙂', 5: '😀'}


class AftersalesSurveyInvitation(models.Model):
    """The message of an invitation: whom it reaches, and the first question in it."""

    _inherit = 'aftersales.survey.invitation'

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'survey_invited', 'survey_reminded'}

    def _is_message_needed(self, event):
        return super()._is_message_needed(event) and self.state == 'sent' and not self.is_late

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'survey': self.survey_id.title,
            'subject': self.product_id.name or self.survey_id.title}

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'link': self._get_feedback_url()}

    def _get_feedback_url(self, score=None):
        """Return the address of the public page of one invitation, with a score chosen or not.

        To be called as superuser, for the recipient only: it carries the key. Opening it saves
        nothing, since mail programs open links, too; the page saves.
        """
        self.ensure_one()
        url = f'{self.get_base_url()}/feedback/{self.access_token}'
        return url if score is None else f'{url}?score={score}'

    def _get_tap_question(self):
        """Return the question that is answered by a tap in the message, empty for none."""
        return self.survey_id.question_ids.filtered(
            lambda question: question.question_type == 'scale')[:1]

    def _get_taps(self):
        """Return what the message offers to tap: dicts with ``score, face, label, url``.

        Faces for a scale of five, numbers for any other one.
        """
        self.ensure_one()
        question = self._get_tap_question()
        if not question:
            return []
        scores = range(question.scale_min, question.scale_max + 1)
        faces = {}
        if (question.scale_min, question.scale_max) == (1, 5):
            words = {
                1: self.env._("Very unsatisfied"), 2: self.env._("Unsatisfied"),
                3: self.env._("Fair"), 4: self.env._("Satisfied"),
                5: self.env._("Very satisfied")}
            faces = {score: (face, words[score]) for score, face in FACES.items()}
        return [{
            'score': score, 'face': faces.get(score, (str(score), ''))[0],
            'label': faces.get(score, ('', str(score)))[1],
            'url': self._get_feedback_url(score)} for score in scores]
