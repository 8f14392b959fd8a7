from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tests.common import new_test_user

from .returns.common import ReturnsCommon

# the person who sells, delivers, invoices and serves in a small shop
SHOP_GROUPS = (
    'aftersales_service.group_aftersales_agent', 'sales_team.group_sale_salesman_all_leads',
    'stock.group_stock_user', 'stock.group_production_lot', 'account.group_account_invoice')


@tagged('post_install', '-at_install')
class TestTourThreeGuarantees(HttpCase, ReturnsCommon):
    """The shipped rules on goods decide what a customer may choose, day by day.

    A person sold, delivered and invoiced each unit some days ago, the one of day 5 by clicks;
    today they register the fault and carry out what the law gives.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = 'aftersales_service.aftersales_{}'.format
        policy = cls.env.ref(ref('warranty_policy_cn_air_conditioner'))
        (policy.base_id | policy).active = True
        cls.conditioner.warranty_policy_id = policy
        cls.compressor.aftersales_main_part_id = cls.env.ref(ref('main_part_compressor'))
        # names that nothing else in the database has: a tour chooses by what it reads
        cls.conditioner.name = "Tour Conditioner"
        cls.compressor.name = "Tour Compressor"
        cls.hour.name = "Tour Hour"
        for part in cls.conditioner, cls.hour, cls.compressor:
            part.taxes_id = False
        cls.shop = new_test_user(cls.env, 'tour_shop', ','.join(SHOP_GROUPS))

    def _stock(self, serial):
        lot = self.env['stock.lot'].create({'name': serial, 'product_id': self.conditioner.id})
        self.env['stock.quant']._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=lot)
        return lot

    def _click(self, name, sale):
        self.start_tour(
            f'/odoo/action-sale.action_orders/{sale.id}', f'aftersales_guarantee_{name}',
            login='tour_shop', timeout=180)

    def _sell_days_ago(self, days, is_by_clicks=False):
        """Sell, deliver and invoice a unit ``days`` days ago; return the sale."""
        with freeze_time(fields.Datetime.now() - timedelta(days=days)):
            sale = self._click_sale(days) if is_by_clicks else self._sell(serials=[f'TOUR-{days}'])
        sale.user_id = self.shop
        card = self._get_cards(sale)
        self.assertEqual((fields.Date.today() - card.invoice_date).days, days)
        self._stock('TOUR-NEW')  # the seller has another one of the model
        return sale

    def _click_sale(self, days):
        self._stock(f'TOUR-{days}')
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id, 'user_id': self.shop.id,
            'order_line': [Command.create({'product_id': self.conditioner.id})]})
        self._click('sale', sale)
        return sale

    def _repair_twice(self, sale):
        """Record two finished repairs of the unit, 60 and 50 days ago.

        Each within a morning: days that a repair lasts are not paid for.
        """
        morning = fields.Datetime.now().replace(hour=8)
        for days in 60, 50:
            moment = morning - timedelta(days=days)
            order = self._create_order(
                warranty_id=self._get_cards(sale).id, date_event=moment)
            order.sudo().write({'date_done': moment + timedelta(hours=3)})

    def _get_return(self, sale):
        return self.env['aftersales.return'].search(
            [('line_ids.warranty_id', '=', self._get_cards(sale)[:1].id)])

    def test_day_5_gives_the_money_back(self):
        sale = self._sell_days_ago(5, is_by_clicks=True)
        self._click('day_5', sale)
        self.assertRecordValues(self._get_return(sale).refund_id, [{
            'state': 'draft', 'amount_total': 3000.0,
            'reversed_entry_id': sale.invoice_ids.filtered(
                lambda move: move.move_type == 'out_invoice').id}])
        self.assertEqual(self._get_cards(sale).state, 'void')

    def test_day_12_gives_another_unit(self):
        sale = self._sell_days_ago(12)
        self._click('day_12', sale)
        exchange = self._get_return(sale).exchange_sale_order_id
        self.assertEqual(exchange.order_line.product_id, self.conditioner)
        self.assertRecordValues(exchange, [{'state': 'sale', 'amount_total': 0.0}])

    def test_day_40_gives_a_free_repair(self):
        sale = self._sell_days_ago(40)
        self._click('day_40', sale)
        order = self._get_cards(sale).order_ids
        self.assertRecordValues(order, [{'charge_kind': 'free'}])
        self.assertTrue(order.part_ids.is_aftersales_covered and order.labour_ids.is_covered)

    def test_third_repair_gives_another_unit(self):
        sale = self._sell_days_ago(100)
        self._repair_twice(sale)
        self._click('third_repair_exchange', sale)
        self.assertEqual(self._get_return(sale).exchange_sale_order_id.amount_total, 0.0)

    def test_third_repair_gives_the_money_less_depreciation(self):
        sale = self._sell_days_ago(100)
        self._repair_twice(sale)
        self._click('third_repair_refund', sale)
        # 100 days of 0.1 % of 3,000
        self.assertEqual(self._get_return(sale).refund_id.amount_total, 2700.0)

    def test_day_400_pays_nothing_for_a_covered_part_and_its_labour(self):
        sale = self._sell_days_ago(400)
        self._click('day_400', sale)
        order = self._get_cards(sale).order_ids
        self.assertEqual(order.charge_kind, 'paid')
        self.assertTrue(order.part_ids.is_aftersales_covered)
        self.assertTrue(order.labour_ids.is_covered)
        self.assertEqual(order.sale_order_ids.amount_total, 0.0)
