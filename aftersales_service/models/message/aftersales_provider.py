
from odoo import api, models


class AftersalesProvider(models.AbstractModel):
    """A service that sends short messages by template: text messages, WeChat and the like.

    A provider's module implements ``_send`` and hands receipts to
    ``aftersales.message._record_receipt``.
    """

    _name = 'aftersales.provider'
    _description = "Provider of Short Messages"
    _inherit = ['aftersales.channel']
    _is_disturbing = True
    _can_carry_secret = True
    _address_key = 'phone'

    @api.model
    def _deliver(self, message, secrets=None):
        links = message._get_document()._prepare_message_links(message.lang)
        return self._send(
            message.notifier_id.provider_template,
            {**(message.parameters or {}), **links, **(secrets or {})}, message.address)

    @api.model
    def _send(self, template, parameters, phone):
        """Hand one message over and return the provider's number for it.

        Hook: called by ``_deliver``, as superuser, for one message in a savepoint, once an address
        is known.

        :param template: the provider's name of the approved template
        :param parameters: texts and links by name, in the recipient's language
        :param phone: the address of the channel: a number in full, with country
        :raise UserError, OSError: refused or not reached; it is tried again until the company's
            limit
        """
        raise NotImplementedError
