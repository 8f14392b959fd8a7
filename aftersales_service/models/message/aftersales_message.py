from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

STATES = [
    ('queued', "Queued"),
    ('sent', "Sent"),
    ('delivered', "Delivered"),
    ('failed', "Not Sent"),
    ('dropped', "Not Needed"),
]


class AftersalesMessage(models.Model):
    """One message about a document on one occasion: queued, sent, and what became of it.

    It keeps the parameters that left, never a code or a link. A message is sent once; what
    failed is tried again by the cron until the company's limit is reached. Who may read the
    document reads its messages; they are deleted with it.
    """

    _name = 'aftersales.message'
    _description = "Message to a Customer"
    _inherit = ['aftersales.document.link.mixin', 'aftersales.document.access.mixin']
    _order = 'id desc'

    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(readonly=True)
    record_name = fields.Char(string="Document")
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    notifier_id = fields.Many2one(
        'aftersales.notifier', string="Notification", required=True, readonly=True,
        index=True, ondelete='cascade')
    event = fields.Selection('_get_event_selection', required=True, readonly=True)
    channel = fields.Selection(
        '_get_channel_selection', string="Message Channel", required=True, readonly=True)
    occasion = fields.Char(
        required=True, readonly=True, help="Distinguishes two occasions of the same event.")
    recipient_name = fields.Char(
        string="Recipient", compute='_compute_recipient_name', compute_sudo=True)
    address = fields.Char(string="Sent to", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    parameters = fields.Json(readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default='queued')
    date_due = fields.Datetime(
        string="Not before", required=True, readonly=True, default=fields.Datetime.now)
    date_sent = fields.Datetime(string="Sent on", readonly=True)
    date_delivered = fields.Datetime(string="Delivered on", readonly=True)
    attempt_count = fields.Integer(string="Attempts", readonly=True)
    error = fields.Char(string="Why Not", readonly=True)
    reference = fields.Char(
        string="Provider's Number", readonly=True, index='btree_not_null')

    _occasion_uniq = models.Constraint(
        'UNIQUE(res_model, res_id, notifier_id, occasion)',
        "The recipient gets one message for each occasion.")
    _due_idx = models.Index("(date_due) WHERE state = 'queued'")

    @api.model
    def _get_event_selection(self):
        return self.env['aftersales.notifier']._fields['event']._description_selection(self.env)

    @api.model
    def _get_channel_selection(self):
        return self.env['aftersales.notifier']._fields['channel']._description_selection(
            self.env)

    @api.depends('res_model', 'res_id')
    def _compute_recipient_name(self):
        """Name whom the document is for: who may read the message reads the address as well."""
        documents = self._get_documents()
        for message in self:
            document = documents.get(message)
            message.recipient_name = document and (
                document._get_notification_recipient()['name'])

    @api.depends('event', 'record_name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        events = dict(self._get_event_selection())
        for message in self:
            message.display_name = ' · '.join(filter(None, [
                message.record_name, events.get(message.event)]))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        """Keep what the customer was notified of, of a document under legal hold."""
        for document in self.sudo()._get_documents().values():
            if hasattr(document, '_get_hold_documents'):
                document._get_hold_documents()._ensure_not_held()

    # === ACTIONS === #

    def action_retry(self):
        """Try messages that failed once more, with as many attempts as at first."""
        self.check_access('read')
        if not self.env.user.has_group('aftersales_service.group_aftersales_dispatcher'):
            raise AccessError(self.env._(
                "Only dispatchers can send failed messages again: ask a dispatcher."))
        failed = self.filtered(lambda message: message.state == 'failed')
        if not failed:
            raise UserError(self.env._(
                "Only failed messages can be sent again: select messages that failed."))
        # has_group above checked the right; users cannot write messages
        failed.sudo().write({
            'state': 'queued', 'attempt_count': 0, 'date_due': fields.Datetime.now()})

    # === RULES === #

    @api.model
    def _get_document_models(self):
        return self.env['aftersales.notify.mixin']._get_notifying_models()

    def _process(self, secrets=None):
        """Send these messages, or note why not and when they are tried again.

        :param dict secrets: parameters that are stored nowhere, such as a code; they are sent
            at any hour
        """
        now = fields.Datetime.now()
        overtaken, documents = self._get_overtaken(), self._get_documents()
        ready = self.browse()
        for message in self:
            document = documents.get(message)
            if not document or message in overtaken or not document._is_message_needed(
                    message.event):
                message.state = 'dropped'
                continue
            quiet_end = (
                message.company_id._get_quiet_end(now)
                if message.notifier_id._get_channel()._is_disturbing and not secrets else None)
            if quiet_end:
                message.date_due = quiet_end
            else:
                ready += message
        for messages in ready.grouped('channel').values():
            if secrets or len(messages) == 1 or not messages._send_together(documents, now):
                for message in messages:
                    message._send(documents[message], now, secrets)

    def _send(self, document, now, secrets=None):
        """Send one message in the recipient's language; a refusal costs an attempt."""
        self.ensure_one()
        if not self._prepare_attempt(document):
            return
        try:
            with self.env.cr.savepoint():
                reference = self.notifier_id._get_channel()._deliver(
                    self.with_context(lang=self.lang), secrets)
        except (UserError, OSError) as error:
            self._note_failure(str(error), now)
        else:
            self.write({'state': 'sent', 'date_sent': now, 'reference': reference})

    def _send_together(self, documents, now):
        """Send messages of one channel at once, if it can; else leave them as they are.

        :return: whether they were sent; one that cannot be sent alone is then found one by one
        """
        channel = self[:1].notifier_id._get_channel()
        if not channel._is_batched:
            return False
        try:
            with self.env.cr.savepoint():
                sent = self.filtered(
                    lambda message: message._prepare_attempt(documents[message]))
                channel._deliver_together(sent)
                sent.write({'state': 'sent', 'date_sent': now, 'reference': False})
        except (UserError, OSError):
            return False
        return True

    def _prepare_attempt(self, document):
        """Note an attempt to send one message, and where it goes; return whether it goes."""
        vals = {'attempt_count': self.attempt_count + 1, 'error': False}
        address = self.notifier_id._get_channel()._get_address(document)
        if not address:
            self.write({**vals, 'state': 'failed', 'error': self.env._(
                "The recipient has no address for this channel.")})
            return False
        lang = document._get_notification_recipient()['lang'] or self.company_id.partner_id.lang
        self.write({
            **vals, 'address': address, 'lang': lang,
            'parameters': document.with_context(lang=lang)._prepare_message_parameters(lang)})
        return True

    def _filter_addressed(self):
        """Return the messages whose recipients can be reached on their channel."""
        documents = self._get_documents()
        return self.filtered(lambda message: message in documents and (
            message.notifier_id._get_channel()._get_address(documents[message])))

    def _note_failure(self, reason, now):
        company = self.company_id
        is_last = self.attempt_count >= company.aftersales_message_attempts
        self.write({
            'error': reason,
            'state': 'failed' if is_last else 'queued',
            'date_due': now + timedelta(minutes=company.aftersales_message_wait),
        })

    def _get_overtaken(self):
        """Return the queued messages of whose event the recipient hears something newer."""
        newest = {}
        queued = self.search_fetch(Domain('state', '=', 'queued') & Domain.OR(
            Domain('res_model', '=', model) & Domain('res_id', 'in', messages.mapped('res_id'))
            for model, messages in self.grouped('res_model').items()), order='id')
        for message in queued:
            newest[message.res_model, message.res_id, message.notifier_id] = message
        return queued - self.browse().concat(*newest.values())

    @api.model
    def _record_receipt(self, channel, reference, is_delivered, reason=None):
        """Note what a provider reports of a message that it took; return the message.

        Hook to call: by the provider's module, which has checked that the receipt is genuine; with
        any rights (the message is written as superuser), for one message, after it was sent. An
        unknown ``reference`` finds none. Raises nothing.
        """
        message = self.sudo().search([
            ('channel', '=', channel), ('reference', '=', reference),
            ('state', '=', 'sent')], limit=1)
        if is_delivered:
            message.write({'state': 'delivered', 'date_delivered': fields.Datetime.now()})
        else:
            message.write({'state': 'failed', 'error': reason})
        return message

    # === CRON === #

    @api.model
    def _cron_send(self, batch_size=100):
        """Send what is due, one committed batch at a time."""
        domain = self._get_due_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while messages := self.search(
                domain, order='date_due, id', limit=batch_size).try_lock_for_update():
            messages._process()
            if not cron._commit_progress(len(messages)):
                break

    @api.model
    def _get_due_domain(self):
        return Domain('state', '=', 'queued') & Domain('date_due', '<=', fields.Datetime.now())
