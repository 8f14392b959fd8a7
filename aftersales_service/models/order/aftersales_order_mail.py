from odoo import api, models
from odoo.tools import html2plaintext

from ...tools.words import LONGEST
from ..base.roles import DISPATCHER, TEAM_LEAD


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

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == 'comment' and not message.is_internal and (
                message.author_id.sudo().commercial_partner_id):
            for order in self.sudo():  # who may post was asked by core
                if message.author_id.sudo().commercial_partner_id == order.commercial_partner_id:
                    order._on_customer_words(html2plaintext(message.body or ''))
        return result

    def _on_customer_words(self, words):
        """Have somebody read words about finished work, or about an order without a handler.

        A handler follows the open order and is notified as of any message.
        """
        result = super()._on_customer_words(words)
        if self.date_closed:
            self._ask_to_read(self.user_id or self._get_readers(), lambda env: env._(
                "The customer wrote about a closed order"))
        elif not self.user_id:
            self._ask_to_read(self._get_readers(), lambda env: env._(
                "The customer wrote; no one handles this order"))
        return result

    def _get_readers(self):
        """Return who reads what customers write where no one handles the order."""
        self.ensure_one()
        company = self.company_id
        return (company.aftersales_dispatcher_id or company._get_people_in(DISPATCHER)
                or company._get_people_in(TEAM_LEAD))
