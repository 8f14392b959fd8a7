
from odoo import api, models


class AftersalesChannel(models.AbstractModel):
    """A way to the recipient: which address it takes, and how one message leaves.

    A module that brings a further way adds a value to ``aftersales.notifier.channel`` and
    the model ``aftersales.channel.<value>``, which inherits from here or, for short
    messages by template, from ``aftersales.provider``.
    """

    _name = 'aftersales.channel'
    _description = "Channel of Customer Messages"

    # it rings a phone: not in the quiet hours
    _is_disturbing = False
    # no colleague can read afterwards what went this way, so it may carry a code
    _can_carry_secret = False
    # sends many messages at once by ``_deliver_together``
    _is_batched = False
    # the key of the document's recipient (``_get_notification_recipient``) that it takes
    _address_key = None

    @api.model
    def _get_address(self, document):
        """Return where the recipient is reached, ``False`` if nowhere.

        Hook: called by ``aftersales.message``, as superuser, for one document, before each attempt
        to send. A channel usually sets ``_address_key`` only. Raises nothing.

        :param document: what the message is about, a record with ``aftersales.notify.mixin``
        """
        return document._get_notification_recipient().get(self._address_key) or False

    @api.model
    def _deliver(self, message, secrets=None):
        """Send ``message`` off and return the number by which a receipt will name it.

        Hook: called by ``aftersales.message._send``, as superuser in the recipient's language, for
        one message in a savepoint, after its parameters were stored.

        :param secrets: parameters that are nowhere stored, such as a code
        :raise UserError, OSError: refused or not reached; it is tried again until the company's
            limit
        """
        raise NotImplementedError

    @api.model
    def _deliver_together(self, messages):
        """Send ``messages`` off at once, where this is cheaper; they have no numbers for receipts.

        Hook: called by ``aftersales.message._process`` for channels with ``_is_batched``, as
        superuser, for many messages in a savepoint, after their parameters were stored; none of
        them carries a secret.

        :raise UserError, OSError: they are tried again one by one
        """
        raise NotImplementedError
