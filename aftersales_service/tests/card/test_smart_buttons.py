from odoo.fields import Command
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestSmartButtons(AftersalesCommon):
    """What partner, product, lot and sale order count and open, as the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref('sales_team.group_sale_manager')
        cls.lots = cls.env['stock.lot'].create([
            {'name': f'SB-{number}', 'product_id': cls.conditioner.id} for number in range(3)])
        cls.one, cls.two, cls.none = cls.env['sale.order'].create([
            {'partner_id': cls.customer.id, 'order_line': [
                Command.create({'product_id': cls.conditioner.id})]} for __ in range(3)])
        cls.card = cls._create_sold_card(cls.one, cls.lots[0])
        cls._create_sold_card(cls.two, cls.lots[1])
        cls._create_sold_card(cls.two, cls.lots[2])
        cls.orders = cls.env['aftersales.order'].create([
            {'warranty_id': cls.card.id, 'type_id': cls.type_carry_in.id,
             'user_id': cls.agent.id} for __ in range(2)])

    @classmethod
    def _create_sold_card(cls, sale, lot):
        return cls._create_card(
            serial=lot.name, lot_id=lot.id, sale_line_id=sale.order_line.id)

    @users('manager')
    def test_counts_of_each_record(self):
        for records, expected in (
                (self.one | self.two | self.none, [(1, 2), (2, 0), (0, 0)]),
                (self.lots, [(1, 2), (1, 0), (1, 0)]),
                (self.conditioner | self.capacitor, [(3, 2), (0, 0)]),
                ((self.conditioner | self.capacitor).product_tmpl_id, [(3, 2), (0, 0)]),
                (self.customer, [(3, 2)])):
            with self.subTest(model=records._name):
                self.assertEqual(
                    [(record.warranty_count, record.aftersales_order_count)
                     for record in records.with_env(self.env)], expected)

    @users('agent')
    def test_counts_cost_the_same_for_many(self):
        for records in (self.lots, self.conditioner | self.capacitor, self.customer):
            records = records.with_env(self.env)
            with self.subTest(model=records._name):
                self._count_queries(records)  # fills the caches of rights
                self.assertEqual(
                    self._count_queries(records[:1]), self._count_queries(records))

    def _count_queries(self, records):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.mapped('warranty_count')
        records.mapped('aftersales_order_count')
        return self.env.cr.sql_log_count - before

    @users('manager')
    def test_one_card_opens_itself_and_several_a_list(self):
        for record in (self.one, self.lots[0]):
            action = record.with_env(self.env).action_view_warranties()
            self.assertEqual(
                (action['res_id'], action['views']), (self.card.id, [(False, 'form')]))
        for record in (self.two, self.conditioner, self.conditioner.product_tmpl_id,
                       self.customer):
            action = record.with_env(self.env).action_view_warranties()
            self.assertFalse(action.get('res_id'))
            self.assertEqual(action['views'][0][1], 'list')

    @users('agent')
    def test_buttons_open_the_orders_they_count(self):
        for record in (self.lots[0], self.conditioner, self.conditioner.product_tmpl_id,
                       self.customer):
            with self.subTest(model=record._name):
                action = record.with_env(self.env).action_view_aftersales_orders()
                self.assertEqual(
                    self.env['aftersales.order'].search(action['domain']), self.orders)

    @users('manager')
    def test_sale_order_opens_the_service_of_what_it_sold(self):
        action = self.one.with_env(self.env).action_view_aftersales_orders()
        self.assertEqual(self.env['aftersales.order'].search(action['domain']), self.orders)

    @users('agent')
    def test_calendar_tells_customer_and_product(self):
        order = self.orders[0].with_env(self.env)
        self.assertEqual(order.calendar_label, f"Li Na · Air Conditioner · {order.name}")
        view = self.env['aftersales.order'].get_view(view_type='calendar')
        self.assertIn('create_name_field="calendar_label"', view['arch'])
