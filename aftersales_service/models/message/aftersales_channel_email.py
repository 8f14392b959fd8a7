from odoo import api, models
from odoo.fields import Command

LAYOUT = 'mail.mail_notification_light'


class AftersalesChannelEmail(models.AbstractModel):
    """E-mail by core's queue, from the template of the notification."""

    _name = 'aftersales.channel.email'
    _description = "E-mail to the Customer"
    _inherit = ['aftersales.channel']
    _can_carry_secret = True
    _is_batched = True
    _address_key = 'email'

    @api.model
    def _deliver(self, message, secrets=None):
        template, document = message.notifier_id.template_id, message._get_document()
        partner = document._get_notification_recipient()['partner']
        values = self._prepare_mail_vals(message, document, secrets) | {
            'recipient_ids': [Command.set(partner.ids)],
            'email_to': False if partner else message.address}
        mail_id = template.with_context(**(secrets or {})).send_mail(
            document.id, email_layout_xmlid=LAYOUT, email_values=values)
        if secrets:
            self.env['mail.mail'].browse(mail_id).send_after_commit()
        return False

    @api.model
    def _deliver_together(self, messages):
        """Render each text once for all of its documents, in their languages."""
        documents = messages._get_documents()
        for (template, __, lang, __), some in messages.grouped(lambda message: (
                message.notifier_id.template_id, message.company_id, message.lang,
                message.res_model)).items():
            about = some[:1]._get_document().browse([documents[one].id for one in some])
            mails = template.with_context(lang=lang).send_mail_batch(
                about.ids, email_layout_xmlid=LAYOUT,
                email_values=self._prepare_mail_vals(some[:1], about[:1]))
            for message, document, mail in zip(some, about, mails, strict=True):
                partner = document._get_notification_recipient()['partner']
                # the text names its recipient as well; the document's own word counts
                if mail.recipient_ids != partner:
                    mail.recipient_ids = partner
                if mail.email_to != (False if partner else message.address):
                    mail.email_to = False if partner else message.address

    @api.model
    def _prepare_mail_vals(self, message, document, secrets=None):
        """Return the values of a mail that do not come from the text."""
        if not (secrets or document._is_message_private):
            return {}
        # tied to no document and written by the company: not in the chatter, and not to be
        # read by the user who asked for it; core deletes it once it has left
        return {'model': False, 'res_id': False, 'auto_delete': True,
                'author_id': message.company_id.partner_id.id}
