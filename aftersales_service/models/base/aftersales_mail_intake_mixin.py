from odoo import api, models


class AftersalesMailIntakeMixin(models.AbstractModel):
    """A document that a customer opens by a mail: the sender is found or made, no one handles it.

    It stands before ``mail.thread`` in ``_inherit``, whose ``message_new`` it prepares. A model
    says by ``_mail_channel`` which value of its ``channel`` means a mail, and reads the words.
    """

    _name = 'aftersales.mail.intake.mixin'
    _description = "Document Opened by a Mail"

    _mail_channel = 'email'

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        author_id = msg_dict.get('author_id')
        if not author_id and msg_dict.get('email_from'):
            author_id = self.env['mail.thread']._partner_find_from_emails_single(
                [msg_dict['email_from']], no_create=False).id
        return super().message_new(msg_dict, custom_values={
            'channel': self._mail_channel, 'partner_id': author_id,
            'email_cc': ", ".join(self._mail_cc_sanitized_raw_dict(msg_dict.get('cc')).values()),
            'user_id': False, **self._read_mail(msg_dict), **(custom_values or {})})

    @api.model
    def _read_mail(self, msg_dict):
        """Return the values that the words of a mail give to a new document.

        Hook: called by ``message_new`` as superuser, on the model, for one mail, before the
        document is made. Raises nothing.
        """
        return {}

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Let core count the documents that one sender opened: a machine opens too many."""
        return [('channel', '=', self._mail_channel),
                ('partner_id.email_normalized', '=', email_from_normalized)]
