from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.contact import split_contact
from ...tools.serial_range import spellings
from ..base.roles import AGENT

MOST_UNITS = 12  # a dealer has hundreds: their card is found by its number


class AftersalesOrder(models.Model):
    """What the desk sees of a caller: one box for all they say, their units side by side."""

    _inherit = 'aftersales.order'

    caller_units = fields.Json(
        string="Units of the Caller", compute='_compute_caller_units', groups='base.group_user')

    @api.depends('partner_id', 'company_id', 'event_day')
    def _compute_caller_units(self):
        """Describe the units of the customer of a new order: cover, and the last order of each."""
        for order in self:
            cards = order._find_caller_cards() if not order._origin else None
            last = cards._get_last_orders() if cards else {}
            order.caller_units = [
                order._describe_unit(card, last.get(card)) for card in cards or ()]

    @api.onchange('phone')
    def _onchange_phone(self):
        """Take apart what the caller said in one line: a serial number, or name and address."""
        words = (self.phone or '').strip()
        if not words or self._origin:
            return
        if self._find_typed_card(words):
            self.phone = False
            self.serial = words
            return
        contact = split_contact(words, self.company_id.country_id.code or '')
        if contact.phone and (contact.name or contact.address):
            self.pasted_contact = words

    # === RULES === #

    def _find_typed_card(self, words):
        """Return the card of the company whose serial number ``words`` are."""
        return self.env['aftersales.warranty'].search(
            [('serial', 'in', list(spellings(words))), ('company_id', '=', self.company_id.id)],
            limit=1)

    def _find_caller_cards(self):
        """Return the valid cards of the customer, for the agent who takes the call."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id._origin
        card = self.env['aftersales.warranty']
        if not customer or not self.env.user.has_group(AGENT):
            return card
        return card.search(
            [('partner_id', 'child_of', customer.id), ('company_id', '=', self.company_id.id),
             ('state', '!=', 'void')],
            order='delivery_date desc, id desc', limit=MOST_UNITS)

    def _describe_unit(self, card, last):
        verdict = card._judge_unit(self.event_day or fields.Date.context_today(self))
        return {
            'id': card.id, 'name': card.display_name, 'card': card.name,
            'product': card.product_id.with_context(display_default_code=False).display_name,
            'serial': card.serial or "",
            'is_covered': verdict.is_covered, 'cover': card._format_verdict(verdict),
            'last': (last and self.env._(
                "%(type)s on %(date)s", type=last.type_id.name,
                date=format_date(self.env, last.event_day))) or "",
        }
