from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .returns.common import ReturnsCommon


@tagged('post_install', '-at_install')
class TestTourThreeGuarantees(HttpCase, ReturnsCommon):
    """The shipped rules on goods decide what a customer may choose, day by day.

    Each unit is sold, delivered and invoiced some days ago; the desk clicks through the
    order and the return, the workshop receives and settles.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = 'aftersales_service.aftersales_{}'.format
        policy = cls.env.ref(ref('warranty_policy_cn_air_conditioner'))
        (policy.base_id | policy).active = True
        cls.conditioner.warranty_policy_id = policy
        cls.compressor.aftersales_main_part_id = cls.env.ref(ref('main_part_compressor'))
        for part in cls.conditioner, cls.hour, cls.compressor:
            part.taxes_id = False
        cls.spare = cls.env['stock.lot'].create(
            {'name': 'TOUR-NEW', 'product_id': cls.conditioner.id})

    def _sell_days_ago(self, days):
        """Return the card of a unit that was sold, delivered and invoiced ``days`` days ago."""
        with freeze_time(fields.Datetime.now() - timedelta(days=days)):
            sale = self._sell(serials=[f'TOUR-{days}'])
        card = self._get_cards(sale)
        self.assertEqual((fields.Date.today() - card.invoice_date).days, days)
        # the seller has another one of the model
        self.env['stock.quant']._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=self.spare)
        return card

    def _repair_days_ago(self, card, days):
        """Record a finished repair of the unit, ``days`` days ago."""
        moment = fields.Datetime.now() - timedelta(days=days)
        order = self._create_order(warranty_id=card.id, date_event=moment)
        order.sudo().write({'date_done': moment + timedelta(hours=3)})

    def _click(self, name, card):
        self.start_tour(
            f'/odoo/warranty-cards/{card.id}', f'aftersales_guarantee_{name}', login='agent',
            timeout=180)

    def _settle(self, card):
        record = self.env['aftersales.return'].search([('line_ids.warranty_id', '=', card.id)])
        self._receive(record)
        self._inspect(record)
        record.with_user(self.lead).action_settle()
        return record

    def test_day_5_gives_the_money_back(self):
        card = self._sell_days_ago(5)
        self._click('day_5', card)
        record = self._settle(card)
        self.assertEqual(record.refund_id.amount_total, 3000.0)
        self.assertEqual(card.state, 'void')

    def test_day_12_gives_another_unit(self):
        card = self._sell_days_ago(12)
        self._click('day_12', card)
        exchange = self._settle(card).exchange_sale_order_id
        self.assertEqual(exchange.order_line.product_id, self.conditioner)
        self.assertRecordValues(exchange, [{'state': 'sale', 'amount_total': 0.0}])

    def test_day_40_gives_a_free_repair(self):
        card = self._sell_days_ago(40)
        self._click('day_40', card)
        self.assertRecordValues(card.order_ids, [{'charge_kind': 'free'}])

    def test_third_repair_gives_another_unit_or_the_money_less_depreciation(self):
        card = self._sell_days_ago(100)
        for days in 60, 50:
            self._repair_days_ago(card, days)
        self._click('third_repair', card)
        # 100 days of 0.05 % of 3,000
        self.assertEqual(self._settle(card).refund_id.amount_total, 2850.0)

    def test_day_400_pays_the_labour_of_a_covered_part(self):
        card = self._sell_days_ago(400)
        self._click('day_400', card)
        order = card.order_ids
        self.assertEqual(order.charge_kind, 'paid')
        order.write({
            'part_ids': [Command.create({
                'product_id': self.compressor.id, 'product_uom_qty': 1})],
            'labour_ids': [Command.create({'product_id': self.hour.id, 'quantity': 2})]})
        self.assertTrue(order.part_ids.is_aftersales_covered)
        self.assertFalse(order.labour_ids.is_covered)
        order.action_create_quotation()
        self.assertEqual(order.sale_order_ids.amount_total, 160.0)
