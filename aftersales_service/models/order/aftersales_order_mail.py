from odoo import api, models
from odoo.tools import html2plaintext

from ...tools.words import LONGEST


class AftersalesOrder(models.Model):
    """Orders by e-mail: a message to the service address opens one."""

    _inherit = 'aftersales.order'

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Open an order from a mail; the sender is found or made, no agent handles it yet."""
        author_id = msg_dict.get('author_id')
        if not author_id and msg_dict.get('email_from'):
            author_id = self.env['mail.thread']._partner_find_from_emails_single(
                [msg_dict['email_from']], no_create=False).id
        values = {
            'channel': 'email',
            'partner_id': author_id,
            'description': self._read_mail(msg_dict),
            'email_cc': ", ".join(self._mail_cc_sanitized_raw_dict(msg_dict.get('cc')).values()),
            'user_id': False,
            **(custom_values or {}),
        }
        return super().message_new(msg_dict, custom_values=values)

    @api.model
    def _read_mail(self, msg_dict):
        """Return what the mail says: the technician's phone shows these words, no mail."""
        text = html2plaintext(msg_dict.get('body') or '', include_references=False)
        words = "\n".join(filter(None, ((msg_dict.get('subject') or '').strip(), text.strip())))
        return words[:LONGEST] or self.env._("Mail without subject")

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Let core count the orders that one sender opened: a machine opens too many."""
        return [('channel', '=', 'email'),
                ('partner_id.email_normalized', '=', email_from_normalized)]
