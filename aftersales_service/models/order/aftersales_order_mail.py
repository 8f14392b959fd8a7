from odoo import api, models
from odoo.tools import html2plaintext

from ...tools.words import LONGEST


class AftersalesOrder(models.Model):
    """Orders by e-mail: a message to the service address opens one."""

    _inherit = 'aftersales.order'

    @api.model
    def _read_mail(self, msg_dict):
        """Read what the mail says: the technician's phone shows these words, no mail."""
        text = html2plaintext(msg_dict.get('body') or '', include_references=False)
        words = "\n".join(filter(None, ((msg_dict.get('subject') or '').strip(), text.strip())))
        return super()._read_mail(msg_dict) | {
            'description': words[:LONGEST] or self.env._("Mail without subject")}
