from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import clean_context

from odoo.addons.aftersales_service.tools.serial_range import spellings


class AftersalesComplaint(models.Model):
    """Taking a complaint: who, about which unit, and is it known already?

    A phone number, a serial number, an order or a platform number is enough: the rest fills
    itself. Open cases and earlier ones of the same unit or customer are shown before saving.
    """

    _inherit = 'aftersales.complaint'

    # === COMPUTES === #

    @api.depends('phone', 'company_id')
    def _compute_phone_sanitized(self):
        """Write the number in full; a national one is of the company's country."""
        known = {}  # a batch may hold many cases of one caller
        for case in self:
            phone = (case.phone or '').strip()
            country = case.company_id.country_id if not phone.startswith('+') else (
                self.env['res.country'])
            if (phone, country) not in known:
                known[phone, country] = case._phone_format_number(phone, country)
            case.phone_sanitized = known[phone, country]

    @api.depends('order_id', 'return_id', 'warranty_id', 'sale_order_id', 'phone_sanitized')
    def _compute_partner_id(self):
        """Take the customer of a document, else the newest one with the caller's number."""
        for case in self:
            case.partner_id = (
                case.partner_id or case.order_id.partner_id or case.return_id.partner_id
                or case.warranty_id.partner_id or case.sale_order_id.partner_id)
        unknown = self.filtered(lambda case: not case.partner_id and case.phone_sanitized)
        partners = unknown and self.env['res.partner'].search_fetch(
            [('phone_sanitized', 'in', unknown.mapped('phone_sanitized'))],
            ['phone_sanitized'], order='id')
        by_number = {partner.phone_sanitized: partner for partner in partners or ()}
        for case in unknown:
            case.partner_id = by_number.get(case.phone_sanitized, False)

    @api.depends('partner_id', 'order_id')
    def _compute_phone(self):
        for case in self:
            case.phone = case.phone or case.order_id.phone or case.partner_id.phone

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

    @api.depends('warranty_id', 'order_id')
    def _compute_serial(self):
        for case in self:
            case.serial = case.warranty_id.serial or case.serial or case.order_id.serial

    @api.depends('warranty_id', 'order_id')
    def _compute_product_id(self):
        for case in self:
            case.product_id = (
                case.warranty_id.product_id or case.product_id or case.order_id.product_id)

    @api.depends('warranty_id', 'order_id', 'return_id')
    def _compute_sale_order_id(self):
        for case in self:
            # the number of the sale is all that agents see of it
            card = case.warranty_id.sudo()
            case.sale_order_id = case.sale_order_id or card.sale_line_id.order_id

    @api.depends('order_id')
    def _compute_outlet_id(self):
        for case in self:
            case.outlet_id = case.order_id.outlet_id or case.outlet_id

    @api.depends('partner_id', 'warranty_id', 'serial', 'product_id')
    def _compute_repeat_count(self):
        """Count the earlier complaints of the same unit or customer, once for the batch."""
        others = self._find_earlier() if self else self
        for case in self:
            case.repeat_count = len(others.filtered(case._is_repeated_by))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases.filtered(lambda case: not case.partner_id)._create_missing_partners()
        return cases

    # === RULES === #

    def _find_earlier(self):
        """Return the complaints of the same units and customers within the period, as superuser.

        Their number forces the full flow, whoever handled them.
        """
        days = max(self.company_id.mapped('complaint_repeat_days'), default=0)
        since = fields.Datetime.now() - timedelta(days=days)
        units = Domain('warranty_id', 'in', self.warranty_id._origin.ids)
        serials = {key for case in self for key in spellings(case.serial)}
        if serials:
            units |= Domain('serial', 'in', list(serials))
        customers = Domain('partner_id', 'in', self.partner_id._origin.ids)
        # only their number is used, and by the desk their names, which it may read
        return self.sudo().search_fetch((units | customers) & Domain([
            ('company_id', 'in', self.company_id._origin.ids), ('date_received', '>=', since),
            ('kind', 'not in', ['praise', 'suggestion']), ('state', '!=', 'merged')]),
            ['partner_id', 'warranty_id', 'serial', 'product_id', 'company_id', 'date_received',
             'state', 'is_founded'])

    def _is_repeated_by(self, other):
        """Return whether an earlier complaint is of the same unit, or of the same customer."""
        self.ensure_one()
        if other.company_id != self.company_id._origin or other == self._origin.sudo():
            return False
        if self._origin and other.date_received > self.date_received:
            return False
        if other.state == 'unfounded':
            return False
        if self.warranty_id and other.warranty_id:
            return other.warranty_id == self.warranty_id._origin
        if self.serial and other.serial:
            return not set(spellings(self.serial)).isdisjoint(spellings(other.serial))
        return bool(self.partner_id) and other.partner_id == self.partner_id._origin and (
            not self.product_id or not other.product_id
            or other.product_id == self.product_id._origin)

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

    def _draw_numbers(self, field=None, code=None):
        """Draw the number of the month: a range of the sequence for it and for the next one.

        The range of a month is made in the month before, so that two users who write the first
        complaint of a month do not both make it.
        """
        for company, cases in self.grouped('company_id').items():
            day = company._get_aftersales_day(fields.Datetime.now())
            # who may write a complaint gives it its number
            sequence = self.env['ir.sequence'].sudo().search(
                [('code', '=', code or self._name),
                 ('company_id', 'in', [company.id, False])], order='company_id', limit=1)
            if sequence.use_date_range:
                sequence._ensure_month_ranges(day)
            super(AftersalesComplaint, cases.with_context(
                ir_sequence_date=day))._draw_numbers(field, code)

    # === ACTIONS === #

    def action_view_order(self):
        """Open the service order."""
        return self.order_id._get_records_action()

    def action_view_return(self):
        """Open the return."""
        return self.return_id._get_records_action()

    def action_view_card(self):
        """Open the warranty card."""
        return self.warranty_id._get_records_action()

    def action_view_earlier(self):
        """Show the earlier complaints of the same unit or customer that the user may read."""
        earlier = self._find_earlier().filtered(
            lambda other: any(case._is_repeated_by(other) for case in self))
        return earlier.with_env(self.env)._filtered_access('read')._get_records_action(
            name=self.env._("Earlier Complaints"))
