from lxml import html
from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command


class AftersalesChannel(models.AbstractModel):
    """A way to the recipient: which address it takes, and how one message leaves.

    A module that brings a further way adds a value to ``aftersales.notifier.channel`` and
    the model ``aftersales.channel.<value>``, which inherits from here or, for short
    messages by template, from ``aftersales.provider``.
    """

    _name = 'aftersales.channel'
    _description = "Way to the Customer"

    # it rings a phone: not in the quiet hours
    _is_disturbing = False
    # no colleague can read afterwards what went this way, so it may carry a code
    _can_carry_secret = False
    # the key of the document's recipient (``_get_notification_recipient``) that it takes
    _address_key = None

    @api.model
    def _get_address(self, document):
        """Return where the recipient is reached, ``False`` if nowhere.

        :param document: what the message is about, a record with ``aftersales.notify.mixin``
        """
        return document._get_notification_recipient().get(self._address_key) or False

    @api.model
    def _deliver(self, message, secrets=None):
        """Send ``message`` off and return the number by which a receipt will name it.

        Refusals are ``UserError`` or ``OSError``: the message is tried again.

        :param secrets: parameters that are nowhere stored, such as a code
        """
        raise NotImplementedError


class AftersalesChannelEmail(models.AbstractModel):
    """E-mail by core's queue, from the template of the notification."""

    _name = 'aftersales.channel.email'
    _description = "E-mail to the Customer"
    _inherit = ['aftersales.channel']
    _can_carry_secret = True
    _address_key = 'email'

    @api.model
    def _deliver(self, message, secrets=None):
        template, document = message.notifier_id.template_id, message._get_document()
        partner = document._get_notification_recipient()['partner']
        values = {
            'recipient_ids': [Command.set(partner.ids)],
            'email_to': False if partner else message.address}
        if not secrets:
            template.send_mail(
                document.id, email_layout_xmlid='mail.mail_notification_light',
                email_values=values)
            return False
        # tied to no document and written by the company: not in the chatter, and not to be
        # read by whoever asked for it; core deletes it once it has left
        mail_id = template.with_context(**secrets).send_mail(
            document.id, email_layout_xmlid='mail.mail_notification_light',
            email_values={
                **values, 'model': False, 'res_id': False, 'auto_delete': True,
                'author_id': message.company_id.partner_id.id,
            })
        self.env['mail.mail'].browse(mail_id).send_after_commit()
        return False


class AftersalesChannelPortal(models.AbstractModel):
    """A message on the customer's page of the document; it rings nowhere."""

    _name = 'aftersales.channel.portal'
    _description = "Message on the Customer's Page"
    _inherit = ['aftersales.channel']

    @api.model
    def _get_address(self, document):
        return document._get_notification_recipient()['partner'].name

    @api.model
    def _deliver(self, message, secrets=None):
        document = message._get_document()
        bodies = message.notifier_id.template_id._render_field(
            'body_html', document.ids, compute_lang=True)
        # written as a record: posting would tell each follower of the order
        self.env['mail.message'].create({
            'model': document._name,
            'res_id': document.id,
            'message_type': 'comment',
            'subtype_id': self.env.ref('mail.mt_comment').id,
            'author_id': message.company_id.partner_id.id,
            'body': self._drop_own_links(bodies[document.id], document),
        })
        return False

    @api.model
    def _drop_own_links(self, body, document):
        """Leave out the links to our own pages: they carry keys of the customer.

        An outlet's people read this conversation, too; the customer is on the page already.
        """
        tree = html.fragment_fromstring(body, create_parent='div')
        for link in tree.xpath('//a[@href]'):
            if link.get('href').startswith((document.get_base_url(), '/')):
                link.drop_tree()
        return Markup(html.tostring(tree, encoding='unicode'))
