from datetime import timedelta

from odoo import api, fields, models

from ...tools.capacity import Limit


class AftersalesOutletCapacity(models.Model):
    """How many orders a day an outlet can take, of a product category or of all.

    A date beats a weekday, a weekday beats every day; ``tools.capacity`` does the sums.
    """

    _name = 'aftersales.outlet.capacity'
    _description = "Outlet Capacity"
    _order = 'outlet_id, product_category_id, date, weekday, id'
    _check_company_auto = True
    _rec_name = 'outlet_id'

    outlet_id = fields.Many2one(
        'aftersales.outlet', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='outlet_id.company_id', store=True, precompute=True, index=True)
    product_category_id = fields.Many2one(
        'product.category', help="With its sub-categories; empty: all products.")
    weekday = fields.Selection(
        [('0', "Monday"), ('1', "Tuesday"), ('2', "Wednesday"), ('3', "Thursday"),
         ('4', "Friday"), ('5', "Saturday"), ('6', "Sunday")],
        help="Empty: every day.")
    date = fields.Date(help="For this day only; it beats the weekday.")
    orders_per_day = fields.Integer(required=True)
    day = fields.Date(
        string="Next Day", compute='_compute_used',
        help="The day that the used and free places are counted for.")
    used_count = fields.Integer(string="Used", compute='_compute_used')
    left_count = fields.Integer(string="Places Left", compute='_compute_used')

    _orders_not_negative = models.Constraint(
        'CHECK(orders_per_day >= 0)', "The number of orders a day cannot be negative.")
    _one_kind_of_day = models.Constraint(
        'CHECK(date IS NULL OR weekday IS NULL)', "Give a weekday or a date, not both.")
    _limit_uniq = models.UniqueIndex(
        "(outlet_id, COALESCE(product_category_id, 0), COALESCE(weekday, ''), "
        "COALESCE(date, '-infinity'))",
        "This outlet has a capacity for this category and day already.")

    @api.depends('outlet_id', 'product_category_id', 'weekday', 'date', 'orders_per_day')
    def _compute_used(self):
        today = fields.Date.context_today(self)
        for capacity in self:
            capacity.day = capacity._get_next_day(today)
        books = self.outlet_id._open_books(set(self.mapped('day')))
        for capacity in self:
            book = books.get(capacity.outlet_id._origin.id)
            capacity.used_count = book.used(
                capacity.day, capacity.product_category_id.id or None) if book else 0
            [limit] = capacity._get_limits()
            places = book.places(limit, capacity.day) if book else limit.orders
            capacity.left_count = max(places - capacity.used_count, 0)

    def _get_next_day(self, today):
        """Return the first day from ``today`` on that this capacity speaks about."""
        self.ensure_one()
        if self.date or not self.weekday:
            return self.date or today
        return today + timedelta(days=(int(self.weekday) - today.weekday()) % 7)

    def _get_limits(self):
        return [
            Limit(
                capacity.orders_per_day, capacity.product_category_id.id or None,
                int(capacity.weekday) if capacity.weekday else None, capacity.date or None)
            for capacity in self]
