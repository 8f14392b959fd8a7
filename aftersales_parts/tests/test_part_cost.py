from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestPartCost(RequestCommon):
    """The cost of the boards in June 2026; a board costs 150, two are in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env['product.category'].create({'name': "Boards"})
        (cls.board | cls.old_board).categ_id = cls.category
        cls.plan_policy = cls.env['aftersales.part.policy']._get_policy(cls.env.company)
        cls.plan_policy.write({'holding_percent': 24.0, 'date': '2020-01-01'})

    def _sheet(self, user=None, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env['aftersales.part.cost'].with_user(user or self.planner).create({
            'date_from': '2026-06-01', 'date_to': '2026-06-30',
            'categ_ids': [(4, self.category.id)], **values})

    def _move(self, day, source, target, quantity):
        """Let boards go from place to place on ``day``."""
        with freeze_time(f'{day} 04:00:00'):
            move = self.env['stock.move'].create({
                'product_id': self.board.id, 'product_uom_qty': quantity,
                'location_id': source.id, 'location_dest_id': target.id})
            move._action_confirm()
            move.write({'quantity': quantity, 'picked': True})
            move._action_done()
        return move

    def _buy(self, day, quantity):
        return self._move(
            day, self.env.ref('stock.stock_location_suppliers'), self.stock_location, quantity)

    def _get_row(self, sheet):
        [row] = sheet._get_rows()
        return {name: round(value, 2) if name != 'name' else value
                for name, value in row.items()}

    def test_costs_of_the_month(self):
        self._buy('2026-06-01', 10)
        self._buy('2026-07-01', 100)
        self._move('2026-06-30', self.stock_location,
                   self.env.ref('stock.stock_location_suppliers'), 1)
        with freeze_time('2026-06-10 04:00:00'):
            self._use(self.board, 3)
            self.order.part_ids.location_id = self.stock_location
            self.order.sudo()._finish_repairs()
            scrap = self.env['stock.scrap'].create({
                'product_id': self.board.id, 'scrap_qty': 2,
                'location_id': self.stock_location.id})
            scrap.do_scrap()
            quant = self.env['stock.quant'].search([
                ('product_id', '=', self.board.id),
                ('location_id', '=', self.stock_location.id)])
            quant.inventory_quantity = quant.quantity - 1
            quant.action_apply_inventory()
        row = self._get_row(self._sheet())
        self.assertEqual(
            {name: row[name] for name in ('name', 'issues', 'purchases', 'scrap', 'differences')},
            {'name': "Boards", 'issues': 450, 'purchases': 1350, 'scrap': 300,
             'differences': 150})
        # 2 + 10 + 100 - 1 - 3 - 2 - 1 boards; 2 % a month, of 30 days of 30.4375
        self.assertEqual((row['stock'], row['holding']), (15750, round(315 * 30 / 30.4375, 2)))

    def test_period_before_has_as_many_months(self):
        self._buy('2026-02-01', 4)
        self._buy('2026-03-31', 1)
        self._buy('2026-01-31', 1)
        sheet = self._sheet(date_from='2026-04-01', date_to='2026-05-31')
        __, before = sheet._get_totals(sheet._get_rows())
        self.assertEqual(before, {
            'issues': 0, 'purchases': 750, 'scrap': 0, 'differences': 0})
        self._buy('2026-05-04', 2)
        week = self._sheet(date_from='2026-05-11', date_to='2026-05-17')
        self.assertEqual(week._get_totals(week._get_rows())[1]['purchases'], 300)

    def test_urgent_lines_of_the_month(self):
        for day, urgency in ('2026-06-02', 'urgent'), ('2026-06-30', 'daily'), (
                '2026-07-02', 'urgent'):
            with freeze_time(f'{day} 04:00:00'):
                self._request(urgency=urgency, quantity=2)
        self.assertEqual(self._sheet()._get_emergency(), {
            'lines': 2, 'urgent': 1, 'share': 0.5, 'value': 300})

    def test_page_is_printed(self):
        self._buy('2026-06-01', 10)
        sheet = self._sheet()
        html, __ = self.env['ir.actions.report'].with_user(self.planner)._render_qweb_html(
            'aftersales_parts.action_report_part_cost', sheet.ids)
        for words in ("Monthly Cost Report of Spare Parts", "Boards", "1,500.00", "Checked by",
                      "24.0"):
            self.assertIn(words, html.decode())
        self.assertEqual(
            sheet.action_print()['report_name'], 'aftersales_parts.report_part_cost')

    def test_empty_period_and_no_requests_are_printed(self):
        html, __ = self.env['ir.actions.report'].with_user(self.planner)._render_qweb_html(
            'aftersales_parts.action_report_part_cost', self._sheet(
                categ_ids=[(6, 0, self.env['product.category'].create({'name': "New"}).ids)]).ids)
        self.assertIn("No spare parts were moved", html.decode())

    def test_pivot_shows_the_same_stock(self):
        action = self._sheet().action_view_pivot()
        rows = self.env[action['res_model']].with_user(self.planner).search(action['domain'])
        self.assertEqual(rows.product_id, self.board)

    @mute_logger('odoo.addons.base.models.ir_rule')
    def test_only_planners_make_it_and_read_their_own(self):
        sheet = self._sheet()
        for user in self.storekeeper, self.technician, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._sheet(user)
        colleague = self._create_colleague('planner_two', 'group_parts_planner', "Planner Pat")
        with self.assertRaises(AccessError):
            sheet.with_user(colleague).read(['date_from'])

    def test_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(UserError, "must not end before"):
            self._sheet(date_to='2026-05-31')
