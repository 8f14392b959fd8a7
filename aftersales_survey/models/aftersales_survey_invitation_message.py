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

        Hook to call: as superuser, for one invitation, in what its recipient alone reads: the
        address carries the key. Opening it saves nothing, since mail programs open links, too; the
        page saves. Raises nothing.
        """
        self.ensure_one()
        return self.user_input_id._get_feedback_url(score)

    def _get_taps(self):
        """Return what the message offers to tap: dicts with ``score, face, label, url``.

        Faces for a scale of five, numbers for any other one; nothing without a rated question.
        """
        self.ensure_one()
        choices = self.user_input_id._get_feedback_choices(self._get_tap_question())
        is_of_faces = [score for score, __ in choices] == list(FACES)
        url = self._get_feedback_url()
        return [{
            'score': score, 'face': FACES[score] if is_of_faces else str(score), 'label': label,
            'url': f'{url}?score={score}'} for score, label in choices]

    def _get_tap_question(self):
        """Return the question that is answered by a tap in the message, empty for none."""
        self.ensure_one()
        return self.survey_id._get_aftersales_tap_question()

    @api.model
    def _find_open_of_user(self):
        """Return what the user, as a customer, was asked and may answer still; as superuser.

        Not what colleagues of the same company were asked: the answers are each one's own.
        """
        # their own invitations alone, by the contact of their login
        return self.sudo().search([
            ('partner_id', '=', self.env.user.partner_id.id), ('state', '=', 'sent'),
            ('user_input_id', '!=', False)]).filtered(lambda invitation: not invitation.is_late)
