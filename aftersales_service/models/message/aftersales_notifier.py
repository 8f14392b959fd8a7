from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

EVENTS = [
    ('received', "Order Received"),
    ('planned', "Time Set or Changed"),
    ('on_way', "Technician on the Way"),
    ('ready', "Article Ready"),
    ('completion_code', "Completion Code"),
    ('done', "Work Done, Please Rate"),
    ('cancelled', "Order Cancelled"),
    ('expiring', "Warranty Ends Soon"),
]
CHANNELS = [
    ('email', "E-mail"),
    ('portal', "Customer's Page"),
    ('dummy', "Provider for Trials"),
]


class AftersalesNotifier(models.Model):
    """One rule: of this event the recipients hear this way, with this text.

    The documents with ``aftersales.notify.mixin`` say what happens by ``_notify_customer``.
    What was sent is kept by ``aftersales.message``.
    """

    _name = 'aftersales.notifier'
    _description = "Customer Notification"
    _inherit = ['aftersales.cached.mixin']
    _order = 'sequence, id'

    name = fields.Char(compute='_compute_name')
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Switch it off to send no such messages.")
    event = fields.Selection(EVENTS, required=True)
    channel = fields.Selection(
        CHANNELS, string="Message Channel", required=True, default='email')
    company_ids = fields.Many2many(
        'res.company', string="Companies", help="The companies that send it. None: all.")
    template_id = fields.Many2one(
        'mail.template', string="Text",
        domain="[('model', '=', document_model)]",
        ondelete='restrict', help="The text for e-mail and for the customer's page.")
    document_model = fields.Char(compute='_compute_document_model')
    provider_template = fields.Char(
        string="Provider's Template", help="The number of the text at the provider.")
    message_count = fields.Integer(string="Messages", compute='_compute_message_count')

    @api.depends('event', 'channel')
    @api.depends_context('lang')
    def _compute_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ('event', 'channel')}
        for notifier in self:
            notifier.name = " · ".join(filter(None, [
                labels['event'].get(notifier.event), labels['channel'].get(notifier.channel)]))

    @api.depends('event')
    def _compute_document_model(self):
        models_by_event = self._get_models_by_event()
        for notifier in self:
            notifier.document_model = models_by_event.get(notifier.event, False)

    def _compute_message_count(self):
        counts = dict(self.env['aftersales.message']._read_group(
            [('notifier_id', 'in', self.ids)], ['notifier_id'], ['__count']))
        for notifier in self:
            notifier.message_count = counts.get(notifier._origin, 0)

    @api.constrains('event', 'channel', 'template_id', 'active')
    def _check_channel(self):
        for notifier in self.filtered('active'):
            model = notifier.document_model
            if not model:
                raise ValidationError(self.env._(
                    "“%(rule)s” is never sent: no document has this event. Choose another one.",
                    rule=notifier.name))
            if notifier.channel in ('email', 'portal') and not notifier.template_id:
                raise ValidationError(self.env._(
                    "“%(rule)s” has no text to send: choose one in “Text”.", rule=notifier.name))
            if notifier.template_id and notifier.template_id.model != model:
                raise ValidationError(self.env._(
                    "The text of “%(rule)s” is written for another kind of document: choose a "
                    "text for this event.",
                    rule=notifier.name))
            if (notifier.event in self.env[model]._get_secret_events()
                    and not notifier._get_channel()._can_carry_secret):
                raise ValidationError(self.env._(
                    "“%(rule)s” carries a code that colleagues could read on "
                    "this channel: choose e-mail or a provider of short "
                    "messages.", rule=notifier.name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Keep the notifications that sent something; their messages go with a module only."""
        used = self.filtered('message_count')
        if used:
            raise UserError(self.env._(
                "These notifications sent messages already: %(names)s. Switch them off instead.",
                names=used.mapped('name')))

    # === ACTIONS === #

    def action_view_messages(self):
        """Show what was sent by these rules."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_message_action')
        action.update(domain=[('notifier_id', 'in', self.ids)], context={})
        return action

    # === RULES === #

    def _get_channel(self):
        """Return the model that knows the way of this rule."""
        self.ensure_one()
        return self.env[f'aftersales.channel.{self.channel}']

    @api.model
    def _get_events_by_model(self):
        """Return ``{model: its events}`` of all documents that send notifications."""
        return {
            name: self.env[name]._get_notification_events()
            for name in self.env['aftersales.notify.mixin']._get_notifying_models()}

    @api.model
    def _get_models_by_event(self):
        """Return ``{event: the model whose documents send it}``."""
        return {event: name for name, events in self._get_events_by_model().items()
                for event in events}

    @api.model
    @ormcache('company_id')
    def _get_channels_by_event(self, company_id):
        """Return ``{event: {id of a rule: its channel}}`` of a company."""
        rules = {}
        # the rules are the same for everybody
        for notifier in self.sudo().search([('active', '=', True)]):
            if not notifier.company_ids or company_id in notifier.company_ids.ids:
                rules.setdefault(notifier.event, {})[notifier.id] = notifier.channel
        return rules

    @api.model
    @ormcache('event')
    def _is_notified(self, event):
        """Return whether any company notifies its customers of ``event``."""
        return bool(self.sudo().search_count([('event', '=', event)], limit=1))

    @api.model
    def _queue(self, event, occasions):
        """Queue what the recipients of documents hear of ``event``; return the messages.

        Called by ``_notify_customer`` as superuser; two queries for any number of documents.

        :param dict occasions: ``{document: text}``, documents of one model and the text that
            distinguishes two occasions of the event
        """
        messages = self.env['aftersales.message']
        rules = {
            document: self._get_channels_by_event(document.company_id.id).get(event, {})
            for document in occasions}
        if not any(rules.values()):
            return messages
        model = next(iter(occasions))._name
        queued = {
            (message.res_id, message.notifier_id.id, message.occasion)
            for message in messages.search_fetch(
                [('res_model', '=', model),
                 ('res_id', 'in', [document.id for document in occasions]),
                 ('event', '=', event)], ['res_id', 'notifier_id', 'occasion'])}
        return messages.create([{
            'res_model': model,
            'res_id': document.id,
            'company_id': document.company_id.id,
            'notifier_id': notifier_id,
            'event': event,
            'channel': channel,
            'occasion': occasions[document],
        } for document, channels in rules.items() for notifier_id, channel in channels.items()
            if (document.id, notifier_id, occasions[document]) not in queued])
