from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.stock_rule import last_time_buy, years_ahead

# a part that is bought for the last time is kept at least so well
_LEAST_LEVEL = 95.0
DAYS_A_YEAR = 365.25


class ProductProduct(models.Model):
    """What to buy of a part for the last time: need until the end of support, less what there is.

    The need follows from the units in use and their failures by age; where no cards of the
    machines are known, from the demand of the last twelve months. To it are added the pieces that
    will be scrapped; what there is are free and ordered pieces that can be used, and the repaired
    ones that will come back.
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
        compute_sudo=True,
        help="Free pieces and those on order; without what is reserved, lies in quarantine or at "
             "the place of old parts.")
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
        stock = self._read_usable(company)
        scrapped, repaired = self._read_scrapped(company), self._read_repaired(company)
        for product in self:
            years = policy.support_years
            if product.keep_until:
                years = max(0.0, (product.keep_until - today).days / DAYS_A_YEAR)
            ages = units.get(product.id, {})
            need = years_ahead(ages, rates.get(product.id, {}), years) or (
                used.get(product.id, 0.0) * years)
            product.last_buy_years = years
            product.last_buy_units = sum(ages.values())
            product.last_buy_need = need
            product.last_buy_stock = stock[product.id]
            # of a piece that is asked for, how much is lost and how much comes back
            yearly = used.get(product.id, 0.0)
            losses, returns = (
                need * quantities.get(product.id, 0.0) / yearly if yearly else 0.0
                for quantities in (scrapped, repaired))
            product.last_buy_qty = last_time_buy(
                need, max(levels[product][0], _LEAST_LEVEL) / 100, losses, stock[product.id],
                min(need, returns))

    def _read_usable(self, company):
        """Return ``{part id: free and ordered pieces}``, without those that cannot be used.

        Reserved pieces are left out: they belong to a demand that was there before.
        """
        places = self._get_places_apart(company)
        usable = {product.id: product.free_qty + product.incoming_qty for product in self}
        if not places:
            return usable
        apart = Domain('company_id', '=', company.id) & Domain('product_id', 'in', self.ids)
        for product, quantity, reserved in self.env['stock.quant']._read_group(
                apart & Domain('location_id', 'child_of', places.ids)
                & Domain('location_id.usage', '=', 'internal'),
                ['product_id'], ['quantity:sum', 'reserved_quantity:sum']):
            usable[product.id] -= quantity - reserved
        for product, quantity in self.env['stock.move']._read_group(
                apart & Domain('location_dest_id', 'child_of', places.ids)
                & Domain('location_dest_id.usage', '=', 'internal')
                & Domain('location_id.usage', 'not in', ('internal', 'transit'))
                & Domain('state', 'not in', ('draft', 'done', 'cancel')),
                ['product_id'], ['product_qty:sum']):
            usable[product.id] -= quantity
        return usable

    def _get_places_apart(self, company):
        """Return where pieces lie that cannot be used: rejected receipts and parts taken off."""
        warehouses = self.env['stock.warehouse'].with_context(active_test=False).search(
            [('company_id', '=', company.id)])
        return warehouses.aftersales_quarantine_id | company.aftersales_old_parts_location_id

    def _read_scrapped(self, company):
        """Return ``{part id: usable pieces that were scrapped in the last twelve months}``."""
        return {product.id: quantity for product, quantity in self.env['stock.move']._read_group(
            [('company_id', '=', company.id), ('product_id', 'in', self.ids),
             ('scrap_id', '!=', False), ('state', '=', 'done'),
             '!', ('location_id', 'child_of', self._get_places_apart(company).ids),
             ('date', '>=', fields.Datetime.now() - relativedelta(years=1))],
            ['product_id'], ['product_qty:sum'])}

    def _read_repaired(self, company):
        """Return ``{part id: pieces restocked as repaired in the last twelve months}``."""
        return {product.id: quantity for product, quantity in self.env[
            'aftersales.old.part']._read_group(
            [('company_id', '=', company.id), ('product_id', 'in', self.ids),
             ('outcome', '=', 'restocked'), ('disposal_state', '=', 'done'),
             ('date_disposed', '>=', fields.Datetime.now() - relativedelta(years=1))],
            ['product_id'], ['quantity:sum'])}

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
