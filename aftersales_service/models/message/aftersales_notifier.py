from odoo import api, fields, models
from odoo.exceptions import ValidationError
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
SECRET_EVENTS = frozenset({'completion_code'})
CARD_EVENTS = frozenset({'expiring'})  # of a warranty card; all others are of an order


class AftersalesNotifier(models.Model):
    """One rule: of this event the customers hear this way, with this text.

    The order and the warranty card tell what happens by ``_notify_customer``; nothing else
    in the suite sends a customer anything. What was sent is told by ``aftersales.message``.
    """

    _name = 'aftersales.notifier'
    _description = "Customer Notification"
    _inherit = ['aftersales.cached.mixin']
    _order = 'sequence, id'

    name = fields.Char(compute='_compute_name')
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Switched off, nobody is told.")
    event = fields.Selection(EVENTS, required=True)
    channel = fields.Selection(
        CHANNELS, string="Message Channel", required=True, default='email')
    company_ids = fields.Many2many(
        'res.company', string="Companies", help="The companies that send it. None: all.")
    template_id = fields.Many2one(
        'mail.template', string="Text",
        domain="[('model', '=', 'aftersales.warranty' if event in ('expiring',) "
               "else 'aftersales.order')]",
        ondelete='restrict', help="The text for e-mail and for the customer's page.")
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

    def _compute_message_count(self):
        counts = dict(self.env['aftersales.message']._read_group(
            [('notifier_id', 'in', self.ids)], ['notifier_id'], ['__count']))
        for notifier in self:
            notifier.message_count = counts.get(notifier._origin, 0)

    @api.constrains('event', 'channel', 'template_id', 'active')
    def _check_channel(self):
        for notifier in self.filtered('active'):
            if notifier.channel in ('email', 'portal') and not notifier.template_id:
                raise ValidationError(self.env._(
                    "“%(rule)s” needs a text to send.", rule=notifier.name))
            model = 'aftersales.warranty' if notifier.event in CARD_EVENTS else (
                'aftersales.order')
            if notifier.template_id and notifier.template_id.model != model:
                raise ValidationError(self.env._(
                    "The text of “%(rule)s” is written for something else.",
                    rule=notifier.name))
            if (notifier.event in SECRET_EVENTS
                    and not notifier._get_channel()._can_carry_secret):
                raise ValidationError(self.env._(
                    "“%(rule)s”: colleagues could read the code there.", rule=notifier.name))

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
    def _is_told(self, event):
        """Whether any company tells its customers of ``event``."""
        return bool(self.sudo().search_count([('event', '=', event)], limit=1))

    @api.model
    def _queue(self, event, documents, occasions):
        """Queue what the customers of ``documents`` hear of ``event``; return the messages.

        :param documents: service orders or warranty cards
        :param occasions: ``{document: text}`` that tells two occasions of an event apart. Of
            one occasion the customer hears once, however often this is called
        """
        rules = {
            document: self._get_channels_by_event(document.company_id.id).get(event, {})
            for document in documents}
        messages = self.env['aftersales.message']
        field = messages._get_document_field(documents._name)
        told = {
            (message[field], message.notifier_id.id, message.occasion)
            for message in messages.search_fetch(
                [(field, 'in', documents.ids), ('event', '=', event)],
                [field, 'notifier_id', 'occasion'])} if any(rules.values()) else ()
        return messages.create([{
            field: document.id,
            'notifier_id': notifier_id,
            'event': event,
            'channel': channel,
            'occasion': occasions[document],
        } for document, channels in rules.items() for notifier_id, channel in channels.items()
            if (document, notifier_id, occasions[document]) not in told])
