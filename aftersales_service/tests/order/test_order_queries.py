from functools import partial

from odoo.fields import Command
from odoo.tests import tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderQueries(AftersalesCommon):
    """Numbers of SQL queries: with tracking on, as the role, the same for 10 and for 50."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cards = cls.env['aftersales.warranty'].create([
            {'product_id': cls.conditioner.id, 'partner_id': cls.customer.id,
             'serial': f'Q-{number}', 'delivery_date': '2026-01-10'}
            for number in range(60)])

    def _prepare_orders_vals(self, first, count):
        return [{'serial': f'Q-{number}', 'description': "No cold", 'user_id': self.agent.id}
                for number in range(first, first + count)]

    def _create_orders(self, first, count):
        orders = self.env['aftersales.order'].with_user(self.agent).create(
            self._prepare_orders_vals(first, count))
        self.env.flush_all()
        self.env.cr.precommit.run()
        return orders

    def _warm_caches(self):
        """Fill what a running server has: rules, defaults and the like, per role."""
        order = self._create_orders(0, 1)
        self._count_queries(order.action_next)

    def test_database_knows_how_many_months_the_orders_have(self):
        self.env.cr.execute(
            "SELECT 1 FROM pg_statistic_ext WHERE stxname = 'aftersales_order_month_stat'")
        self.assertEqual(
            bool(self.env.cr.rowcount), self.env.cr.connection.server_version >= 140000)

    def test_one_worker_helps_to_count_unless_somebody_said_otherwise(self):
        def options():
            self.env.cr.execute(
                "SELECT reloptions FROM pg_class WHERE oid = 'aftersales_order'::regclass")
            return self.env.cr.fetchone()[0]
        self.assertIn('parallel_workers=1', options())
        self.env.cr.execute("ALTER TABLE aftersales_order SET (parallel_workers = 4)")
        self.env['aftersales.order'].init()
        self.assertIn('parallel_workers=4', options())

    def test_registering_a_batch_costs_no_query_an_order(self):
        self._warm_caches()
        ten = self._count_queries(lambda: self._create_orders(0, 10))
        fifty = self._count_queries(lambda: self._create_orders(10, 50))
        self.assertLessEqual((fifty - ten) / 40, 0.1)

    def test_registering_one_order_costs_at_most_18_queries(self):
        self._warm_caches()
        self.assertLessEqual(
            self._count_queries(lambda: self._create_orders(1, 1)), 18)

    def test_moving_a_batch_costs_at_most_three_queries_an_order(self):
        self._warm_caches()
        ten, fifty = self._create_orders(0, 10), self._create_orders(10, 50)
        few = self._count_queries(ten.action_next)
        many = self._count_queries(fifty.action_next)
        self.assertEqual(fifty.mapped('state'), ['assessed'] * 50)
        self.assertLessEqual((many - few) / 40, 3.0)

    def test_moving_one_order_costs_at_most_12_queries(self):
        self._warm_caches()
        order = self._create_orders(1, 1)
        self.assertLessEqual(self._count_queries(order.action_next), 12)

    def test_life_with_one_part_costs_at_most_228_queries(self):
        self._live(0)  # fills the caches of a running server
        self.assertLessEqual(17 + self._live(1), 228)

    def _live(self, number):
        """Return what an order costs from its registration to its end."""
        order = self._create_orders(number, 1)
        order.sudo().write({
            'technician_id': self.technician.id, 'date_planned': '2030-01-07 08:00:00'})
        total = sum(
            self._count_queries(partial(self._do, order, step)) for step in (
                'assessed', 'scheduled', 'dispatched', 'on_site', 'part', 'done', 'signed',
                'followed_up', 'closed'))
        self.assertEqual(order.state, 'closed')
        self.assertEqual(order.sudo().part_ids.state, 'done')
        return total

    def _do(self, order, step):
        order = order.with_user(self.technician)
        if step == 'part':
            order.part_ids = [Command.create(
                {'product_id': self.capacitor.id, 'product_uom_qty': 1})]
            return
        if step == 'done':
            order.checklist_ids.filtered('is_mandatory').result = 'ok'
            order.sudo().date_code_accepted = '2030-01-07 09:00:00'
        order.action_next()
