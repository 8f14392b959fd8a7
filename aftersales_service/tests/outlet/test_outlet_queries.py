from odoo.tests import tagged

from .common import OutletCommon

DAY = '2026-06-02 09:00:00'


@tagged('post_install', '-at_install')
class TestOutletQueries(OutletCommon):
    """Numbers of SQL queries: with tracking on, as the role, for 10 and for 50 orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.outlet.capacity'].create(
            {'outlet_id': cls.south.id, 'orders_per_day': 1000})
        # a tie, so that the load is counted as well
        cls.south.area_ids.priority = cls.north.area_ids.priority
        cls.sites = cls.env['res.partner'].create([
            {'name': f"Site {number}", 'country_id': cls.country.id,
             'state_id': cls.california.id} for number in range(60)])

    def _create_orders(self, first, count):
        orders = self.env['aftersales.order'].with_user(self.dispatcher).create([
            {'partner_id': site.id} for site in self.sites[first:first + count]])
        self.env.flush_all()
        self.env.cr.precommit.run()
        return orders

    def _dispatch(self, orders, **values):
        self.env['aftersales.dispatch'].with_user(self.dispatcher).create(
            {'order_ids': [(6, 0, orders.ids)], **values}).action_dispatch()

    def _compare(self, action):
        """Return the queries of ``action`` for one more order, after a warm-up."""
        self._count_queries(lambda: action(self._create_orders(0, 1)))
        few = self._create_orders(0, 10)
        many = self._create_orders(10, 50)
        few_queries = self._count_queries(lambda: action(few))
        many_queries = self._count_queries(lambda: action(many))
        return (many_queries - few_queries) / 40

    def test_outlets_of_a_batch_cost_no_query_an_order(self):
        self._create_orders(0, 1)
        few = self._count_queries(lambda: self._create_orders(0, 10))
        many = self._count_queries(lambda: self._create_orders(10, 50))
        self.assertLessEqual((many - few) / 40, 2.0)

    def test_offering_a_batch_costs_no_query_an_order(self):
        self.assertLessEqual(
            self._compare(lambda orders: orders.action_offer_to_outlet()), 0.1)

    def test_bulk_dispatch_costs_no_query_an_order(self):
        self.assertLessEqual(self._compare(lambda orders: self._dispatch(
            orders, outlet_id=self.south.id, date_planned=DAY, technician_choice='load',
            is_moved_on=False)), 0.1)

    def test_bulk_dispatch_with_stage_costs_only_the_tracking(self):
        def dispatch(orders):
            orders.action_next()
            self._dispatch(orders, date_planned=DAY, technician_choice='load')

        self.assertLessEqual(self._compare(dispatch), 6.0)

    def test_passing_on_costs_no_query_an_order(self):
        def expire(orders):
            orders.action_offer_to_outlet()
            orders.sudo().offer_id._expire()

        self.assertLessEqual(self._compare(expire), 0.2)
