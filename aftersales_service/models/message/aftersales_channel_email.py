from odoo import api, models
from odoo.fields import Command


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
        if not (secrets or document._is_message_private):
            template.send_mail(
                document.id, email_layout_xmlid='mail.mail_notification_light',
                email_values=values)
            return False
        # tied to no document and written by the company: not in the chatter, and not to be
        # read by the user who asked for it; core deletes it once it has left
        mail_id = template.with_context(**(secrets or {})).send_mail(
            document.id, email_layout_xmlid='mail.mail_notification_light',
            email_values={
                **values, 'model': False, 'res_id': False, 'auto_delete': True,
                'author_id': message.company_id.partner_id.id,
            })
        if secrets:
            self.env['mail.mail'].browse(mail_id).send_after_commit()
        return False
