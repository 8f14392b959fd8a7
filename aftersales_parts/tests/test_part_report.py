from ast import literal_eval

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestPartReport(RequestCommon):
    """The figures of two boards, with numbers worked out by hand; a board costs 150."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parts = cls.board | cls.old_board
        cls.month = fields.Date.today().replace(day=1)

    def _read(self, *aggregates, groupby=(), domain=(), user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env['aftersales.part.report'].with_user(user or self.planner)._read_group(
            [('product_id', 'in', self.parts.ids), *domain], groupby, aggregates)

    def _demand(self, product, months, quantity, lines, at_once, **values):
        self.env['aftersales.part.demand'].create({
            'month': self.month - relativedelta(months=months), 'asked_product_id': product.id,
            'asked_quantity': quantity, 'line_count': lines, 'at_once_count': at_once, **values})

    def _classify(self, product, fsn, abc='C'):
        self.env['aftersales.part.class'].create({
            'product_id': product.id, 'company_id': self.env.company.id, 'fsn': fsn, 'abc': abc,
            'date_from': '2026-01-01'})

    def test_empty_pages_show_no_shares_by_chance(self):
        """Sample data has any number for a share, such as 82688 %."""
        for view in self.env['ir.ui.view'].search([
                ('type', 'in', ('list', 'pivot', 'graph')), ('arch_db', 'ilike', 'sample="1"'),
                ('model_data_id.module', '=', 'aftersales_parts')]):
            arch = etree.fromstring(view.arch)
            with self.subTest(view.name):
                self.assertFalse(arch.xpath("//field[@widget='share' or @widget='percentage']"))

    def test_fill_rate_weighs_busy_months_more(self):
        self._demand(self.board, 1, 100, 90, 90)
        self._demand(self.board, 2, 20, 10, 0)
        [[lines, rate]] = self._read('line_count:sum', 'fill_rate:avg')
        self.assertEqual((lines, rate), (100, 0.9))
        self.assertEqual(self._read('fill_rate:avg', domain=[('fact', '=', 'stock')]), [(False,)])

    def test_turns_are_of_twelve_full_months_by_the_stock_of_today(self):
        """Two boards of 300 in stock; of 1, 5 and 7 used, the running month does not count."""
        for months, quantity in (0, 1), (1, 5), (12, 7), (13, 100):
            self._demand(self.board, months, quantity, 1, 1)
        [[usage, year, stock, turns]] = self._read(
            'usage_value:sum', 'year_value:sum', 'stock_value:sum', 'turns:avg')
        self.assertEqual((usage, year, stock, turns), (113 * 150, 1800, 300, 6.0))

    def test_emergency_share_counts_lines_that_were_sent(self):
        self._request(urgency='urgent', quantity=2)
        self._request(product=self.old_board)
        self._request(product=self.board, urgency='urgent').action_cancel()
        self.env['aftersales.part.request'].with_user(self.technician).create({
            'order_id': self.order.id, 'line_ids': [(0, 0, {'product_id': self.board.id})]})
        self.assertEqual(
            self._read('request_count:sum', 'urgent_count:sum', 'emergency_share:avg',
                       'urgent_value:sum', groupby=['technician_id'],
                       domain=[('fact', '=', 'request')]),
            [(self.technician, 2, 1, 0.5, 300)])

    def test_first_visit_fix_by_part(self):
        orders = self.order | self._create_order() | self._create_order()
        self._stock(self.board, 5)
        for order in orders:
            self.env['stock.move'].create({
                'aftersales_order_id': order.id, 'product_id': self.board.id,
                'product_uom_qty': 1, 'location_id': self.stock_location.id})
        self.env['aftersales.visit'].create([
            {'order_ids': [(6, 0, order.ids)], 'technician_id': self.technician.id,
             'date_start': f'2026-06-0{day} 08:00:00', 'date_stop': f'2026-06-0{day} 09:00:00'}
            for order, day in ((orders[0], 1), (orders[0], 2), (orders[1], 3))
        ]).sudo().state = 'done'
        orders.sudo()._finish_repairs()
        self.assertEqual(
            self._read('__count', 'first_visit:avg', groupby=['product_id'],
                       domain=[('fact', '=', 'visit')]),
            [(self.board, 2, 0.5)])

    def test_dead_and_slow_stock_by_class(self):
        self._stock(self.old_board, 6)
        self.assertEqual(self._read('dead_value:sum', 'dead_share:avg'), [(0, 0)])
        self._classify(self.board, 'S')
        self._classify(self.old_board, 'N')
        self.assertEqual(
            self._read('slow_value:sum', 'dead_value:sum', 'dead_share:avg'),
            [(300, 900, 0.75)])

    def test_excess_is_above_the_proposed_maximum_else_the_rule(self):
        point = self.env['stock.warehouse.orderpoint'].create({
            'product_id': self.old_board.id, 'location_id': self.stock_location.id,
            'product_min_qty': 1, 'product_max_qty': 8})
        self.assertEqual(self._read('out_count:sum', 'excess_value:sum'), [(1, 0)])
        # a shelf of the stock counts for the rule of the stock
        shelf = self.env['stock.location'].create(
            {'name': "Shelf 1", 'location_id': self.stock_location.id})
        self._stock(self.old_board, 10, shelf)
        self.assertEqual(self._read('out_count:sum', 'excess_value:sum'), [(0, 300)])
        self.env['aftersales.part.suggestion'].create({
            'orderpoint_id': point.id, 'company_id': point.company_id.id,
            'currency_id': point.company_id.currency_id.id, 'product_id': self.old_board.id,
            'location_id': point.location_id.id, 'proposed_max': 4})
        self.assertEqual(self._read('excess_value:sum'), [(900,)])

    def test_van_value_per_person_counts_its_bags(self):
        bag = self.env['stock.location'].create({'name': "Bag", 'location_id': self.van.id})
        self._stock(self.board, 1, self.van)
        self._stock(self.board, 3, bag)
        self.assertEqual(
            self._read('stock_value:sum', groupby=['technician_id', 'location_id'],
                       domain=[('level', '=', 'van')]),
            [(self.technician, self.van, 600)])
        self.assertEqual(
            dict(self._read('stock_value:sum', groupby=['level'])), {'centre': 300, 'van': 600})

    def test_what_is_no_spare_part_is_left_out(self):
        self._demand(self.board, 1, 5, 5, 5)
        self.board.is_spare_part = False
        self.assertEqual(self._read('__count'), [(0,)])

    def test_other_companies_are_not_seen(self):
        other = self.env['res.company'].create({'name': "Other Company"})
        self._demand(self.board, 1, 5, 4, 4, company_id=other.id)
        self.assertEqual(self._read('line_count:sum'), [(False,)])
        self.planner.company_ids |= other
        report = self.env['aftersales.part.report'].with_user(self.planner).with_context(
            allowed_company_ids=[self.env.company.id, other.id])
        [[lines]] = report._read_group(
            [('product_id', '=', self.board.id)], [], ['line_count:sum'])
        self.assertEqual(lines, 4)

    def test_only_planners_read_values(self):
        for user in self.storekeeper, self.technician, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._read('stock_value:sum', user=user)

    @users('planner')
    def test_favourites_can_be_read(self):
        report = self.env['aftersales.part.report']
        action = self.env.ref('aftersales_parts.aftersales_part_report_action')
        favourites = self.env['ir.filters'].search([('action_id', '=', action.id)])
        self.assertEqual(len(favourites), 6)
        for favourite in favourites.sudo():
            with self.subTest(name=favourite.name):
                context = literal_eval(favourite.context)
                report.formatted_read_group(
                    favourite._get_eval_domain(), context['group_by'], [
                        name if name == '__count'
                        else f'{name}:{report._fields[name].aggregator}'
                        for name in context['pivot_measures']])
