from odoo import models
from odoo.exceptions import UserError


class MailThread(models.AbstractModel):
    """A picture that is too large to be opened is kept as it came, so that no mail is lost."""

    _inherit = 'mail.thread'

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
