from odoo import api, models

# what a message says, and where it stands
_WORDS = frozenset({'body', 'attachment_ids', 'model', 'res_id'})


class MailMessage(models.Model):
    """What was written about a document under legal hold stays as it is."""

    _inherit = 'mail.message'

    def write(self, vals):
        if not self.env.su and vals.keys() & _WORDS:
            self.check_access('write')  # before a sentence that names documents
            self._ensure_not_held()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._ensure_not_held()

    def _ensure_not_held(self):
        # the hold of a document binds the author of its messages, too
        for model, messages in self.sudo().filtered('res_id').grouped('model').items():
            documents = self.env.get(model)
            if hasattr(documents, '_get_hold_documents'):
                documents.browse(set(messages.mapped('res_id'))).exists(
                    )._get_hold_documents()._ensure_not_held()
