"""Numbers of SQL queries behind the screens, with what the web client really asks for."""
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import AftersalesCommon

from bench.views import read_specifications


@tagged('post_install', '-at_install')
class TestQueryLimits(AftersalesCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.context = {'lang': 'en_US', 'tz': 'UTC'}  # as each request of the client says
        cls.orders = cls.env['aftersales.order'].with_user(cls.dispatcher).with_context(
            **cls.context)
        cls.screens = read_specifications(cls.orders.env, 'aftersales.order')

    def _count_queries(self, read):
        for _warm_up in range(2):  # fills what a running server has: rules and configuration
            self.env.invalidate_all()
            read()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        read()
        return self.env.cr.sql_log_count - before

    def _count_of_form(self, order, user):
        order = order.with_user(user).with_context(**self.context)
        screen = read_specifications(order.env, 'aftersales.order')['form']
        return self._count_queries(lambda: order.web_read(screen))

    def _create_orders(self, count):
        cards = self.env['aftersales.warranty'].create([
            {'product_id': self.conditioner.id, 'partner_id': self.customer.id,
             'serial': f'L-{number}', 'delivery_date': '2026-01-10'} for number in range(count)])
        orders = self.env['aftersales.order'].create([
            {'warranty_id': card.id, 'technician_id': self.technician.id} for card in cards])
        self.env.flush_all()
        return orders

    def test_a_list_costs_at_most_13_queries_whatever_its_length(self):
        def read_list():
            self.orders.web_search_read([], self.screens['list'], limit=80, count_limit=10001)

        self._create_orders(10)
        few = self._count_queries(read_list)
        self._create_orders(60)
        self.assertEqual(self._count_queries(read_list), few)
        self.assertLessEqual(few, 13)

    def test_a_list_of_promises_names_its_orders_at_once(self):
        clocks = self.env['aftersales.clock'].with_user(self.dispatcher).with_context(
            **self.context)
        screen = read_specifications(clocks.env, 'aftersales.clock')['list']
        self.assertIn('record_name', screen)

        def read_list():
            rows = clocks.web_search_read([], screen, limit=1000)['records']
            self.assertTrue(all(row['record_name'] for row in rows))

        self._create_orders(5)
        few = self._count_queries(read_list)
        self._create_orders(30)
        self.assertEqual(self._count_queries(read_list), few)

    def test_a_form_without_a_unit_costs_at_most_18_queries(self):
        order = self._create_order(product_id=self.capacitor.id)
        self.assertLessEqual(self._count_of_form(order, self.dispatcher), 18)

    def test_a_form_with_a_card_and_earlier_orders_costs_at_most_18_queries(self):
        order = self._create_orders(1)
        self._create_order(warranty_id=order.warranty_id.id)
        self.assertLessEqual(self._count_of_form(order, self.dispatcher), 18)

    def test_a_form_with_parts_costs_at_most_40_queries_whatever_their_number(self):
        order = self._create_orders(1)
        part = {'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
                'product_uom_qty': 1.0}
        self.env['stock.move'].create(part)
        few = self._count_of_form(order, self.technician)
        self.env['stock.move'].create([part] * 19)
        self.assertEqual(self._count_of_form(order, self.technician), few)
        self.assertLessEqual(few, 40)
