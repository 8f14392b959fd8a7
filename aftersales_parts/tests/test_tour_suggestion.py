from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import PartsCommon

SEASON = [300, 300, 300, 20, 20, 20, 20, 20, 20, 20, 20, 20]


@tagged('post_install', '-at_install')
class TestTourSuggestion(HttpCase, PartsCommon):
    """A planner decides on two suggestions by clicks."""

    def test_one_is_applied_and_the_other_refused(self):
        month = fields.Date.today().replace(day=1)
        last = month - relativedelta(months=1)
        self.env.company.aftersales_demand_month = last
        policy = self.env['aftersales.part.policy']._get_policy(self.env.company)
        policy.write({'ordering_cost': 0, 'review_days': 30})
        parts = self._create_parts("Tour Season", "Tour Steady")
        # the quiet months begin with this one: the last three full ones were the season
        quiet = SEASON[3:] + SEASON[:3]
        self.env['aftersales.part.demand'].create([
            {'month': last - relativedelta(months=35 - place), 'asked_product_id': part.id,
             'asked_quantity': quantity}
            for part, year in zip(parts, (quiet, [10] * 12), strict=True)
            for place, quantity in enumerate(year * 3)])
        vendor = self.env['res.partner'].create({'name': "Vendor"})
        buy = self.env['stock.rule'].search(
            [('action', '=', 'buy'), ('location_dest_id', '=', self.stock_location.id)], limit=1)
        parts.write({'route_ids': [(4, buy.route_id.id)]})
        for part in parts:
            part.seller_ids = [(0, 0, {'partner_id': vendor.id, 'delay': 30})]
        points = self.env['stock.warehouse.orderpoint'].create([
            {'product_id': part.id, 'location_id': self.stock_location.id, 'product_min_qty': 5,
             'product_max_qty': 10} for part in parts])
        self.env['aftersales.part.suggestion'].search([]).unlink()
        self.env['aftersales.part.suggestion']._suggest(self.env.company, points)
        self.start_tour('/odoo/stock-suggestions', 'aftersales_part_suggestions', login='planner')
        self.assertEqual(points.mapped('product_min_qty'), [50, 5])
        self.assertEqual(
            points.aftersales_suggestion_ids.mapped('refusal'), [False, "The campaign ends"])
