import logging
from email.message import EmailMessage

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header, email_split_and_format

from ...tools.incoming_mail import get_machine_reason, mend_message
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
        if token is not None and self._is_visited_by_customers and (
                self._mail_post_token_field in self._fields):
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

    # === MAILS THAT COME IN === #

    @api.model
    def message_parse(self, message, save_original=False):
        """Read words and headers in the charset in which they were written, whatever is said."""
        if isinstance(message, EmailMessage):
            mend_message(message)
        return super().message_parse(message, save_original=save_original)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Open no document for machines, none for a mail about a known one; say who wrote it."""
        reason = self._get_aftersales_loop(message, message_dict)
        kept, known, named = [], [], []
        for route in routes or ():
            if not self._is_guarded_route(*route[:2]):
                kept.append(route)
            elif reason:
                _logger.info(
                    "Ignored mail from %s to %s with Message-Id %s: %s",
                    message_dict.get('email_from'), message_dict.get('to'),
                    message_dict.get('message_id'), reason)
            elif hasattr(self.env[route[0]], '_prepare_mail_route'):
                kept.append(self.env[route[0]]._prepare_mail_route(
                    route, message, message_dict, named))
            else:
                kept.append(route)
        for model, thread_id, *__ in kept:
            if thread_id and not reason and hasattr(self.env.get(model), '_on_customer_mail'):
                known.append((self.env[model].browse(thread_id), message_dict['email_from']))
        author_id, words = message_dict.get('author_id'), message_dict.get('body') or ''
        thread_id = super()._message_route_process(message, message_dict, kept)
        for document, email in known:
            # core's gateway runs as superuser
            document.sudo()._on_customer_mail(author_id, email, words)
        if named and thread_id:
            self.env[kept[-1][0]].browse(thread_id).sudo()._note_named(named)
        return thread_id

    @api.model
    def _is_guarded_route(self, model, thread_id):
        """Whether a mail would open a document of a model that stands behind the guard."""
        return not thread_id and getattr(self.env.get(model), '_is_mail_loop_guarded', False)

    @api.model
    def _get_aftersales_loop(self, message, message_dict):
        """Return why a mail is the echo of ours or the work of a machine, or ``False``.

        Only our own mail comes from one of our own addresses, but for the form of our website,
        which names its visitor as the one to answer.
        """
        domains = self.env['mail.alias.domain'].sudo()
        reason = get_machine_reason(message, self._get_own_domains())
        if reason:
            return reason
        sender = email_normalize(message_dict.get('email_from') or '')
        if sender and domains._find_aliases([sender]) and not self._get_answered_address(message):
            return "sent from one of our own addresses"
        return False

    @api.model
    def _get_own_domains(self):
        """Return the domains of our addresses: they are few, and public."""
        return tuple(self.env['mail.alias.domain'].sudo().search(
            [('name', '!=', False)]).mapped('name'))

    @api.model
    def _get_answered_address(self, message):
        """Return the address outside to which answers are wanted, or nothing."""
        if message.get('X-Odoo-Message-Id') or message.get('X-Odoo-Objects'):
            return ''
        addresses = email_split_and_format(
            decode_message_header(message, 'Reply-To', separator=','))
        ours = self.env['mail.alias.domain'].sudo()._find_aliases(
            [email_normalize(address) for address in addresses])
        return next((address for address in addresses if email_normalize(address) not in ours), '')
