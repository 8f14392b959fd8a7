from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.aftersales_service.tools.words import LONGEST

from .roles import COMPLAINT_MANAGER, DESK

_SUBJECT_LENGTH = 120


class AftersalesComplaint(models.Model):
    """Complaints by e-mail, and what customers write about known ones."""

    _inherit = 'aftersales.complaint'

    _mail_channel = 'mail'

    @api.model
    def _read_mail(self, msg_dict):
        words = html2plaintext(msg_dict.get('body') or '', include_references=False).strip()
        subject = (msg_dict.get('subject') or '').strip()
        return super()._read_mail(msg_dict) | self._find_order_of_mail(msg_dict) | {
            'subject': subject[:_SUBJECT_LENGTH] or self.env._("Mail without subject"),
            'description': (words or subject)[:LONGEST] or self.env._("Mail without words")}

    @api.model
    def _find_order_of_mail(self, msg_dict):
        """Link the service order whose number the subject names, if it is the sender's."""
        # the gateway runs as superuser
        named = self.env['aftersales.order'].sudo()._find_named(msg_dict)
        own = next((order for order in named if order._is_mail_of_party(msg_dict)), None)
        return {'order_id': own.id} if own else {}

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ['partner_id']

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type in ('comment', 'email') and not message.is_internal:
            for case in self:
                case._on_message(message)
        return result

    def _on_customer_words(self, words):
        result = super()._on_customer_words(words)
        if self.date_closed:
            self._on_late_words(words)
        elif not self.user_id:
            self._ask_to_read(self._get_readers(), lambda env: env._(
                "The customer wrote; no one handles this complaint"))
        return result

    def _get_readers(self):
        """Return who reads what customers write where no one handles the complaint."""
        self.ensure_one()
        return (self.company_id._get_people_in(DESK)
                or self.company_id._get_people_in(COMPLAINT_MANAGER))

    def _on_message(self, message):
        """Note our first words to the customer, and what a customer writes on their page."""
        self.ensure_one()
        author = message.author_id
        customer = self.sudo().commercial_partner_id
        if not author or not customer or author.commercial_partner_id != customer:
            is_ours = author.sudo().user_ids.filtered(lambda user: not user.share)
            if is_ours and message.subtype_id == self.env.ref('mail.mt_comment'):
                self._note_response()
        elif message.message_type == 'comment':
            # who may post was asked by core; the gateway itself judges mails
            self.sudo()._on_customer_words(html2plaintext(message.body or ''))

    def _on_late_words(self, words):
        """Open a linked complaint of what a customer writes long after the end; else tell who
        handled it.
        """
        case = self.sudo()  # the customer's own message
        limit = case.date_closed + timedelta(days=case.company_id.complaint_linked_days)
        if fields.Datetime.now() > limit:
            case._open_linked(channel='mail', description=words[:LONGEST] or case.description)
            return
        case._ask_to_read(case.user_id or case._get_readers(), lambda env: env._(
            "The customer wrote about a closed complaint"))
