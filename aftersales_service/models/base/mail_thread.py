from odoo import api, models
from odoo.exceptions import UserError


class MailThread(models.AbstractModel):
    """Mails that open documents name none, and a picture too large to be opened is kept."""

    _inherit = 'mail.thread'

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
