from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

from odoo.addons.aftersales_service.tools.words import LONGEST

from .aftersales_complaint import QUIET_KINDS
from .roles import COMPLAINT_MANAGER, DESK

_SUBJECT_LENGTH = 120
_EVENTS = {
    'informed': 'complaint_answered', 'unfounded': 'complaint_answered',
    'settled': 'complaint_settled'}


class AftersalesComplaint(models.Model):
    """Complaints by e-mail, what customers write about known ones and hear without asking."""

    _inherit = 'aftersales.complaint'

    _mail_channel = 'mail'

    # === WHAT COMES IN === #

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

    # === WHAT THE CUSTOMER HEARS === #

    def _notify_registered(self):
        """Confirm new complaints to their customers; thank those who ask for nothing."""
        quiet = self.filtered(lambda case: case.kind in QUIET_KINDS)
        for event, noted in (
                ('complaint_received', self - quiet), ('complaint_thanked', quiet)):
            if noted:
                noted._notify_customer(event)

    def _notify_step(self, target):
        if target in _EVENTS:
            self._notify_customer(_EVENTS[target])

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {
            'complaint_received', 'complaint_thanked', *_EVENTS.values()}

    def _get_occasion(self, event):
        moment = {'complaint_answered': 'date_answered',
                  'complaint_settled': 'date_settled'}.get(event)
        return str(self[moment]) if moment else super()._get_occasion(event)

    def _is_message_needed(self, event):
        """Drop news that the complaint has left behind, or the customer never began.

        Who rated low did not complain: “we received your complaint” would surprise them.
        """
        if self.state == 'merged' or (event == 'complaint_received' and (
                self.date_answered or self.channel == 'rating')):
            return False
        return super()._is_message_needed(event)

    def _get_notification_recipient(self):
        recipient = super()._get_notification_recipient()
        recipient['phone'] = self.phone_sanitized or recipient['phone']
        return recipient

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'complaint': self.name, 'status': self._get_page_status(),
            'until': self._get_page_promise()}

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'link': self._get_customer_link()}
