import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...tools.words import is_token

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    """What mails, visitors and pictures may do to a document, whatever its model.

    Mails that a machine sent back open none, mails that open one do not name it, visitors get
    the conversation only, and a picture too large to be opened is kept as it came.
    """

    _inherit = 'mail.thread'

    # documents whose alias is printed on paper and mails: an echo of ours opens none
    _is_mail_loop_guarded = False
    # documents with a page for visitors, who read the conversation and nothing else of it
    _is_visited_by_customers = False

    # === MAILS AND MESSAGES === #

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Leave a protected name to its sequence: core would take the subject for it.

        Core calls it as superuser, whom no protection stops. Overrides still read the subject.
        """
        name = self._fields.get(self._rec_name)
        if name is not None and getattr(name, 'protected', False):
            msg_dict = {**msg_dict, 'subject': ''}
        return super().message_new(msg_dict, custom_values=custom_values)

    def _message_update_content(self, message, /, *, strict=True, **kwargs):
        """Leave what was written about a document under legal hold as it is."""
        if strict and hasattr(self, '_get_hold_documents'):
            self._get_hold_documents()._ensure_not_held()
        return super()._message_update_content(message, strict=strict, **kwargs)

    def _process_attachments_for_post(self, attachments, attachment_ids, message_values):
        thread = self
        try:
            for __, content, *__ in attachments or []:
                if isinstance(content, bytes):
                    self.env.company._ensure_pixels(content)
        except UserError:
            thread = self.with_context(image_no_postprocess=True)
        return super(MailThread, thread)._process_attachments_for_post(
            attachments, attachment_ids, message_values)

    # === VISITORS === #

    @api.model
    def _get_thread_with_access(self, thread_id, *, token=None, **kwargs):
        """Open nothing for a wrong key, to people with a login neither.

        Core compares the key only where the login opens nothing, and stops at odd letters.
        """
        if token is not None and self._is_visited_by_customers:
            # a visitor with the key may have no right to the document
            document = self.sudo().browse(thread_id).exists()
            if not is_token(token, document[self._mail_post_token_field]):
                return self.browse()
        if token is not None:
            kwargs['token'] = token
        return super()._get_thread_with_access(thread_id, **kwargs)

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Show visitors no followers, no activities and no files of internal notes.

        Core hands the document over as superuser to a visitor with the key of its page; the files
        of the conversation come with its messages.
        """
        if self._is_visited_by_customers and not self.env.user._is_internal():
            request_list = request_list and []
        return super()._thread_to_store(store, fields, request_list=request_list)

    # === LOOPS === #

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        guarded = [route for route in routes if self._is_guarded_route(*route[:2])]
        if guarded:
            reason = self._get_aftersales_loop(message, message_dict)
            if reason:
                _logger.info(
                    "Ignored mail from %s to %s with Message-Id %s: %s",
                    message_dict.get('email_from'), message_dict.get('to'),
                    message_dict.get('message_id'), reason)
                routes = [route for route in routes if route not in guarded]
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _is_guarded_route(self, model, thread_id):
        """Whether a mail would open a document of a model that stands behind the guard."""
        return not thread_id and getattr(self.env.get(model), '_is_mail_loop_guarded', False)

    @api.model
    def _get_aftersales_loop(self, message, message_dict):
        """Return why a mail is the echo of ours, or ``False``.

        Out-of-office answers say so by their header (RFC 3834); what a shop's machine
        writes of itself ("auto-generated") may well be an order. Only our own mail comes from
        one of our own addresses.
        """
        if (message.get('Auto-Submitted') or '').split(';')[0].strip().lower() == 'auto-replied':
            return "automatic reply"
        sender = email_normalize(message_dict.get('email_from') or '')
        if sender and self.env['mail.alias.domain'].sudo()._find_aliases([sender]):
            return "sent from one of our own addresses"
        return False
