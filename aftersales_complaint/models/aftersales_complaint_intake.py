
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import clean_context

from odoo.addons.aftersales_service.tools.contact import split_contact
from odoo.addons.aftersales_service.tools.serial_range import read_serial, spellings
from odoo.addons.aftersales_service.tools.words import LONGEST, plain

from .roles import AGENT

FEWEST_DIGITS = 7  # of a phone number
SHORT = 80  # letters of a subject
RECENT = 5  # service orders shown at the intake


class AftersalesComplaint(models.Model):
    """Taking a complaint: who, about which unit, and is it known already?

    A phone number, a serial number, an order or a platform number is enough: the rest fills
    itself. Open cases and earlier ones of the same unit or customer are shown before saving.
    """

    _inherit = 'aftersales.complaint'

    intake_key = fields.Char(
        string="Phone, Serial, Order or Platform Number", store=False,
        help="Type or scan one of them: customer, unit, warranty and order fill themselves.",
        groups='base.group_user')
    cover_note = fields.Char(string="Warranty", compute='_compute_cover_note',
                             groups='base.group_user')
    recent_order_ids = fields.Many2many(
        'aftersales.order', string="Last Service Orders", compute='_compute_recent_order_ids',
        groups='aftersales_service.group_aftersales_agent')
    customer_card_ids = fields.Many2many(
        'aftersales.warranty', string="Units of the Customer", compute='_compute_customer_cards',
        groups='aftersales_service.group_aftersales_agent')
    script = fields.Text(related='category_id.script', groups='base.group_user')
    authority_note = fields.Char(
        string="Your Authority", compute='_compute_authority_note', groups='base.group_user')
    deadline_strip = fields.Json(
        string="Deadlines", compute='_compute_deadline_strip', groups='base.group_user')

    # === COMPUTES === #

    @api.depends('intake_key')
    def _compute_order_id(self):
        for case in self:
            case.order_id = case._read_intake_key().get('order') or case.order_id

    @api.depends('intake_key')
    def _compute_platform_number(self):
        for case in self:
            case.platform_number = (
                case._read_intake_key().get('platform') or case.platform_number)

    @api.depends('phone', 'company_id')
    def _compute_phone_sanitized(self):
        """Write the number in full; a national one is of the company's country."""
        known = {}  # a batch may hold many cases of one caller
        for case in self:
            phone = (case.phone or '').strip()
            country = case.company_id.country_id if not phone.startswith('+') else (
                self.env['res.country'])
            if (phone, country) not in known:
                known[phone, country] = self.env['res.partner']._read_number(phone, country)
            case.phone_sanitized = known[phone, country]

    @api.depends('order_id', 'return_id', 'warranty_id', 'sale_order_id', 'phone_sanitized')
    def _compute_partner_id(self):
        """Take the customer of a document, else the newest one with the caller's number."""
        for case in self:
            case.partner_id = (
                case.partner_id or case.order_id.partner_id or case.return_id.partner_id
                or case.warranty_id.partner_id or case.sale_order_id.partner_id)
        for company, cases in self.filtered(
                lambda case: not case.partner_id and (case.phone or '').strip()).grouped(
                    'company_id').items():
            callers = self.env['res.partner']._find_callers(
                {case.phone.strip() for case in cases}, company.country_id)
            for case in cases:
                case.partner_id = callers.get(case.phone.strip(), False)

    @api.depends('partner_id', 'order_id', 'intake_key')
    def _compute_phone(self):
        for case in self:
            typed = case._read_intake_key()
            case.phone = (typed.get('phone') or case.phone
                          or case.order_id.phone or case.partner_id.phone)
            case.caller_name = case.caller_name or typed.get('name')

    @api.depends('serial', 'order_id')
    def _compute_warranty_id(self):
        """Take the order's card, else the newest card of the serial number."""
        serials = {key for case in self for key in spellings(case.serial)}
        cards = serials and self.env['aftersales.warranty'].search_fetch(
            [('serial', 'in', list(serials)), ('company_id', 'in', self.company_id.ids)],
            order='id')
        newest = {(card.serial, card.company_id): card for card in cards or ()}
        for case in self:
            card = case.warranty_id or case.order_id.warranty_id
            if (case.serial or card.serial) != card.serial:
                card = next(filter(None, (
                    newest.get((key, case.company_id)) for key in spellings(case.serial))), False)
            case.warranty_id = card

    @api.depends('warranty_id', 'order_id', 'intake_key')
    def _compute_serial(self):
        for case in self:
            case.serial = (case._read_intake_key().get('serial') or case.warranty_id.serial
                           or case.serial or case.order_id.serial)

    @api.depends('warranty_id', 'order_id')
    def _compute_product_id(self):
        for case in self:
            case.product_id = (
                case.warranty_id.product_id or case.product_id or case.order_id.product_id)

    @api.depends('warranty_id', 'order_id', 'return_id', 'intake_key')
    def _compute_sale_order_id(self):
        for case in self:
            # the number of the sale is all that agents see of it
            card = case.warranty_id.sudo()
            case.sale_order_id = (case._read_intake_key().get('sale') or case.sale_order_id
                                  or card.sale_line_id.order_id)

    @api.depends('order_id')
    def _compute_outlet_id(self):
        for case in self:
            case.outlet_id = case.order_id.outlet_id or case.outlet_id

    @api.depends('warranty_id', 'received_day')
    def _compute_cover_note(self):
        for case in self:
            card, day = case.warranty_id, case.received_day or fields.Date.context_today(self)
            case.cover_note = card and card._format_verdict(card._judge_unit(day, None))

    @api.depends('partner_id', 'warranty_id')
    def _compute_recent_order_ids(self):
        """Apart from the others: a unit's people open the case, but read no service orders."""
        for case in self:
            case.recent_order_ids = case._find_recent_orders()

    @api.depends('partner_id', 'warranty_id')
    def _compute_customer_cards(self):
        """List the units of a caller while none of them is chosen yet: the agent asks which."""
        cards = self.env['aftersales.warranty'].sudo(False)
        for case in self:
            customer = case.partner_id._origin
            found = bool(customer) and not case.warranty_id and cards.search(
                [('partner_id', '=', customer.id), ('company_id', '=', case.company_id.id)],
                order='id desc', limit=RECENT)
            case.customer_card_ids = found or cards

    @api.depends('order_id', 'outlet_id', 'is_injury', 'is_media', 'is_authority')
    @api.depends_context('uid')
    def _compute_authority_note(self):
        for case in self:
            left = case._get_recovery_left()
            case.authority_note = self.env._("any amount") if left is None else (
                case.currency_id.format(left))

    @api.depends('clock_ids.date_deadline', 'clock_ids.date_stopped', 'level', 'kind',
                 'date_external_deadline', 'is_injury', 'is_abroad', 'partner_id')
    def _compute_deadline_strip(self):
        """List the promises with their deadlines; before saving, those that would begin now."""
        for case in self:
            case.deadline_strip = sorted(
                ({'kind': kind, 'label': label, 'deadline': fields.Datetime.to_string(deadline),
                  'is_ours': is_ours} for kind, label, deadline, is_ours in (
                      case._get_deadlines()) if deadline), key=lambda entry: entry['deadline'])

    @api.constrains('date_received')
    def _check_date_received(self):
        now = fields.Datetime.now()
        for case in self:
            if case.date_received > now:
                raise ValidationError(self.env._(
                    "A complaint cannot be received in the future: correct “Received on” of "
                    "%(case)s.", case=case.display_name))

    @api.constrains('warranty_id', 'product_id')
    def _check_card_product(self):
        for case in self:
            card = case.warranty_id
            if card and case.product_id and card.product_id != case.product_id:
                raise ValidationError(self.env._(
                    "Warranty card %(card)s belongs to %(other)s, not to %(product)s. Choose the "
                    "card of the unit or leave it out.", card=card.name,
                    other=card.product_id.display_name, product=case.product_id.display_name))

    # === RULES === #

    @api.model
    def _shorten(self, words):
        """Return the first line of what the customer says, short enough for a list."""
        line = next(filter(None, map(str.strip, words.splitlines())), '')
        return line if len(line) <= SHORT else f'{line[:SHORT - 1]}…'

    def _read_intake_key(self):
        """Return what the one box of the intake means: an order, a phone, a serial number…

        :return: one of ``order`` (a record), ``platform``, ``phone`` and ``serial``; empty
            for an empty box
        """
        self.ensure_one()
        key = plain(self.intake_key).strip()
        if not key:
            return {}
        # rights are the user's own: computes run as superuser
        order = self._find_intake_order(key)
        if order:
            is_readable = order.sudo(False).has_access('read')
            return ({'order': order.sudo(False)} if is_readable else order._get_intake_facts()) | (
                {'platform': key} if order.platform_number == key else {})
        cards = self.env['aftersales.warranty'].sudo(False)
        card = cards.has_access('read') and cards.search(
            ['|', ('name', '=', key), ('serial', 'in', spellings(key)),
             ('company_id', '=', self.company_id.id)], limit=1)
        if card:
            return {'serial': card.serial or key}
        if sale := self._find_intake_sale(key):
            cards = sale.env['aftersales.warranty'].search(
                [('sale_line_id.order_id', '=', sale.id)], limit=2)
            # a sale of one unit names the unit as well
            return {'sale': sale} | (
                {'serial': cards.serial} if len(cards) == 1 and cards.serial else {})
        cases = self.sudo(False)
        case = cases.has_access('read') and cases.search(
            [('name', '=', key), ('company_id', '=', self.company_id.id)], limit=1)
        if case:
            return case._get_intake_facts()
        # every serial number has a digit: a name is none
        return self._read_pasted_contact(key) or (
            {'serial': read_serial(key)} if any(map(str.isdecimal, key)) else {})

    def _read_pasted_contact(self, key):
        """Return phone and name that somebody pasted into the one box, empty for other words.

        A word of letters and digits is a serial number, though a phone may be part of it.
        """
        is_number = not any(map(str.isalpha, key))
        if is_number and sum(map(str.isdecimal, key)) < FEWEST_DIGITS:
            return {}
        if not is_number and key.isascii() and ' ' not in key:
            return {}
        contact = split_contact(key, self.company_id.country_id.code or '')
        if not contact.phone:
            return {'phone': key} if is_number else {}
        return {name: value for name, value in (
            ('phone', contact.phone), ('name', contact.name)) if value}

    def _may_find_documents(self):
        """Return whether the user is the agent who takes the call, in a company of theirs.

        The whole number that the customer names finds documents of colleagues and of sales, as
        at the intake of service orders; customer and unit are all that is used of them.
        """
        self.ensure_one()
        return self.env.user.has_group(AGENT) and self.company_id in self.env.companies

    def _find_intake_order(self, key):
        """Return the service order of a number, as superuser: one that the user reads first."""
        orders = self.env['aftersales.order'].sudo(False)
        domain = Domain('company_id', '=', self.company_id.id) & (
            Domain('name', '=', key) | Domain('platform_number', '=', key))
        found = orders.has_access('read') and orders.search(domain, limit=1)
        if found or not self._may_find_documents():
            return (found or orders).sudo()  # read by the user, or none
        return orders.sudo().search(domain, limit=1)  # checked above

    def _find_intake_sale(self, key):
        """Return the sales order of a number, as superuser."""
        sales = self.env['sale.order'].sudo()
        # checked by the named method
        return sales.search([
            ('name', '=', key), ('company_id', '=', self.company_id.id)], limit=1) if (
                self._may_find_documents()) else sales

    def _get_intake_facts(self):
        """Return what the number of this complaint means in the one box: it is shown as open."""
        self.ensure_one()
        facts = {'order': self.order_id, 'serial': self.serial, 'phone': self.phone}
        return {name: value for name, value in facts.items() if value}

    def _find_recent_orders(self):
        """Return the last service orders of the unit, else of the customer."""
        self.ensure_one()
        orders = self.env['aftersales.order'].sudo(False)
        if not orders.has_access('read') or not (self.warranty_id or self.partner_id):
            return orders
        domain = Domain('warranty_id', '=', self.warranty_id._origin.id) if self.warranty_id else (
            Domain('partner_id', '=', self.partner_id._origin.id))
        return orders.search(domain, order='date_event desc', limit=RECENT)

    def action_ask_again(self, words=''):
        """Note on open complaints that the customer called again, and what was said.

        The agent who takes the call notes it on a colleague's case, too.
        """
        cases = self.sudo()
        if not (self.env.user.has_group(AGENT) and cases.company_id <= self.env.companies):
            self.check_access('write')
        if not isinstance(words, str):
            raise UserError(self.env._("Write down what the customer says."))
        for case in cases:
            case.message_post(
                body=self.env._(
                    "The customer asked again: %(words)s", words=words[:LONGEST] or "-"),
                subtype_id=self.env.ref('aftersales_complaint.mt_complaint_conversation').id)
            for user in case.user_id - self.env.user:
                case.activity_schedule(
                    'mail.mail_activity_data_call', user_id=user.id,
                    summary=case.with_context(lang=user.lang).env._("The customer asked again"))

    def _create_missing_partners(self):
        """Make a customer for each unknown complainant: one per number, all in one call."""
        callers = self.filtered(lambda case: case.phone or case.caller_name)
        if not callers:
            return
        groups = callers.grouped(
            lambda case: case.phone_sanitized or case.phone or case.caller_name)
        # who may take a complaint may note who complains; portal and mail have no such right
        partners = self.env['res.partner'].sudo().with_context(
            clean_context(self.env.context)).create([
                {'name': cases[0].caller_name or cases[0].phone, 'phone': cases[0].phone,
                 'company_id': False} for cases in groups.values()])
        for cases, partner in zip(groups.values(), partners, strict=True):
            cases.partner_id = partner

    @api.model
    def _draw_from(self, sequence, count):
        """Draw the numbers of the month in the company's time."""
        day = sequence.env.company._get_aftersales_day(fields.Datetime.now())
        if sequence.use_date_range:
            self._ensure_month_ranges(sequence, day)
        return super(AftersalesComplaint, self.with_context(ir_sequence_date=day))._draw_from(
            sequence.with_context(ir_sequence_date=day), count)

    @api.model
    def _ensure_month_ranges(self, sequence, day):
        """Give a sequence, read as superuser, the ranges of the month of ``day`` and of the next.

        The range of a month is made in the month before, so that two users who write the first
        complaint of a month do not both make it. Ranges of another length that an administrator
        made, such as quarters, stay and count.
        """
        first = day.replace(day=1)
        ranges = self.env['ir.sequence.date_range'].sudo().search_fetch(
            [('sequence_id', '=', sequence.id), ('date_to', '>=', first)])
        missing = []
        for start in (first, first + relativedelta(months=1)):
            stop = start + relativedelta(months=1, days=-1)
            if not any(part.date_from <= stop and part.date_to >= start for part in ranges):
                missing.append({'sequence_id': sequence.id, 'date_from': start, 'date_to': stop})
        # who may write a complaint gives it its number
        if missing:
            ranges.create(missing)

    # === ACTIONS === #

    def action_register(self):
        """Note praise, a suggestion or an anomaly, and go on to the next call."""
        self.check_access('read')
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'success', 'message': self.env._(
                    "Registered as %(cases)s", cases=", ".join(self.mapped('name'))),
                'next': self.env['ir.actions.act_window']._for_xml_id(
                    'aftersales_complaint.aftersales_complaint_action_intake')}}

    def action_view_order(self):
        """Open the service order."""
        return self.order_id._get_records_action()

    def action_view_return(self):
        """Open the return."""
        return self.return_id._get_records_action()

    def action_view_card(self):
        """Open the warranty card."""
        return self.warranty_id._get_records_action()
