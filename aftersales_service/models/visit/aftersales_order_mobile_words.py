from odoo import api, models
from odoo.tools import format_date, html2plaintext

# how many messages of the customer the phone shows
WORDS = 5


class AftersalesOrder(models.Model):
    """What the customer wrote and photographed, for the technician who goes there."""

    _inherit = 'aftersales.order'

    def _get_mobile_context(self):
        return super()._get_mobile_context() | {'customer_messages': self._get_customer_messages()}

    def _prepare_mobile_order(self, shared):
        # asked for by the technician of the visit, see _get_mobile_jobs
        messages = shared['customer_messages'].get(self.id, [])
        return super()._prepare_mobile_order(shared) | {'words': [{
            'day': format_date(self.env, message.date),
            'text': html2plaintext(message.body or "").strip(),
            'photos': self._get_photos(message).ids,
        } for message in messages[:WORDS]]}

    def _get_customer_messages(self):
        """Return the messages that customers wrote on their orders, newest first, by order id.

        Notes of the desk, and what others wrote, are not among them.
        """
        customers = {order.id: order.commercial_partner_id for order in self}
        messages = self.env['mail.message'].search([
            ('model', '=', self._name), ('res_id', 'in', self.ids),
            ('message_type', 'in', ('comment', 'email')), ('is_internal', '=', False),
            ('subtype_id.internal', '=', False),
            ('author_id', 'child_of', self.commercial_partner_id.ids)], order='id desc')
        return messages.filtered(
            lambda message: message.author_id.commercial_partner_id == customers[message.res_id],
        ).grouped('res_id')

    def _get_customer_photos(self):
        """Return the photos that came with the customer's messages."""
        self.ensure_one()
        return self._get_photos(
            self._get_customer_messages().get(self.id, self.env['mail.message']))

    @api.model
    def _get_photos(self, messages):
        return messages.attachment_ids.filtered(
            lambda file: (file.mimetype or '').startswith('image/'))
