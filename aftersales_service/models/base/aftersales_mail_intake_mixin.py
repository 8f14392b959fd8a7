from odoo import api, fields, models
from odoo.tools import email_normalize, formataddr, html2plaintext
from odoo.tools.mail import email_split_tuples

from ...tools.incoming_mail import (
    find_forwarded_senders,
    find_numbers,
    is_forwarded,
    is_machine_address,
)


class AftersalesMailIntakeMixin(models.AbstractModel):
    """A document that a customer opens by a mail: the sender is found or made, no one handles it.

    It stands before ``mail.thread`` in ``_inherit``, whose ``message_new`` it prepares. A model
    says by ``_mail_channel`` which value of its ``channel`` means a mail, and reads the words. A
    mail that names a known document of its sender belongs to it. The customer is who wrote the
    words: the visitor of a web form, not the form; who is forwarded, not the colleague.
    """

    _name = 'aftersales.mail.intake.mixin'
    _description = "Document Opened by a Mail"

    _mail_channel = 'email'

    # === A NEW DOCUMENT === #

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

    # === WHOSE MAIL, AND ABOUT WHAT === #

    @api.model
    def _prepare_mail_route(self, route, message, msg_dict, named):
        """Return where a mail goes that would open a document: perhaps to a known one.

        :param list named: gets the known document that the mail of a stranger names
        """
        model, __, values, *rest = route
        self._read_sender(message, msg_dict)
        # core's gateway runs as superuser
        known = self.sudo()._find_named(msg_dict)
        own = next((one for one in known if one._is_mail_of_party(msg_dict)), None)
        if own is not None:
            author = self.env['res.partner'].browse(msg_dict.get('author_id'))
            if author and self._is_ours(author):  # words of a colleague are no answer
                msg_dict['is_internal'] = True
            return (model, own.id, values, *rest)
        named += known[:1]
        customer = self._find_forwarded_customer(message, msg_dict)
        if customer is not None:
            values = {**(values or {}), 'partner_id': customer.id}
        return (model, 0, values, *rest)

    @api.model
    def _read_sender(self, message, msg_dict):
        """Take the visitor of a web form for the sender: it names them as the one to answer.

        A person who wants the answer elsewhere stays the sender.
        """
        address = self._get_answered_address(message)
        sender = email_normalize(msg_dict.get('email_from') or '') or ''
        if not address or email_normalize(address) == sender:
            return
        author = self.env['res.partner'].browse(msg_dict.get('author_id'))
        domains = self._get_own_domains()
        if not author or is_machine_address(sender) or sender.partition('@')[2] in domains or (
                self._is_ours(author)):
            msg_dict.update(email_from=address, author_id=self.env[
                'mail.thread']._partner_find_from_emails_single([address], no_create=True).id)
            msg_dict['from'] = address

    @api.model
    def _is_ours(self, partner):
        """Whether a partner is a colleague or one of our companies."""
        # the gateway asks, as superuser
        partner = partner.sudo()
        return any(not user.share for user in partner.user_ids) or bool(
            self.env['res.company'].sudo().search_count(
                [('partner_id', '=', partner.id)], limit=1))

    @api.model
    def _find_forwarded_customer(self, message, msg_dict):
        """Return who wrote what a colleague forwards, ``None`` for a mail that is their own.

        An empty customer: the mail is forwarded, but does not say from whom; the agent chooses.
        """
        author = self.env['res.partner'].browse(msg_dict.get('author_id'))
        if not author or not self._is_ours(author):
            return None
        senders = find_forwarded_senders(
            html2plaintext(msg_dict.get('body') or '', include_references=False), message)
        threads = self.env['mail.thread']
        emails = [email_normalize(email) for __, email in senders]
        ours = self.env['mail.alias.domain'].sudo()._find_aliases(filter(None, emails))
        for (name, __), email in zip(senders, emails, strict=True):
            if email and email not in ours:
                known = threads._partner_find_from_emails_single([email], no_create=True)
                if not known or not self._is_ours(known):
                    return known or threads._partner_find_from_emails_single(
                        [formataddr((name, email))], no_create=False)
        return author.browse() if is_forwarded(msg_dict.get('subject')) else None

    @api.model
    def _find_named(self, msg_dict):
        """Return the documents whose numbers the subject of a mail names, of all companies."""
        numbers = find_numbers(msg_dict.get('subject'))
        return self.search([('name', 'in', numbers)], limit=20) if numbers else self.browse()

    def _is_mail_of_party(self, msg_dict):
        """Whether a mail comes from the customer of this document, or from a colleague."""
        self.ensure_one()
        author = self.env['res.partner'].browse(msg_dict.get('author_id'))
        if author and (self._is_ours(author) or (
                author.commercial_partner_id == self.partner_id.commercial_partner_id)):
            return True
        sender = email_normalize(msg_dict.get('email_from') or '')
        return bool(sender) and sender in {
            self.partner_id.email_normalized, *(
                email_normalize(email) for __, email in email_split_tuples(self.email_cc or ''))}

    def _note_named(self, documents):
        """Note on a new document and on the one that its mail names that they may be one."""
        self.ensure_one()
        for document in documents:
            self._message_log(body=self.env._(
                "The mail names %(document)s, which is of another customer as far as the address "
                "says.", document=document._get_html_link()))
            document._message_log(body=self.env._(
                "A mail from another address names this number: %(document)s.",
                document=self._get_html_link()))

    # === WHAT CUSTOMERS WRITE ABOUT A KNOWN DOCUMENT === #

    def _on_customer_mail(self, author_id, email, body):
        """See that somebody reads a mail about this document, unless a colleague wrote it.

        Called by the gateway as superuser, for one document, after the mail was posted; mails
        that machines write are left out.
        """
        self.ensure_one()
        if not self._is_ours(self.env['res.partner'].browse(author_id)):
            self._on_customer_words(html2plaintext(body, include_references=False))

    def _on_customer_words(self, words):
        """Ask somebody to read what the customer wrote, if no one would see it.

        Hook: called as superuser, for one document, after a message of the customer was posted
        by mail or on their page. Raises nothing.
        """

    def _ask_to_read(self, users, summary):
        """Give ``users`` an activity, each in their language, unless they have it already.

        :param summary: function of an environment that returns the words
        """
        self.ensure_one()
        for user in users:
            words = summary(self.with_context(lang=user.lang).env)
            known = self.activity_search(['mail.mail_activity_data_todo'], user_id=user.id)
            if words not in known.mapped('summary'):
                self.activity_schedule(
                    'mail.mail_activity_data_todo', fields.Date.context_today(self),
                    user_id=user.id, summary=words)
