from odoo import api, models
from odoo.exceptions import AccessError

from .aftersales_legal_hold_part_mixin import loses_proof
from .ir_attachment import PREFIX

# what a message says, and where it stands
_WORDS = frozenset({'body', 'attachment_ids', 'model', 'res_id'})
# what makes a message part of the history of its document; files may be added
_HISTORY = (_WORDS - {'attachment_ids'}) | {
    'author_id', 'date', 'email_from', 'is_internal', 'message_type', 'subject', 'subtype_id',
    'tracking_value_ids'}


class MailMessage(models.Model):
    """The history of our documents stays: only administrators delete messages.

    Authors change their own comments, as core has it, unless a legal hold keeps them.
    """

    _inherit = 'mail.message'

    def write(self, vals):
        if not self.env.su and vals.keys() & _WORDS:
            self.check_access('write')  # before a sentence that names documents
            self._ensure_not_held()
        if not self.env.is_admin() and (vals.keys() & _HISTORY or any(
                loses_proof(message, vals) for message in self.sudo())):
            self.check_access('write')
            self._ensure_history_stays()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if not self.env.is_admin():
            self._ensure_history_stays()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._ensure_not_held()

    def _ensure_history_stays(self):
        """Refuse messages of our documents, unless they are comments that the user wrote."""
        # whose message it is, and of which model, decides
        if any((message.model or '').startswith(PREFIX) and message.res_id and not (
                message.message_type == 'comment'
                and message.author_id == self.env.user.partner_id) for message in self.sudo()):
            raise AccessError(self.env._(
                "The history of a document stays as it was written: add a note, or ask an "
                "administrator to delete the message."))

    def _ensure_not_held(self):
        # the hold of a document binds the author of its messages, too
        for model, messages in self.sudo().filtered('res_id').grouped('model').items():
            documents = self.env.get(model)
            if hasattr(documents, '_get_hold_documents'):
                documents.browse(set(messages.mapped('res_id'))).exists(
                    )._get_hold_documents()._ensure_not_held()
