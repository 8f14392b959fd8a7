from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestPartDemand(PartsCommon):
    """The demand of March and April 2026, counted in May."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.aftersales_demand_month = '2026-02-01'
        cls.demand = cls.env['aftersales.part.demand']

    def _use(self, product, day, quantity=1, wait=False, **values):
        """Use parts on an order that is done on ``day``, after a wait for a part or without."""
        with freeze_time(f'{day} 12:00:00'):
            order = self._create_order(**values)
            self.env['stock.move'].create({
                'aftersales_order_id': order.id, 'product_id': product.id,
                'product_uom_qty': quantity})
            if wait:
                self.env['aftersales.clock.pause'].create({
                    'res_model': order._name, 'res_id': order.id, 'company_id': self.company.id,
                    'date_stop': f'{day} 12:00:00', 'date_start': f'{day} 08:00:00',
                    'reason_id': self.env['aftersales.pause.reason'].create({
                        'name': "Part missing", 'is_part_wait': True}).id})
            order.sudo()._finish_repairs()
        return order

    def _count(self, day='2026-05-10'):
        self.env.flush_all()
        with freeze_time(f'{day} 12:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_parts.ir_cron_part_demand').method_direct_trigger()
        self.env.invalidate_all()

    def _rows(self, *products):
        return self.demand.search(
            [('asked_product_id', 'in', [product.id for product in products])], order='month, id')

    # === COUNT === #

    def test_done_parts_are_counted_by_month_place_and_machine(self):
        self._use(self.capacitor, '2026-03-05', 2, product_id=self.conditioner.id)
        self._use(self.capacitor, '2026-03-20', 3, product_id=self.conditioner.id)
        self._use(self.capacitor, '2026-04-02', 1)
        self._count()
        self.assertRecordValues(self._rows(self.capacitor), [
            {'month': date(2026, 3, 1), 'quantity': 5, 'line_count': 2, 'at_once_count': 2,
             'machine_id': self.conditioner.product_tmpl_id.id, 'source': 'repair',
             'location_id': self.stock_location.id, 'product_id': self.capacitor.id},
            {'month': date(2026, 4, 1), 'quantity': 1, 'line_count': 1, 'at_once_count': 1,
             'machine_id': False, 'source': 'repair', 'location_id': self.stock_location.id,
             'product_id': self.capacitor.id}])
        self.assertEqual(self.company.aftersales_demand_month, date(2026, 4, 1))

    def test_counting_again_changes_nothing(self):
        self._use(self.capacitor, '2026-03-05', 2)
        self._count()
        before = self._rows(self.capacitor).read(['month', 'quantity', 'line_count'])
        self._count()
        self.assertEqual(self._rows(self.capacitor).read(
            ['month', 'quantity', 'line_count']), before)
        self.demand.with_user(self.planner).action_count_again()
        self._count()
        self.assertEqual(self._rows(self.capacitor).mapped('quantity'), [2])

    def test_the_running_month_grows(self):
        self._use(self.capacitor, '2026-05-05', 2)
        self._count()
        self._use(self.capacitor, '2026-05-11', 4)
        self._count('2026-05-12')
        self.assertEqual(self._rows(self.capacitor).mapped('quantity'), [6])
        self.assertEqual(self.company.aftersales_demand_month, date(2026, 4, 1))

    def test_parts_that_were_waited_for_are_not_filled_at_once(self):
        self._use(self.capacitor, '2026-03-05')
        self._use(self.capacitor, '2026-03-06', wait=True)
        self._count()
        rows = self._rows(self.capacitor)
        self.assertEqual((sum(rows.mapped('line_count')), sum(rows.mapped('at_once_count'))),
                         (2, 1))
        self.assertEqual(rows.fill_rate, 0.5)

    def test_month_is_that_of_the_company(self):
        """23:30 on 31 March in Greenwich is April in Shanghai."""
        self.company.resource_calendar_id.tz = 'Asia/Shanghai'
        with freeze_time('2026-03-31 23:30:00'):
            order = self._create_order()
            self.env['stock.move'].create({
                'aftersales_order_id': order.id, 'product_id': self.capacitor.id})
            order.sudo()._finish_repairs()
        self._count()
        self.assertEqual(self._rows(self.capacitor).month, date(2026, 4, 1))

    def test_a_count_that_was_stopped_goes_on(self):
        for day in '2026-03-05', '2026-04-05', '2026-05-05':
            self._use(self.capacitor, day)
        calls = []
        self.patch(type(self.env['ir.cron']), '_commit_progress',
                   lambda cron, done=0, remaining=0: calls.append(done) or len(calls) < 2)
        with freeze_time('2026-05-10 12:00:00'):
            self.demand._cron_count()  # out of time after the first month
            self.assertEqual(self.company.aftersales_demand_month, date(2026, 3, 1))
            self.assertEqual(len(self._rows(self.capacitor)), 1)
            self.patch(type(self.env['ir.cron']), '_commit_progress',
                       lambda cron, done=0, remaining=0: True)
            self.demand._cron_count()
        self.assertEqual(self._rows(self.capacitor).mapped('quantity'), [1, 1, 1])

    def test_queries_do_not_grow_with_the_parts(self):
        parts = self._create_parts(*(f"Part {number}" for number in range(12)))
        for product in parts:
            self._stock(product, 5)
        for product in parts[:2]:
            self._use(product, '2026-03-05')
        for product in parts[2:]:
            self._use(product, '2026-04-05')
        with freeze_time('2026-05-10 12:00:00'):
            few = self._count_queries(
                lambda: self.demand._count_month(self.company, date(2026, 3, 1)))
            many = self._count_queries(
                lambda: self.demand._count_month(self.company, date(2026, 4, 1)))
        self.assertLessEqual(many, few + 1)

    # === OLD NUMBERS === #

    def test_demand_for_an_old_number_counts_for_its_successor(self):
        self._stock(self.old_board, 5)
        self._use(self.old_board, '2026-03-05', 2)
        imported = self.demand.create({
            'month': '2025-06-15', 'asked_product_id': self.old_board.id, 'asked_quantity': 3})
        self._count()
        self.assertEqual(self._rows(self.old_board).product_id, self.old_board)
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.old_board.id, 'product_id': self.board.id, 'quantity': 2,
            'date': '2026-01-01'})
        self._count('2026-05-11')
        self.assertRecordValues(self._rows(self.old_board), [
            {'product_id': self.board.id, 'asked_quantity': 3, 'quantity': 6},
            {'product_id': self.board.id, 'asked_quantity': 2, 'quantity': 4}])
        self.assertEqual(imported.product_id, self.board)

    def test_demand_for_a_kit_counts_for_each_of_its_parts(self):
        self._stock(self.old_board, 5)
        self.env['aftersales.part.supersession'].create([
            {'old_product_id': self.old_board.id, 'product_id': product.id, 'kind': 'kit',
             'quantity': quantity, 'date': '2026-01-01'}
            for product, quantity in ((self.board, 1), (self.capacitor, 2))])
        self._use(self.old_board, '2026-03-05', 2)
        self._count()
        self.assertEqual(
            {row.product_id: row.quantity for row in self._rows(self.old_board)},
            {self.board: 2, self.capacitor: 4})

    # === IMPORT AND RIGHTS === #

    @users('planner')
    def test_planner_imports_an_earlier_history(self):
        result = self.env['aftersales.part.demand'].load(
            ['month', 'asked_product_id/.id', 'asked_quantity', 'line_count'],
            [['2025-06-17', str(self.capacitor.id), '300', '280'],
             ['2025-07-01', str(self.capacitor.id), '310', '290']])
        self.assertFalse(result['messages'])
        self.assertRecordValues(self._rows(self.capacitor), [
            {'month': date(2025, 6, 1), 'quantity': 300, 'source': 'import',
             'product_id': self.capacitor.id,
             'warehouse_id': self.stock_location.warehouse_id.id},
            {'month': date(2025, 7, 1), 'quantity': 310, 'source': 'import',
             'product_id': self.capacitor.id,
             'warehouse_id': self.stock_location.warehouse_id.id}])

    @users('planner')
    def test_sheet_of_the_import_is_offered(self):
        demand = self.env['aftersales.part.demand']
        self.assertIn('aftersales.part.demand.xlsx', str(demand.get_import_templates()))
        self.assertEqual(demand._get_import_sheet()[:2], b'PK')

    def test_negative_demand_is_refused(self):
        vals = {'month': '2025-06-01', 'asked_product_id': self.capacitor.id}
        for wrong in {'asked_quantity': -1}, {'asked_quantity': 1, 'line_count': -1}:
            with self.subTest(wrong=wrong), mute_logger('odoo.sql_db'), \
                    self.assertRaises(CheckViolation), self.cr.savepoint():
                self.demand.with_user(self.planner).create({**vals, **wrong})

    def test_demand_that_nobody_can_know_is_refused(self):
        demand = self.demand.with_user(self.planner)
        vals = {'asked_product_id': self.capacitor.id, 'asked_quantity': 1}
        with freeze_time('2026-05-20'):
            demand.create({**vals, 'month': '2026-05-01'})
            with self.assertRaisesRegex(UserError, "is not known yet"):
                demand.create({**vals, 'month': '2026-06-01'})
        for wrong in 1e308, -1e308, float('inf'):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, "pieces a month"):
                demand.create({**vals, 'month': '2025-06-01', 'asked_quantity': wrong})

    def test_a_row_is_not_imported_twice(self):
        vals = {'month': '2025-06-01', 'asked_product_id': self.capacitor.id, 'asked_quantity': 3}
        self.demand.create(vals)
        with mute_logger('odoo.sql_db'), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.demand.create({**vals, 'month': '2025-06-30'})

    def test_counted_rows_stay_as_they_are(self):
        self._use(self.capacitor, '2026-03-05')
        self._count()
        row = self._rows(self.capacitor).with_user(self.planner)
        with self.assertRaisesRegex(UserError, "counted from repairs"):
            row.asked_quantity = 100
        with self.assertRaisesRegex(UserError, "counted from repairs"):
            row.unlink()
        with self.assertRaises(AccessError):
            row.create({'month': '2025-06-01', 'asked_product_id': self.capacitor.id,
                        'asked_quantity': 1, 'source': 'repair'})

    def test_only_planners_write(self):
        row = self.demand.create({
            'month': '2025-06-01', 'asked_product_id': self.capacitor.id, 'asked_quantity': 3})
        self.assertEqual(row.with_user(self.storekeeper).quantity, 3)
        for user in self.storekeeper, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                row.with_user(user).asked_quantity = 4
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.demand.with_user(user).action_count()
        with self.assertRaises(AccessError):
            row.with_user(self.agent).read(['quantity'])
        row.with_user(self.planner).asked_quantity = 4
        self.assertEqual(row.quantity, 4)
