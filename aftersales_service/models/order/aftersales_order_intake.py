from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import clean_context, format_datetime

from ...tools.contact import split_contact
from ...tools.serial_range import spellings
from ..base.roles import AGENT, DISPATCHER


class AftersalesOrder(models.Model):
    """Taking the call: who calls, about which unit, and is it known already?

    A phone number and words are enough. The customer is found by their number before one is
    made; an open order of the same unit or caller is shown before a second is saved.
    """

    _inherit = 'aftersales.order'

    caller_name = fields.Char(
        string="Caller", help="Who calls, if it is not the customer; a new customer's name.")
    phone_sanitized = fields.Char(
        string="Number in Full", compute='_compute_phone_sanitized', store=True, precompute=True,
        index='btree_not_null')
    caller_phone = fields.Char(
        string="Caller's Phone", index='btree_not_null',
        help="Where to reach who called, if that is neither the customer nor the user.")
    user_name = fields.Char(string="User of the Unit", help="Who is at home when we come.")
    user_phone = fields.Char(string="User's Phone", index='trigram')
    pasted_contact = fields.Char(
        store=False, help="Paste name, phone and address in one line: it is taken apart.",
        groups='base.group_user')
    pasted_address = fields.Char(
        string="Address in One Line", compute='_compute_pasted_address', store=True, readonly=False,
        precompute=True, help="The address of a new customer, in one line.",
        groups='base.group_user')
    call_reference = fields.Char(
        index='btree_not_null', copy=False,
        help="Orders of one call carry the same reference: one order per unit.")
    date_reminded = fields.Datetime(
        string="Asked Again on", readonly=True, copy=False, protected=True)
    reminder_count = fields.Integer(
        string="Reminders", copy=False, readonly=True,
        help="How often the customer called again about this order.", protected=True)
    history_count = fields.Integer(string="Earlier Orders", compute='_compute_known_orders')
    duplicate_ids = fields.Many2many(
        'aftersales.order', compute='_compute_known_orders', string="Open Orders of the Same Unit",
        groups='base.group_user')
    open_orders = fields.Json(compute='_compute_known_orders', groups='base.group_user')

    # a unit without a card is known by its number
    _serial_idx = models.Index(
        '(serial) WHERE warranty_id IS NULL AND serial IS NOT NULL')

    @api.depends('phone', 'company_id')
    def _compute_phone_sanitized(self):
        """Write the number in full; a national one is of the company's country.

        The customer's country is no help: this number finds them.
        """
        known = {}  # a batch may hold many orders of one caller
        for order in self:
            phone = (order.phone or '').strip()
            # an international number needs no country, and no query for it
            country = order.company_id.country_id if not phone.startswith('+') else (
                self.env['res.country'])
            if (phone, country) not in known:
                known[phone, country] = self.env['res.partner']._read_number(phone, country)
            order.phone_sanitized = known[phone, country]

    @api.depends('phone_sanitized')
    def _compute_partner_id(self):
        """Take the card's owner, else the newest customer with the caller's number."""
        super()._compute_partner_id()
        for company, orders in self.filtered(
                lambda order: not order.partner_id and (order.phone or '').strip()).grouped(
                    'company_id').items():
            callers = self.env['res.partner']._find_callers(
                {order.phone.strip() for order in orders}, company.country_id)
            for order in orders:
                order.partner_id = callers.get(order.phone.strip(), False)

    @api.depends('pasted_contact')
    def _compute_phone(self):
        pasted = self.filtered('pasted_contact')
        # the customer is found by the pasted number: nothing asks for them before it is there
        super(AftersalesOrder, self - pasted)._compute_phone()
        for order in pasted:
            contact = order._split_pasted()
            order.phone = contact.phone or order.phone
            order.caller_name = contact.name or order.caller_name
            order.caller_phone = order.caller_phone or contact.second_phone

    @api.depends('pasted_contact')
    def _compute_pasted_address(self):
        for order in self:
            order.pasted_address = order._split_pasted().address or order.pasted_address

    def _split_pasted(self):
        """Return name, phones and address of the pasted line; numbers are of the company's
        country, or Chinese.
        """
        self.ensure_one()
        return split_contact(self.pasted_contact or '', self.company_id.country_id.code or '')

    @api.depends('warranty_id', 'serial', 'phone_sanitized', 'partner_id', 'product_id')
    def _compute_known_orders(self):
        """Find the earlier orders of the same unit, and which open ones are about this need.

        One search serves all, for all records. Before an order is saved, those of colleagues
        are named as well: the agent who takes the call counts it there.
        """
        domain = self._get_known_domain()
        known = self.search_fetch(domain) if self else self
        unsaved = self.filtered(lambda order: not order._origin)
        foreign = unsaved._find_of_colleagues(domain, known)
        # handlers are named below, handler and technician on the form: read at once
        named = known | self._origin
        (named.user_id | named.technician_id).mapped('display_name')
        for order in self:
            others = known - order._origin
            order.history_count = len(others.filtered(order._is_same_unit))
            order.duplicate_ids = others.filtered(
                lambda other, order=order: not other.date_closed and order._is_worth_asking(other))
            of_colleagues = (
                foreign.filtered(order._is_worth_asking) if order in unsaved
                else foreign.browse())
            order.open_orders = [
                {'id': other.id, 'name': other.name, 'stage': other.stage_id.name,
                 'handler': other.user_id.name, 'count': other.reminder_count,
                 'is_readable': other in known,
                 'details': other._format_for_caller()}
                for other in (order.duplicate_ids.sudo()._origin | of_colleagues)]

    def _format_for_caller(self):
        """Return unit, planned time and promised answer in one line, for who takes the call.

        Called as superuser for one order; the times are those of the reader.
        """
        self.ensure_one()
        promised = self.date_answer_promised if not self.answer else False
        return " · ".join(filter(None, [
            self.product_id.name,
            self.date_planned and self.env._(
                "planned %(time)s", time=format_datetime(
                    self.env, self.date_planned, dt_format='short')),
            promised and self.env._(
                "answer promised %(time)s", time=format_datetime(
                    self.env, promised, dt_format='short'))]))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: not order.partner_id)._create_missing_partners()
        return orders

    # === ACTIONS === #

    def action_remind(self):
        """Count a customer's call about their open order; it is never a new order.

        The agent who takes the call counts it, on the order of a colleague, too.
        """
        # counts only; the role and the company, or check_access, are asked before it does
        orders = self.sudo()
        if not (self.env.user.has_group(AGENT) and orders.company_id <= self.env.companies):
            self.check_access('write')
        orders.filtered(lambda order: not order.is_closed)._remind()

    def action_view_history(self):
        """Show the other orders of the same units."""
        others = self.search(self._get_unit_domain() & Domain('id', 'not in', self.ids))
        return others._get_records_action(name=self.env._("Earlier Orders"))

    # === RULES === #

    def _get_unit_domain(self):
        """Return the domain of all orders of the units: by card, else by serial number."""
        same_card = Domain('warranty_id', 'in', self.warranty_id.ids)
        numbers = {number for order in self for number in order._get_serial_spellings()}
        if not numbers:
            return same_card
        return same_card | (
            Domain('warranty_id', '=', False) & Domain('serial', 'in', list(numbers)))

    def _get_known_domain(self):
        """Return the domain of all orders of the units and the open ones of the callers."""
        numbers = [number for number in self.mapped('phone_sanitized') if number]
        same_caller = Domain('phone_sanitized', 'in', numbers)
        if customers := self.filtered(lambda order: not order._origin).partner_id._origin:
            same_caller |= Domain('partner_id', 'in', customers.ids)
        return self._get_unit_domain() | (Domain('date_closed', '=', False) & same_caller)

    def _find_of_colleagues(self, domain, known):
        """Return the open orders in ``domain`` that the agent on the phone may not read.

        Number, stage and handler are all that is shown of them.
        """
        companies = self.company_id._origin & self.env.companies
        if not companies or not self.env.user.has_group(AGENT):
            return self.sudo().browse()
        # an agent, in their own companies
        return self.sudo().search_fetch(domain & Domain([
            ('company_id', 'in', companies.ids), ('date_closed', '=', False),
            ('id', 'not in', known.ids)]))

    def _is_same_unit(self, other):
        """Return whether another order is about this unit; without card the number decides."""
        self.ensure_one()
        if self.warranty_id and other.warranty_id:
            return self.warranty_id._origin == other.warranty_id
        products = self.product_id._origin, other.product_id
        return (not self._get_serial_spellings().isdisjoint(other._get_serial_spellings())
                and (not all(products) or products[0] == products[1]))

    def _get_serial_spellings(self):
        """Return how the unit's number may be written; “unknown” is the number of no unit."""
        self.ensure_one()
        return {number for number in spellings(self.serial)
                if any(character.isdigit() for character in number)}

    def _is_same_need(self, other):
        """Return whether an open order is about what this one is about."""
        self.ensure_one()
        if self._is_same_unit(other):
            return True
        if self.warranty_id or other.warranty_id or (self.serial and other.serial):
            return False
        return (self.phone_sanitized and self.phone_sanitized == other.phone_sanitized
                and self.product_id._origin == other.product_id)

    def _is_worth_asking(self, other):
        """Return whether who calls may mean an open order, whatever unit it is about.

        Of an order that is saved only the same need counts: the caller was asked.
        """
        self.ensure_one()
        if self._is_same_need(other):
            return True
        if self._origin:
            return False
        if self.phone_sanitized and self.phone_sanitized == other.phone_sanitized:
            return True
        return bool(self.partner_id) and self.partner_id._origin == other.partner_id

    def _create_missing_partners(self):
        """Make a customer for each unknown caller: one per number, all in one call."""
        callers = self.filtered(lambda order: order.phone or order.caller_name)
        if not callers:
            return
        groups = callers.grouped(
            lambda order: order.phone_sanitized or order.phone or order.caller_name)
        # who may take a call may note who calls; portal and mail have no such right
        partners = self.env['res.partner'].sudo().with_context(
            clean_context(self.env.context),
        ).create([
            orders[0]._prepare_partner_vals() | orders[0]._prepare_region_vals()
            for orders in groups.values()])
        for orders, partner in zip(groups.values(), partners, strict=True):
            orders.partner_id = partner

    def _prepare_partner_vals(self):
        self.ensure_one()
        return {
            'name': self.caller_name or self.phone,
            'phone': self.phone,
            'street': self.pasted_address,
            'company_id': False,
        }

    def _prepare_region_vals(self):
        """Return province and city of an address in one line: they find the outlet."""
        self.ensure_one()
        return self.env['res.partner']._find_region(self.pasted_address)

    def _remind(self):
        """Count a reminder; from the company's limit on, notify the dispatchers."""
        for order in self.sudo():  # action_remind and the portal checked who asks
            order.write({
                'reminder_count': order.reminder_count + 1,
                'date_reminded': fields.Datetime.now()})
        for order in self:
            order._message_log(body=order._for_desk().env._(
                "The customer asked again (%(count)s).", count=order.reminder_count))
            if order.reminder_count >= order.company_id.aftersales_reminder_limit:
                dispatchers = order.company_id._get_people_in(DISPATCHER)
                for lang, users in dispatchers.grouped('lang').items():
                    order.message_notify(
                        partner_ids=users.partner_id.ids, subject=order.name,
                        body=self.with_context(lang=lang).env._(
                            "The customer asked %(count)s times for this order.",
                            count=order.reminder_count))

    def _for_desk(self):
        """Return the order in the language of its handler: customers cause notes, too.

        What staff and outlets do is noted in the writer's language, as core's own notes are.
        """
        self.ensure_one()
        # which language somebody reads is no secret
        return self.with_context(
            lang=self.sudo().user_id.lang or self.sudo().company_id.partner_id.lang)
