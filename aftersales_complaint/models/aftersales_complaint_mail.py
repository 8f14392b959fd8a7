from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.aftersales_service.tools.words import LONGEST

_SUBJECT_LENGTH = 120


class AftersalesComplaint(models.Model):
    """Complaints by e-mail, and what customers write about known ones."""

    _inherit = 'aftersales.complaint'

    _mail_channel = 'mail'

    @api.model
    def _read_mail(self, msg_dict):
        words = html2plaintext(msg_dict.get('body') or '', include_references=False).strip()
        subject = (msg_dict.get('subject') or '').strip()
        return super()._read_mail(msg_dict) | {
            'subject': subject[:_SUBJECT_LENGTH] or self.env._("Mail without subject"),
            'description': (words or subject)[:LONGEST] or self.env._("Mail without words")}

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ['partner_id']

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type in ('comment', 'email') and not message.is_internal:
            for case in self:
                case._on_message(message)
        return result

    def _on_message(self, message):
        """Note our first words to the customer, and what a customer writes of a closed case."""
        self.ensure_one()
        author = message.author_id
        customer = self.sudo().commercial_partner_id
        if not author or not customer or author.commercial_partner_id != customer:
            is_ours = author.sudo().user_ids.filtered(lambda user: not user.share)
            if is_ours and message.subtype_id == self.env.ref('mail.mt_comment'):
                self._note_response()
        elif self.sudo().date_closed:
            self._on_late_words(html2plaintext(message.body or ''))

    def _on_late_words(self, words):
        """Open a linked complaint of what a customer writes long after the end; else tell who
        handled it.
        """
        case = self.sudo()  # the customer's own message
        limit = case.date_closed + timedelta(days=case.company_id.complaint_linked_days)
        if fields.Datetime.now() > limit:
            case._open_linked(channel='mail', description=words[:LONGEST] or case.description)
            return
        for user in case.user_id:
            case.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id,
                summary=case.with_context(lang=user.lang).env._(
                    "The customer wrote about a closed complaint"))
