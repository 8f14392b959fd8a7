from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.cost import activity_rate, time_rate


class AftersalesCostRate(models.Model):
    """What one unit of an activity's driver costs in a period.

    Either the pool of costs by the practical capacity of the driver, or the time of the
    step by the cost of a minute. Lines keep the rate they were charged at.
    """

    _name = 'aftersales.cost.rate'
    _description = "Cost Rate of an Activity"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'activity_id, date_from desc, id desc'
    _check_company_auto = True

    activity_id = fields.Many2one(
        'aftersales.cost.activity', required=True, index=True, ondelete='cascade',
        check_company=True)
    driver = fields.Selection(related='activity_id.driver')
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    method = fields.Selection(
        [('pool', "Pool of Costs by Capacity"), ('time', "Cost of a Minute by Time")],
        default='pool', required=True)
    pool_cost = fields.Monetary(
        string="Pool of Costs",
        help="Wages, space, depreciation, freight and material of this activity in the period.")
    capacity = fields.Float(
        string="Practical Capacity",
        help="What can be done in the period, not what was done: idle capacity is not charged "
             "to the returns.")
    cost_per_minute = fields.Monetary(string="Cost of a Minute")
    minutes = fields.Float(string="Minutes per Driver Unit")
    rate = fields.Float(compute='_compute_rate', store=True, digits=(16, 4))
    fixed_percent = fields.Float(
        string="Fixed Part (%)",
        help="The part of these costs that would remain without a single return; it counts "
             "in the comparison of ways.")
    used_quantity = fields.Float(string="Used", compute='_compute_used')
    used_percent = fields.Float(string="Used (%)", compute='_compute_used')

    _period_in_order = models.Constraint(
        'CHECK(date_to >= date_from)', "A rate cannot end before it begins.")
    _amounts_positive = models.Constraint(
        'CHECK(pool_cost >= 0 AND capacity >= 0 AND cost_per_minute >= 0 AND minutes >= 0)',
        "Costs, capacities and times cannot be negative.")
    _fixed_percent_range = models.Constraint(
        'CHECK(fixed_percent >= 0 AND fixed_percent <= 100)',
        "The fixed part lies between 0 and 100 %.")

    @api.depends('method', 'pool_cost', 'capacity', 'cost_per_minute', 'minutes')
    def _compute_rate(self):
        for rate in self:
            if rate.method == 'time':
                rate.rate = time_rate(rate.cost_per_minute, rate.minutes)
            else:
                rate.rate = rate.capacity > 0 and activity_rate(rate.pool_cost, rate.capacity)

    def _compute_used(self):
        """Sum what the returns used, by one query: the rest is idle capacity."""
        used = dict(self.env['aftersales.cost.line']._read_group(
            [('rate_id', 'in', self.ids)], ['rate_id'], ['quantity:sum']))
        for rate in self:
            rate.used_quantity = used.get(rate._origin, 0.0)
            rate.used_percent = 100.0 * rate.used_quantity / (rate.capacity or 1.0) if (
                rate.method == 'pool') else 0.0

    def _compute_display_name(self):
        for rate in self:
            rate.display_name = (
                f'{rate.activity_id.name} {rate.date_from} – {rate.date_to}'
                if rate.activity_id else False)

    @api.constrains('method', 'capacity')
    def _check_capacity(self):
        for rate in self:
            if rate.method == 'pool' and rate.capacity <= 0:
                raise ValidationError(self.env._(
                    "“%(activity)s” needs a practical capacity above zero.",
                    activity=rate.activity_id.name))

    @api.constrains('activity_id', 'company_id', 'date_from', 'date_to')
    def _check_overlap(self):
        for rate in self:
            other = self.search([
                ('id', '!=', rate.id), ('activity_id', '=', rate.activity_id.id),
                ('company_id', '=', rate.company_id.id), ('date_from', '<=', rate.date_to),
                ('date_to', '>=', rate.date_from)], limit=1)
            if other:
                raise ValidationError(self.env._(
                    "“%(activity)s” has a rate from %(start)s until %(end)s already; two rates "
                    "of one day would charge it twice.", activity=rate.activity_id.name,
                    start=other.date_from, end=other.date_to))

    @api.model
    def _get_rates(self, company, start, stop):
        """Return the rates of a company that hold on a day of the span, in one query."""
        return self.search_fetch(
            Domain('company_id', '=', company.id) & Domain('activity_id.active', '=', True)
            & Domain('date_from', '<=', stop) & Domain('date_to', '>=', start))
