from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.stock_rule import last_time_buy, years_ahead

# a part that is bought for the last time is kept at least so well
_LEAST_LEVEL = 95.0
_DAYS_A_YEAR = 365.25


class ProductProduct(models.Model):
    """What to buy of a part for the last time: need until the end of support, less what there is.

    The need follows from the units in use and their failures by age; where no cards of the
    machines are known, from the demand of the last twelve months.
    """

    _inherit = 'product.product'

    last_buy_years = fields.Float(
        string="Years to Support", compute='_compute_last_buy', digits=(16, 1),
        compute_sudo=True)
    last_buy_units = fields.Integer(
        string="Units in Use", compute='_compute_last_buy', compute_sudo=True,
        help="Warranty cards of the machines that the part fits.")
    last_buy_need = fields.Float(
        string="Expected Need", compute='_compute_last_buy', digits=(16, 1), compute_sudo=True,
        help="Expected until the part need not be available any more.")
    last_buy_stock = fields.Float(
        string="On Hand and Ordered", compute='_compute_last_buy', digits='Product Unit',
        compute_sudo=True)
    last_buy_qty = fields.Float(
        string="Last Buy Proposed", compute='_compute_last_buy', digits='Product Unit',
        compute_sudo=True,
        help="What keeps the service level of the part, of 95 % at least, until then.")

    @api.depends('keep_until', 'part_phase')
    @api.depends_context('company')
    def _compute_last_buy(self):
        company = self.env.company
        policy = self.env['aftersales.part.policy']._get_policy(company)
        today = company._get_aftersales_day(fields.Datetime.now())
        levels = self.env['aftersales.part.suggestion']._read_levels(company, self, policy)
        units, rates = self._read_failures(company, today)
        used = self._read_yearly_use(company, today)
        for product in self:
            years = policy.support_years
            if product.keep_until:
                years = max(0.0, (product.keep_until - today).days / _DAYS_A_YEAR)
            ages = units.get(product.id, {})
            need = years_ahead(ages, rates.get(product.id, {}), years) or (
                used.get(product.id, 0.0) * years)
            product.last_buy_years = years
            product.last_buy_units = sum(ages.values())
            product.last_buy_need = need
            product.last_buy_stock = product.qty_available + product.incoming_qty
            product.last_buy_qty = last_time_buy(
                need, max(levels[product][0], _LEAST_LEVEL) / 100, stock=product.last_buy_stock)

    def _read_yearly_use(self, company, today):
        """Return ``{part id: demand of the last twelve months}``."""
        last = company.aftersales_demand_month or today.replace(day=1)
        return {product.id: quantity for product, quantity in (
            self.env['aftersales.part.demand']._read_group(
                [('company_id', '=', company.id), ('product_id', 'in', self.ids),
                 ('month', '>', last - relativedelta(years=1)), ('month', '<=', last)],
                ['product_id'], ['quantity:sum']))}

    def _read_failures(self, company, today):
        """Return units in use and failures in a unit and year, both by part id and age in years.

        Failures are those of the last twelve months, of units whose card is known.
        """
        fits = self.env['aftersales.part.fit'].search([('product_id', 'in', self.ids)])
        parts = defaultdict(set)
        for fit in fits:
            parts[fit.machine_id.id].add(fit.product_id.id)
        units = {product_id: defaultdict(int) for product_id in fits.product_id.ids}
        for machine, delivered, count in self.env['aftersales.warranty']._read_group(
                Domain('company_id', '=', company.id) & Domain('state', '!=', 'void')
                & Domain('product_id.product_tmpl_id', 'in', list(parts))
                & Domain('delivery_date', '!=', False),
                ['product_id.product_tmpl_id', 'delivery_date:year'], ['__count']):
            for product_id in parts[machine.id]:
                units[product_id][max(0, today.year - delivered.year)] += count
        rates = {product_id: {} for product_id in units}
        for product, delivered, quantity in self.env['stock.move']._read_group(
                [('company_id', '=', company.id), ('product_id', 'in', list(units)),
                 ('repair_line_type', '=', 'add'), ('state', '=', 'done'),
                 ('date', '>=', fields.Datetime.now() - relativedelta(years=1)),
                 ('aftersales_order_id.warranty_id.delivery_date', '!=', False)],
                ['product_id', 'aftersales_order_id.warranty_id.delivery_date:year'],
                ['quantity:sum']):
            age = max(0, today.year - delivered.year)
            if count := units[product.id].get(age):
                rates[product.id][age] = quantity / count
        return units, rates
