from odoo import api, models


class AftersalesChannel(models.AbstractModel):
    """A way to the customer: where he is reached on it, and how one message leaves.

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

    @api.model
    def _get_address(self, document):
        """Return where the customer is reached, ``False`` if nowhere.

        :param document: the service order or warranty card that the message is about
        """
        raise NotImplementedError

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

    @api.model
    def _get_address(self, document):
        return document.partner_id.email_normalized

    @api.model
    def _deliver(self, message, secrets=None):
        template = message.notifier_id.template_id
        if not secrets:
            template.send_mail(
                message._get_document().id, email_layout_xmlid='mail.mail_notification_light')
            return False
        # tied to no document and written by the company: not in the chatter, and not to be
        # read by whoever asked for it; core deletes it once it has left
        mail_id = template.with_context(**secrets).send_mail(
            message._get_document().id, email_layout_xmlid='mail.mail_notification_light',
            email_values={
                'model': False, 'res_id': False, 'auto_delete': True,
                'author_id': message.company_id.partner_id.id,
            })
        self.env['mail.mail'].browse(mail_id).send_after_commit()
        return False


class AftersalesChannelPortal(models.AbstractModel):
    """A message on the customer's page of the order; it rings nowhere."""

    _name = 'aftersales.channel.portal'
    _description = "Message on the Customer's Page"
    _inherit = ['aftersales.channel']

    @api.model
    def _get_address(self, document):
        return document.partner_id.name

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
            'body': bodies[document.id],
        })
        return False
