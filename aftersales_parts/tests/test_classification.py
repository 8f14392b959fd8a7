from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import PartsCommon

# typed from domain 3.2: A monthly, B quarterly, C half-yearly
RHYTHM = {'A': 1, 'B': 3, 'C': 6}


@tagged('post_install', '-at_install')
@freeze_time('2026-06-10 08:00:00')
class TestClassification(PartsCommon):
    """Three parts: value 9,600 / 1,800 / 600 in the year up to May 2026, and one without use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['product.product'].search([('is_spare_part', '=', True)]).is_spare_part = False
        cls.a_part, cls.b_part, cls.c_part, cls.dead_part = cls.parts = cls._create_parts(
            'pa', 'pb', 'pc', 'pd', standard_price=10.0)
        cls.env.cr.execute(
            "UPDATE product_template SET create_date = '2020-01-01' WHERE id IN %s",
            (tuple(cls.parts.product_tmpl_id.ids),))
        cls.env.invalidate_all()
        # even demand of a; b in every third month; c once
        cls._use(cls.a_part, dict.fromkeys(range(1, 13), 80))
        cls._use(cls.b_part, dict.fromkeys((1, 4, 7, 10), 45))
        cls._use(cls.c_part, {2: 60})
        cls._use(cls.dead_part, {30: 900})

    @classmethod
    def _use(cls, part, quantities):
        """Note the demand of a part, by how many months before June 2026 it was."""
        cls.env['aftersales.part.demand'].create([{
            'asked_product_id': part.id, 'asked_quantity': quantity, 'line_count': 1,
            'month': date(2026 - (ago > 5) - (ago > 17) - (ago > 29), (5 - ago) % 12 + 1, 1),
        } for ago, quantity in quantities.items()])

    def _run(self, day='2026-06-10'):
        with freeze_time(f'{day} 08:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_parts.ir_cron_parts_classify').sudo().method_direct_trigger()
        self.env.invalidate_all()
        return self._get_rows()

    def _get_rows(self):
        rows = self.env['aftersales.part.class'].search(
            [('date_to', '=', False), ('product_id', 'in', self.parts.ids)])
        return rows.sorted(lambda row: self.parts.ids.index(row.product_id.id))

    # === ONE RUN === #

    def test_classes_equal_a_computation_by_hand(self):
        rows = self._run()
        # shares 80 / 95 / 100 %; 36 months with demand in the last 12: CV by hand
        self.assertRecordValues(rows, [
            {'abc': 'A', 'xyz': 'X', 'fsn': 'F', 'value': 9600.0, 'share': 80.0,
             'service_level': 99.0},
            {'abc': 'B', 'xyz': 'Z', 'fsn': 'F', 'value': 1800.0, 'share': 95.0,
             'service_level': 90.0},
            {'abc': 'C', 'xyz': 'Z', 'fsn': 'F', 'value': 600.0, 'share': 100.0,
             'service_level': 90.0},
            {'abc': 'C', 'xyz': 'Z', 'fsn': 'N', 'value': 0.0, 'share': 100.0,
             'service_level': 0.0}])

    def test_supply_and_price_classes(self):
        self.a_part.standard_price = 1000.0
        self.env['product.supplierinfo'].create({
            'partner_id': self.customer.id, 'delay': 100,
            'product_tmpl_id': self.a_part.product_tmpl_id.id})
        self.assertRecordValues(self._run()[:2], [
            {'hml': 'H', 'sde': 'S'}, {'hml': 'L', 'sde': 'S'}])

    def test_vital_part_has_the_level_of_vital_parts_at_once(self):
        rows = self._run()
        self.c_part.product_tmpl_id.with_user(self.planner).criticality = 'vital'
        self.assertRecordValues(rows[2], [{'ved': 'vital', 'service_level': 99.0}])
        self.dead_part.product_tmpl_id.criticality = 'vital'
        self.assertEqual(rows[3].service_level, 0.0)

    def test_young_part_is_not_dead(self):
        self.dead_part.product_tmpl_id.part_phase = 'introduction'
        self.assertEqual(self._run()[3].fsn, 'S')

    def test_superseded_demand_counts_for_the_current_part(self):
        old, = self._create_parts('pold')
        self.env['aftersales.part.supersession'].create({
            'old_product_id': old.id, 'product_id': self.c_part.id, 'date': '2020-01-01'})
        self._use(old, {3: 60})
        self.assertEqual(self._run()[2].value, 1200.0)

    # === RUNS IN A ROW === #

    def _make_b_most_valuable(self):
        self.env['aftersales.part.demand'].search([('product_id', '=', self.b_part.id)]).unlink()
        self._use(self.b_part, {1: 9000})

    def test_class_changes_after_two_runs_and_keeps_its_history(self):
        self._run()
        self._make_b_most_valuable()
        row = self._run('2026-07-05')[1]
        self.assertRecordValues(row, [{
            'abc': 'B', 'abc_candidate': 'A', 'abc_runs': 1, 'date_from': date(2026, 6, 10)}])
        after = self._run('2026-10-05')[1]
        self.assertRecordValues(after, [{
            'abc': 'A', 'abc_candidate': False, 'abc_runs': 0, 'date_from': date(2026, 10, 5)}])
        self.assertEqual(row.date_to, date(2026, 10, 5))

    def test_clicks_on_successive_days_are_one_run(self):
        self._run()
        self._make_b_most_valuable()
        for day in ('2026-07-05', '2026-07-06', '2026-07-31'):
            with freeze_time(f'{day} 08:00:00'):
                self.env['aftersales.part.class'].with_user(self.planner).action_classify()
            self.assertRecordValues(self._get_rows()[1], [{
                'abc': 'B', 'abc_candidate': 'A', 'abc_runs': 1}])
        with freeze_time('2026-08-01 08:00:00'):
            self.env['aftersales.part.class'].with_user(self.planner).action_classify()
        self.assertEqual(self._get_rows()[1].abc, 'A')

    def test_one_run_a_quarter(self):
        self._run()
        self._make_b_most_valuable()
        self.assertFalse(self._run('2026-06-20')[1].abc_candidate)
        self.assertTrue(self._run('2026-07-01')[1].abc_candidate)

    def test_run_that_was_killed_goes_on(self):
        runs = self.env['aftersales.part.class']._classify(
            self.env.company, date(2026, 6, 10), batch_size=2)
        next(runs)
        self.assertEqual(self._get_rows().product_id, self.a_part | self.b_part)
        self._get_rows().value = -1.0  # not touched again
        rows = self._run()
        self.assertEqual(rows.product_id, self.parts)
        self.assertEqual(rows.mapped('value'), [-1.0, -1.0, 600.0, 0.0])

    def test_batches_cost_queries_by_the_batch_only(self):
        self._run()
        classes = self.env['aftersales.part.class']
        few = self._count_queries(lambda: [*classes._classify(
            self.env.company, date(2026, 6, 11))])
        self._create_parts(*(f'more{number}' for number in range(40)))
        with freeze_time('2026-06-12 08:00:00'):
            many = self._count_queries(lambda: [*classes._classify(
                self.env.company, date(2026, 6, 12))])
        self.assertLessEqual(many, few + 6)

    @users('planner')
    def test_planner_classifies_at_once(self):
        self.env['aftersales.part.class'].action_classify()
        self.assertEqual(len(self._get_rows()), 4)

    @users('storekeeper', 'technician')
    def test_others_do_not(self):
        with self.assertRaisesRegex(AccessError, "planner"):
            self.env['aftersales.part.class'].action_classify()

    @users('planner')
    def test_planner_writes_no_class(self):
        rows = self._run().with_env(self.env)
        with self.assertRaises(AccessError):
            rows.abc = 'A'

    def test_other_company_has_classes_of_its_own(self):
        self._run()
        abroad = self.env['res.company'].create({'name': "Abroad"})
        rows = self.env['aftersales.part.class'].sudo().search([('company_id', '=', abroad.id)])
        self.assertFalse(rows)
        self._run('2026-06-11')
        rows = self.env['aftersales.part.class'].sudo().search([('company_id', '=', abroad.id)])
        self.assertEqual({*rows.mapped('abc')}, {'C'})
        with self.assertRaises(AccessError):
            rows.with_user(self.storekeeper).read(['abc'])

    # === POLICY === #

    def test_policy_of_its_day_and_company_counts(self):
        policies = self.env['aftersales.part.policy']
        shared = policies._get_policy(self.env.company)
        later = shared.copy({'date': '2026-06-10', 'company_id': self.env.company.id})
        self.assertEqual(policies._get_policy(self.env.company), later)
        self.assertEqual(policies._get_policy(self.env.company, date(2026, 6, 9)), shared)
        with self.assertRaisesRegex(UserError, "No part policy"):
            policies._get_policy(self.env.company, date(2019, 12, 31))

    @users('planner')
    def test_one_policy_for_all_companies_stays_valid(self):
        policy = self.env['aftersales.part.policy'].search([('company_id', '=', False)])
        for change in (lambda: policy.write({'active': False}), policy.unlink,
                       lambda: policy.write({'date': '2999-01-01'})):
            with self.assertRaisesRegex(ValidationError, "must be valid today"), (
                    self.cr.savepoint()):
                change()
        policy.copy({'date': '2026-01-01'})
        policy.active = False

    @mute_logger('odoo.sql_db')
    def test_level_of_a_hundred_and_cuts_out_of_order_are_refused(self):
        policy = self.env['aftersales.part.policy']._get_policy(self.env.company)
        for values in ({'level_ax': 100.0}, {'level_vital': 100.0}, {'level_cz': 0.0},
                       {'abc_a': 95.0, 'abc_b': 80.0}, {'abc_b': 100.0}, {'xyz_x': 1.5},
                       {'dead_months': 12}, {'price_high': 1.0}, {'count_months_a': 0}):
            with self.subTest(values), self.assertRaises(CheckViolation), self.cr.savepoint():
                policy.write(values)
                policy.flush_recordset()

    @users('storekeeper')
    def test_storekeeper_reads_the_policy_only(self):
        policy = self.env['aftersales.part.policy']._get_policy(self.env.company)
        with self.assertRaises(AccessError):
            policy.with_env(self.env).abc_a = 70.0

    # === COUNTS === #

    def _get_quant(self, part):
        return self.env['stock.quant'].search([
            ('product_id', '=', part.id), ('location_id', '=', self.stock_location.id)])

    def test_next_count_follows_the_class(self):
        for part in self.parts[:3]:
            self._stock(part, 5)
        self._run()
        for part, name in zip(self.parts, 'ABC', strict=False):
            with self.subTest(name):
                due = self._get_quant(part).inventory_date
                self.assertGreater(due, date(2026, 6, 10))
                self.assertLessEqual(due, date(2026, 6, 10) + timedelta(days=30 * RHYTHM[name]))

    @users('storekeeper')
    def test_rhythm_of_the_class_is_set_again_after_a_count(self):
        self._stock(self.b_part, 5)
        self._run()
        quant = self._get_quant(self.b_part).with_context(inventory_mode=True)
        quant.sudo().location_id.cyclic_inventory_frequency = 7  # core's, by location
        quant.inventory_quantity = 4
        quant.action_apply_inventory()
        self.assertRecordValues(quant, [{
            'quantity': 4.0, 'inventory_date': date(2026, 9, 10)}])

    def test_what_is_no_part_is_counted_as_core_does(self):
        self._stock(self.b_part, 5)
        self.b_part.is_spare_part = False
        self._run()
        quant = self._get_quant(self.b_part).with_context(inventory_mode=True)
        quant.location_id.cyclic_inventory_frequency = 7
        quant.inventory_quantity = 4
        quant.action_apply_inventory()
        self.assertEqual(quant.inventory_date, date(2026, 6, 17))
