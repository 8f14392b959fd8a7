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
            text = template.with_context(lang=lang)
            if about._is_message_private:
                self._create_private_mails(text, some, about)
                continue
            mails = text.send_mail_batch(about.ids, email_layout_xmlid=LAYOUT)
            for mail, vals in zip(mails, self._get_recipient_vals(some, about), strict=True):
                # the text names its recipient as well; the document's own word counts
                if mail.recipient_ids.ids != vals['partner_ids'] or (
                        mail.email_to != vals['email_to']):
                    mail.write({'recipient_ids': [Command.set(vals['partner_ids'])],
                                'email_to': vals['email_to']})

    @api.model
    def _create_private_mails(self, template, messages, documents):
        """Make mails of one text and language, whose body stands in no conversation.

        Core's batch stores the body a second time for the conversation, and cleans it; that is
        more than the rest of a mail costs.
        """
        bodies = template._generate_template(
            documents.ids, ('body_html', 'email_from', 'mail_server_id', 'reply_to', 'subject'))
        documents = documents.with_context(lang=template.env.lang)
        kind = documents.env['ir.model']._get(documents._name).display_name
        lasting = self._prepare_mail_vals(messages[:1], documents[:1])
        return self.env['mail.mail'].create([{
            **bodies[document.id], **lasting, 'email_to': vals['email_to'],
            'recipient_ids': [Command.set(vals['partner_ids'])],
            'body_html': template._render_encapsulate(
                LAYOUT, bodies[document.id]['body_html'], context_record=document,
                add_context={'company': document.company_id, 'model_description': kind}),
        } for document, vals in zip(
            documents, self._get_recipient_vals(messages, documents), strict=True)])

    @api.model
    def _get_recipient_vals(self, messages, documents):
        """Return for each message whom its mail goes to: a contact, else an address."""
        partners = [document._get_notification_recipient()['partner'] for document in documents]
        return [
            {'partner_ids': partner.ids, 'email_to': False if partner else message.address}
            for message, partner in zip(messages, partners, strict=True)]

    @api.model
    def _prepare_mail_vals(self, message, document, secrets=None):
        """Return the values of a mail that do not come from the text."""
        if not (secrets or document._is_message_private):
            return {}
        # tied to no document and written by the company: not in the chatter, and not to be
        # read by the user who asked for it; core deletes it once it has left
        return {'model': False, 'res_id': False, 'auto_delete': True,
                'author_id': message.company_id.partner_id.id}
