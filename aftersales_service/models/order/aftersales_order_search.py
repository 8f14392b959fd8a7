from odoo import fields, models
from odoo.fields import Domain

from ...tools.serial_range import spellings

MOST_CUSTOMERS = 500  # more of one name say nothing


class AftersalesOrder(models.Model):
    """One line to find an order by: its number, the customer, a phone or a serial number."""

    _inherit = 'aftersales.order'

    search_words = fields.Char(
        string="Number, Customer, Phone or Serial Number", compute='_compute_search_words',
        search='_search_search_words', exportable=False)

    def _compute_search_words(self):
        self.search_words = False

    def _search_search_words(self, operator, value):
        """Ask each index by itself: a name in another table would read every order."""
        if operator != 'ilike' or not isinstance(value, str) or not value.strip():
            return NotImplemented
        words = value.strip()
        if found := self._search([('name', '=', words)], limit=1).get_result_ids():
            return Domain('id', 'in', found)
        customers = self.env['res.partner'].with_context(active_test=False).search(
            [('complete_name', 'ilike', words)], limit=MOST_CUSTOMERS)
        number = self.env['res.partner']._read_number(words, self.env.company.country_id)
        return Domain.OR([
            Domain('name', 'ilike', words), Domain('serial', 'ilike', words),
            Domain('serial', 'in', list(spellings(words))),
            Domain('phone', 'ilike', words), Domain('user_phone', 'ilike', words),
            Domain('caller_phone', '=', words),
            Domain('partner_id', 'in', customers.ids),
            *[Domain('phone_sanitized', '=', number)] * bool(number)])
