from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .aftersales_notifier import CHANNELS, EVENTS

STATES = [
    ('queued', "Queued"),
    ('sent', "Sent"),
    ('delivered', "Delivered"),
    ('failed', "Not Sent"),
    ('dropped', "Not Needed"),
]


class AftersalesMessage(models.Model):
    """One message to a customer on one occasion: queued, sent, and what became of it.

    It keeps the parameters that left, never a code. A message is sent once; what failed
    is tried again by the cron until the company's limit is reached.
    """

    _name = 'aftersales.message'
    _description = "Message to a Customer"
    _order = 'id desc'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null',
        ondelete='cascade')
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", readonly=True, index='btree_not_null',
        ondelete='cascade', help="What the message is about where no order is.")
    company_id = fields.Many2one(
        'res.company', compute='_compute_company_id', store=True, precompute=True, index=True)
    notifier_id = fields.Many2one(
        'aftersales.notifier', string="Notification", required=True, readonly=True,
        index=True, ondelete='restrict')
    event = fields.Selection(EVENTS, required=True, readonly=True)
    channel = fields.Selection(
        CHANNELS, string="Message Channel", required=True, readonly=True)
    occasion = fields.Char(
        required=True, readonly=True, help="Tells two occasions of the same event apart.")
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_partner_id')
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
        'UNIQUE(order_id, notifier_id, occasion)',
        "The customer hears of each occasion once.")
    _card_occasion_uniq = models.UniqueIndex(
        '(warranty_id, notifier_id, occasion) WHERE warranty_id IS NOT NULL',
        "The owner hears of each occasion once.")
    _about_something = models.Constraint(
        'CHECK(num_nonnulls(order_id, warranty_id) = 1)',
        "A message is about an order or about a warranty card.")
    _due_idx = models.Index("(date_due) WHERE state = 'queued'")

    @api.depends('order_id', 'warranty_id')
    def _compute_company_id(self):
        for message in self:
            message.company_id = message._get_document().company_id

    @api.depends('order_id.partner_id', 'warranty_id.partner_id')
    def _compute_partner_id(self):
        for message in self:
            message.partner_id = message._get_document().partner_id

    @api.depends('event', 'order_id', 'warranty_id')
    def _compute_display_name(self):
        events = dict(self._fields['event']._description_selection(self.env))
        for message in self:
            message.display_name = ' · '.join(filter(None, [
                message._get_document().name, events.get(message.event)]))

    # === ACTIONS === #

    def action_retry(self):
        """Try messages that failed once more, with as many attempts as at first."""
        self.check_access('read')
        if not self.env.user.has_group('aftersales_service.group_aftersales_dispatcher'):
            raise AccessError(self.env._("Dispatchers send messages again."))
        failed = self.filtered(lambda message: message.state == 'failed')
        if not failed:
            raise UserError(self.env._("Only messages that failed are sent again."))
        # checked above; nobody writes messages: what happened to one is not typed
        failed.sudo().write({
            'state': 'queued', 'attempt_count': 0, 'date_due': fields.Datetime.now()})

    # === RULES === #

    @api.model
    def _get_document_field(self, model):
        """Return the field that names a record of ``model``, about which messages may be."""
        return {'aftersales.order': 'order_id', 'aftersales.warranty': 'warranty_id'}[model]

    def _get_document(self):
        """Return what this message is about: a service order, or a warranty card."""
        self.ensure_one()
        return self.order_id or self.warranty_id

    def _process(self, secrets=None):
        """Send these messages, or note why not and when they are tried again."""
        now = fields.Datetime.now()
        overtaken = self._get_overtaken()
        for message in self:
            if message in overtaken or not message._get_document()._is_message_needed(
                    message.event):
                message.state = 'dropped'
                continue
            quiet_end = (
                message.company_id._get_quiet_end(now)
                if message.notifier_id._get_channel()._is_disturbing and not secrets else None)
            if quiet_end:
                message.date_due = quiet_end
            else:
                message._send(now, secrets)

    def _send(self, now, secrets=None):
        """Send one message in the customer's language; a refusal costs an attempt."""
        self.ensure_one()
        channel, document = self.notifier_id._get_channel(), self._get_document()
        vals = {'attempt_count': self.attempt_count + 1, 'error': False}
        address = channel._get_address(document)
        if not address:
            self.write({**vals, 'state': 'failed', 'error': self.env._(
                "The customer has no address for this channel.")})
            return
        lang = document.partner_id.lang or self.env.company.partner_id.lang
        self.write({
            **vals, 'address': address, 'lang': lang,
            'parameters': document._prepare_message_parameters(lang)})
        try:
            with self.env.cr.savepoint():
                reference = channel._deliver(self.with_context(lang=lang), secrets)
        except (UserError, OSError) as error:
            self._note_failure(str(error), now)
        else:
            self.write({'state': 'sent', 'date_sent': now, 'reference': reference})

    def _note_failure(self, reason, now):
        company = self.company_id
        is_last = self.attempt_count >= company.aftersales_message_attempts
        self.write({
            'error': reason,
            'state': 'failed' if is_last else 'queued',
            'date_due': now + timedelta(minutes=company.aftersales_message_wait),
        })

    def _get_overtaken(self):
        """Return the queued messages of whose event the customer hears something newer."""
        newest = {}
        queued = self.search_fetch(
            ['|', ('order_id', 'in', self.order_id.ids),
             ('warranty_id', 'in', self.warranty_id.ids), ('state', '=', 'queued')], order='id')
        for message in queued:
            newest[message._get_document(), message.notifier_id] = message
        return queued - self.browse().concat(*newest.values())

    @api.model
    def _record_receipt(self, channel, reference, is_delivered, reason=None):
        """Note what a provider tells of a message that it took; return the message.

        Called by the provider's module, which has checked that the receipt is genuine.
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
