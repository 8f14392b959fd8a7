from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.line_cover import LineCover
from ...tools.serial_range import spellings
from ...tools.timezone import local_day
from ...tools.warranty import CONSUMABLE, LABOUR, TRAVEL


class AftersalesOrder(models.Model):
    """One unit's need for service, from the customer's call to the rating.

    The order owns the conversation, the promise and the outcome. The physical work
    belongs to core documents: repair orders, stock moves, sale orders, invoices.
    """

    _name = 'aftersales.order'
    _description = "Service Order"
    _inherit = ['aftersales.state.mixin', 'portal.mixin', 'rating.mixin',
                'aftersales.mail.intake.mixin', 'mail.thread.cc', 'mail.activity.mixin',
                'mail.tracking.duration.mixin',
                'aftersales.number.mixin', 'aftersales.erasure.mixin']
    _order = 'severity desc, id desc'
    _check_company_auto = True
    _mail_post_access = 'read'  # customers may comment on what they can read
    _is_mail_loop_guarded = True
    _is_visited_by_customers = True
    # no customer: a name in another table makes the database read every order
    _rec_names_search = ['name', 'serial', 'phone']
    _track_duration_field = 'stage_id'

    access_token = fields.Char(protected=True)  # one that somebody chose could be guessed
    name = fields.Char(
        string="Order Number", readonly=True, copy=False, index='trigram', protected=True)
    # the index serves the company rule: the lists of a small company beside a large one
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    type_id = fields.Many2one(
        'aftersales.order.type', compute='_compute_type_id', store=True,
        readonly=False, precompute=True, required=True, index=True, ondelete='restrict',
        check_company=True)
    is_on_site = fields.Boolean(related='type_id.is_on_site')
    severity = fields.Selection(
        [('0', "Low"), ('1', "Normal"), ('2', "High"), ('3', "Urgent")],
        default='1', required=True)
    channel = fields.Selection(
        [('phone', "Phone"), ('counter', "Counter"), ('portal', "Portal"), ('email', "E-mail"),
         ('retailer', "Retailer"), ('platform', "Online Platform")],
        default='phone', required=True)
    user_id = fields.Many2one(
        'res.users', string="Handled by", default=lambda self: self.env.user, index=True,
        tracking=True, domain=[('share', '=', False)], check_company=True)
    technician_id = fields.Many2one(
        'res.users', index='btree_not_null', copy=False, check_company=True, tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]")

    # Customer
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    commercial_partner_id = fields.Many2one(related='partner_id.commercial_partner_id')
    site_id = fields.Many2one(
        'res.partner', string="Service Address", compute='_compute_site_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    phone = fields.Char(
        compute='_compute_phone', store=True, readonly=False, precompute=True, index='trigram',
        help="The number to call about this order.")
    description = fields.Text(string="Fault in the Customer's Words")

    # Unit
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", compute='_compute_warranty_id', store=True,
        readonly=False, precompute=True, check_company=True, link_access='read')
    serial = fields.Char(
        string="Serial Number", compute='_compute_serial', store=True, readonly=False,
        precompute=True, index='trigram',
        help="Type or scan the number on the unit: its warranty card is found by it.")
    product_id = fields.Many2one(
        'product.product', compute='_compute_product_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True)
    lot_id = fields.Many2one(
        'stock.lot', string="Serial Number Record", compute='_compute_lot_id', store=True,
        precompute=True, index='btree_not_null', check_company=True)

    # Verdict
    date_event = fields.Datetime(
        string="Reported on", default=fields.Datetime.now, required=True, copy=False,
        help="The warranty is judged on this day.")
    event_day = fields.Date(
        string="Day Reported", compute='_compute_event_day', store=True, precompute=True,
        help="The local day of the customer; the warranty is judged on it.", protected=True)
    cover_state = fields.Selection(
        [('covered', "Under Warranty"), ('expired', "Out of Warranty"), ('none', "No Warranty")],
        string="Warranty", compute='_compute_cover_state', store=True, precompute=True,
        protected=True)
    cover_note = fields.Char(string="Warranty Verdict", compute='_compute_cover_note')
    charge_kind = fields.Selection(
        [('free', "Free"), ('paid', "Paid"), ('contract', "Contract"), ('goodwill', "Goodwill")],
        string="Charge", compute='_compute_charge_kind', store=True, readonly=False,
        precompute=True, copy=False)

    # Work; a copy is a new request, of which nothing is found, planned or done
    diagnosis = fields.Text(string="Fault Found", copy=False)
    solution = fields.Text(string="Work Done", copy=False)
    date_planned = fields.Datetime(
        string="Planned for", copy=False, index='btree_not_null', tracking=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The order number must be unique per company.")
    # the earlier and later repairs of a unit
    _unit_idx = models.Index('(warranty_id, date_event) WHERE warranty_id IS NOT NULL')
    _open_idx = models.Index('(technician_id, date_planned) WHERE date_closed IS NULL')

    # orders by month, without the wide rows: pivot and graph of all orders read this index alone
    _performance_idx = models.Index(
        '(event_day) INCLUDE (cover_state, type_id, stage_id, company_id, active)')

    # === COMPUTES === #

    def _compute_type_id(self):
        """Default to the first type of the list; one search for the whole batch."""
        types = self.env['aftersales.order.type'].search_fetch(
            [('company_id', 'in', [False, *self.company_id.ids])])
        for order in self:
            order.type_id = order.type_id or types.filtered(
                lambda kind, order=order: kind.company_id in (
                    kind.company_id.browse(), order.company_id))[:1]

    @api.depends('warranty_id')
    def _compute_partner_id(self):
        for order in self:
            order.partner_id = order.partner_id or order.warranty_id.partner_id

    @api.depends('partner_id')
    def _compute_site_id(self):
        for order in self:
            if order.site_id.commercial_partner_id != order.partner_id.commercial_partner_id:
                order.site_id = order.partner_id

    @api.depends('partner_id')
    def _compute_phone(self):
        for order in self:
            order.phone = order.partner_id.phone or order.phone

    @api.depends('serial')
    def _compute_warranty_id(self):
        """Find the newest card of a serial number; a card chosen by hand stays."""
        serials = {key for order in self for key in spellings(order.serial)}
        cards = serials and self.env['aftersales.warranty'].search_fetch(
            [('serial', 'in', list(serials)), ('company_id', 'in', self.company_id.ids)],
            order='id')
        newest = {(card.serial, card.company_id): card for card in cards or ()}
        for order in self:
            if (order.serial or False) != order.warranty_id.serial:
                order.warranty_id = next(filter(None, (
                    newest.get((key, order.company_id)) for key in spellings(order.serial))),
                    False)
            else:
                order.warranty_id = order.warranty_id

    @api.depends('warranty_id')
    def _compute_serial(self):
        for order in self:
            order.serial = order.warranty_id.serial or order.serial

    @api.depends('warranty_id')
    def _compute_product_id(self):
        for order in self:
            order.product_id = order.warranty_id.product_id or order.product_id

    @api.depends('warranty_id', 'serial', 'product_id')
    def _compute_lot_id(self):
        """Take the card's lot, else the one of this number and product, once for the batch."""
        unknown = self.filtered(
            lambda order: not order.warranty_id and order.serial and order.product_id)
        # desk agents read no stock records in general; the number was given by them
        lots = unknown and self.env['stock.lot'].sudo().search(
            [('name', 'in', unknown.mapped('serial')),
             ('product_id', 'in', unknown.product_id.ids)])
        lot_by_key = {(lot.name, lot.product_id): lot for lot in lots or ()}
        for order in self:
            order.lot_id = order.warranty_id.lot_id or lot_by_key.get(
                (order.serial, order.product_id), False)

    @api.depends('date_event', 'partner_id', 'company_id')
    def _compute_event_day(self):
        for order in self:
            order.event_day = order._to_customer_day(order.date_event)

    @api.depends('warranty_id.unit_covers', 'warranty_id.pauses', 'event_day', 'usage')
    def _compute_cover_state(self):
        """Judge the whole unit off the card itself: its covers need no query here."""
        for order in self:
            if order.date_done or order.date_closed:
                order.cover_state = order.cover_state  # what was decided stays decided
                continue
            verdict = order.warranty_id._judge_unit(
                order.event_day, order.usage) if order.warranty_id else None
            if not verdict or verdict.reason in ('no_cover', 'not_started'):
                order.cover_state = 'none'
            else:
                order.cover_state = 'covered' if verdict.is_covered else 'expired'

    @api.depends('warranty_id.unit_covers', 'warranty_id.pauses', 'event_day', 'usage')
    def _compute_cover_note(self):
        for order in self:
            card = order.warranty_id
            order.cover_note = card._format_verdict(
                card._judge_unit(order.event_day, order.usage)) if card else False

    @api.depends('cover_state')
    def _compute_charge_kind(self):
        for order in self:
            if not (order.date_done or order.date_closed):
                order.charge_kind = 'free' if order.cover_state == 'covered' else 'paid'
            else:
                order.charge_kind = order.charge_kind

    @api.model
    def _search_display_name(self, operator, value):
        """Find a whole number by its own index; a part of it by the trigrams.

        The database would read every order for the many trigrams that all numbers share.
        """
        name = value.strip() if operator == 'ilike' and isinstance(value, str) else ''
        if name and (found := self._search([('name', '=', name)], limit=1).get_result_ids()):
            return Domain('id', 'in', found)
        return super()._search_display_name(operator, value)

    @api.constrains('warranty_id', 'product_id')
    def _check_card_product(self):
        for order in self:
            card = order.warranty_id
            if card and card.product_id != order.product_id:
                raise ValidationError(self.env._(
                    "Warranty card %(card)s belongs to %(other)s, not to %(product)s: choose "
                    "another card or product.",
                    card=card.name, other=card.product_id.display_name,
                    product=order.product_id.display_name or self.env._("no product")))

    @api.constrains('date_event', 'date_received', 'date_returned')
    def _check_past_dates(self):
        """Refuse what has not happened yet: warranty and promises are judged on these days."""
        now = fields.Datetime.now()
        for order in self:
            for name in 'date_event', 'date_received', 'date_returned':
                if order[name] and order[name] > now:
                    raise ValidationError(self.env._(
                        "“%(field)s” of order %(order)s cannot lie in the future.",
                        field=self._fields[name]._description_string(self.env),
                        order=order.name))

    # === CRUD === #

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Service order registered")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_documents(self):
        kept = self.filtered(lambda order: order.sudo().repair_ids or order.sudo().sale_order_ids)
        if kept:
            raise UserError(self.env._(
                "These orders have repairs or quotations and cannot be deleted; archive them "
                "instead: %(orders)s", orders=kept.mapped('name')))

    # === ACTIONS === #

    @api.model
    def _get_orders_action(self, domain, context=None):
        """Return the action behind a smart button: the list of these orders."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action.update(domain=domain, context=context or {})
        return action

    # === RULES === #

    def _to_customer_day(self, moment):
        """Return the local day of the customer at ``moment``; none for none."""
        self.ensure_one()
        if not moment:
            return moment
        company = self.company_id
        zone = (self.partner_id.tz or company.partner_id.tz
                or company.resource_calendar_id.tz or 'UTC')
        return local_day(moment, zone)

    def _get_cover_check(self, kind, component=None):
        """Return the ``LineCover`` of a line of this order: what is covered, and why.

        Hook: called by lines of parts and labour when they are made and when the card, the charge
        or an exclusion changes; as the user or superuser, for one order. Extend it where something
        else covers or refuses a line before the card is asked. Raises nothing.

        :param kind: of the line, as ``tools.warranty`` names them; a consumable is judged
            as such, whatever it is fitted as
        :param component: the spare part (``product.product``), for a line of parts; for work one
            that it would fit beside those of the order
        """
        self.ensure_one()
        if self.charge_kind in ('contract', 'goodwill'):
            return LineCover.covered_by(self.charge_kind)
        if self.charge_kind == 'paid' and self.cover_state == 'covered':
            # somebody decided against the card, for wrong use for example
            return LineCover.refused('paid')
        if not self.warranty_id:
            return LineCover.refused('no_card')
        parts = ()
        if kind in (LABOUR, TRAVEL):
            # work that fits a covered part is free with it; parts need no stock rights
            parts = self.sudo()._get_main_parts().ids
            if component:
                parts, component = [*parts, *component.aftersales_main_part_id.ids], None
        elif component and component.is_aftersales_consumable:
            kind = CONSUMABLE
        return LineCover.of(self.warranty_id._judge(
            kind, self.event_day, component, self.usage or None, parts))
