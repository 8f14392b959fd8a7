from odoo import fields, models

from ...tools.trade_in import subsidy


class AftersalesTradeInProgramme(models.Model):
    """A subsidy that a third party pays towards the new unit, such as a national programme."""

    _name = 'aftersales.trade.in.programme'
    _description = "Trade-in Subsidy"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'date_from desc, id desc'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    percent = fields.Float(string="Part of the Price (%)")
    cap = fields.Float(string="At Most", help="The most for one unit; 0 has no limit.")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    product_id = fields.Many2one(
        'product.product', string="Product of the Line", required=True,
        domain=[('type', '=', 'service')],
        help="The service on the sale order that takes the subsidy off the price.")
    company_id = fields.Many2one('res.company', index='btree_not_null')

    _values_positive = models.Constraint(
        'CHECK(percent >= 0 AND percent <= 100 AND cap >= 0)',
        "A part lies between 0 and 100 %, and a limit cannot be negative.")
    _dates_in_order = models.Constraint(
        'CHECK(date_to >= date_from)', "A programme cannot end before it begins.")

    def _get_subsidy(self, price):
        """Return what the programme pays towards a unit of this price."""
        self.ensure_one()
        return subsidy(price, self.percent, self.cap)

    def _is_valid(self, day):
        self.ensure_one()
        return (not self.date_from or self.date_from <= day) and (
            not self.date_to or day <= self.date_to)
