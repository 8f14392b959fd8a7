from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds

MONTH_DAYS = 365.25 / 12
# columns of a row, in the order of the page
COSTS = ('issues', 'purchases', 'scrap', 'differences', 'stock', 'holding')


class AftersalesPartCost(models.TransientModel):
    """Chooses the period of the monthly cost report of spare parts (备件月度成本报告), and counts.

    Issues, purchases, scrap and count differences are the values that core gave to their moves.
    The holding cost is the policy's share of the stock value of today, for the days of the period:
    the stock of earlier days is not kept.
    """

    _name = 'aftersales.part.cost'
    _description = "Part Cost Report"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_parts.action_report_part_cost'

    def action_view_pivot(self):
        """Show the stock of the same parts as a pivot table."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_parts.aftersales_part_report_action')
        return action | {
            'domain': list(self._get_products_domain() & Domain('fact', '=', 'stock')),
            'context': {'pivot_row_groupby': ['categ_id'], 'graph_groupbys': ['categ_id']}}

    def _get_holding_percent(self):
        return self.env['aftersales.part.policy']._get_policy(
            self.company_id, self.date_to).holding_percent

    def _get_rows(self):
        """Return one dict per product category with its costs, the most expensive first."""
        self.ensure_one()
        rows = {}
        for name, values in self._read_costs(self.date_from, self.date_to).items():
            for category, value in values.items():
                rows.setdefault(category, dict.fromkeys(COSTS, 0.0))[name] = value
        share = self._get_holding_percent() / 100.0 * self._get_months() / 12.0
        for category, value in self._read_stock().items():
            rows.setdefault(category, dict.fromkeys(COSTS, 0.0)).update(
                stock=value, holding=value * share)
        return sorted(
            (row | {'name': category.display_name or self.env._("None")}
             for category, row in rows.items() if any(row.values())),
            key=lambda row: (-row['issues'] - row['holding'], row['name']))

    def _get_totals(self, rows):
        """Return the sums of ``rows``, and those of the same length before it."""
        self.ensure_one()
        before = self._read_costs(*self._get_period_before())
        return (
            {name: sum(row[name] for row in rows) for name in COSTS},
            {name: sum(values.values()) for name, values in before.items()})

    def _get_emergency(self):
        """Return the lines requested in the period, how many were urgent, and their value."""
        self.ensure_one()
        lines = self.env['aftersales.part.request.line'].search(
            Domain('request_id.date_requested', '>=', self._get_bounds()[0])
            & Domain('request_id.date_requested', '<', self._get_bounds()[1])
            & Domain('request_id.state', '!=', 'cancelled')
            & Domain('product_id.is_spare_part', '=', True)
            & self._get_products_domain('product_id.categ_id'))
        urgent = lines.filtered(lambda line: line.request_id.urgency == 'urgent')
        return {
            'lines': len(lines), 'urgent': len(urgent),
            'share': len(urgent) / len(lines) if lines else None,
            'value': sum(
                line.quantity * line.product_id.with_company(self.company_id).standard_price
                for line in urgent)}

    def _get_months(self):
        """Return how many months the period has, by its days."""
        return ((self.date_to - self.date_from).days + 1) / MONTH_DAYS

    def _get_bounds(self, first=None, last=None):
        """Return the instants between which the days of a period lie."""
        zone = self.company_id._get_aftersales_zone()
        return (day_bounds(first or self.date_from, zone)[0],
                day_bounds((last or self.date_to) + timedelta(days=1), zone)[0])

    def _read_costs(self, first, last):
        """Return ``{cost: {category: value}}`` of the moves between two days."""
        start, end = self._get_bounds(first, last)
        base = (
            self._get_products_domain('product_id.categ_id')
            & Domain('product_id.is_spare_part', '=', True)
            & Domain('state', '=', 'done') & Domain('date', '>=', start)
            & Domain('date', '<', end))
        inventory = Domain('is_inventory', '=', True)
        return {
            'issues': self._read_value(base & Domain('repair_line_type', '=', 'add')),
            'purchases': self._read_value(
                base & Domain('location_id.usage', '=', 'supplier'),
                base & Domain('location_dest_id.usage', '=', 'supplier')),
            'scrap': self._read_value(base & Domain('scrap_id', '!=', False)),
            'differences': self._read_value(
                base & inventory & Domain('is_out', '=', True),
                base & inventory & Domain('is_in', '=', True))}

    def _read_value(self, domain, less=Domain.FALSE):
        """Return ``{category: value}`` of moves, less those of the second domain."""
        values = {}
        for sign, moves in (1, domain), (-1, less):
            for product, value in self.env['stock.move']._read_group(
                    moves, ['product_id'], ['value:sum']):
                category = product.categ_id
                values[category] = values.get(category, 0.0) + sign * value
        return values

    def _read_stock(self):
        """Return ``{category: value}`` of the stock of today."""
        return dict(self.env['aftersales.part.report']._read_group(
            self._get_products_domain() & Domain('fact', '=', 'stock'), ['categ_id'],
            ['stock_value:sum']))

    def _get_signers(self):
        """Return who signs the report."""
        return [self.env._("Made by"), self.env._("Checked by"), self.env._("Approved by")]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Part Cost Report %(start)s to %(end)s", start=self.date_from, end=self.date_to)
