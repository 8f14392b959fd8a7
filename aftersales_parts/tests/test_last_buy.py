from freezegun import freeze_time

from odoo.tests import tagged, users

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestLastBuy(PartsCommon):
    """A board that its supplier stops making: it is kept for three more years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_demand_month = '2026-04-01'
        cls.board.write({'part_phase': 'last_buy', 'keep_until': '2029-05-01'})
        cls.board.product_tmpl_id.criticality = 'desirable'  # 90 %: a last buy keeps 95

    @users('planner')
    @freeze_time('2026-05-01 12:00:00')
    def test_without_cards_the_demand_of_a_year_goes_on(self):
        self.env['aftersales.part.demand'].create([
            {'month': f'2026-{month:02}-01', 'asked_product_id': self.board.id,
             'asked_quantity': 5} for month in (1, 2, 3, 4)])
        self._stock(self.board, 8)
        self.assertAlmostEqual(self.board.last_buy_need, 60, delta=0.1)
        self.assertEqual(self.board.last_buy_stock, 8)
        self.assertEqual(self.board.last_buy_qty, 73 - 8)

    @freeze_time('2026-05-01 12:00:00')
    def test_units_in_use_fail_by_their_age(self):
        self.env['aftersales.part.fit'].create({
            'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.board.id})
        cards = [self._create_card(serial=f'LB-{number}', delivery_date='2024-03-01')
                 for number in range(20)]
        self._stock(self.board, 5)
        order = self._create_order(warranty_id=cards[0].id)
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.board.id, 'product_uom_qty': 2})
        order.sudo()._finish_repairs()
        board = self.board.with_user(self.planner)
        self.assertEqual(board.last_buy_units, 20)
        # 2 of 20 units in a year: 0.1 x 20 x 3 years
        self.assertAlmostEqual(board.last_buy_need, 6, delta=0.05)
        self.assertEqual(board.last_buy_stock, 3)
        self.assertEqual(board.last_buy_qty, 10 - 3)
