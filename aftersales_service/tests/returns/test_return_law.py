from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-14 12:00:00')
class TestReturnLaw(ReturnsCommon):
    """Return of a distance sale without a reason: consumer law, art. 25."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.remedy_ids = [Command.create({
            'name': "Art. 25", 'article': "Art. 25", 'remedy': 'refund', 'has_window': True,
            'window_days': 7, 'window_from': 'delivery', 'fault_kind': 'no_reason',
            'in_term': False, 'distance_only': True})]
        cls.env['aftersales.return.policy'].search([]).active = False
        cls._sell_units(['L-1'])
        cls.card.is_distance_sale = True

    @users('agent')
    def test_customer_pays_the_freight(self):
        record = self._create_return(self.sale, self.card, reason=self.unwanted)
        self.assertRecordValues(record.line_ids, [{
            'basis': 'warranty', 'article': "Art. 25", 'refund_limit': 3000.0}])
        self.assertEqual(record.freight_payer, 'customer')
        record.reason_id = self.faulty
        self.assertEqual(record.freight_payer, 'company')

    @users('agent')
    def test_goods_made_to_order_are_sold_for_good(self):
        self.conditioner.sudo().is_aftersales_no_return = True
        record = self._create_return(self.sale, self.card, reason=self.unwanted)
        with self.assertRefused("sold for good"):
            record.action_authorise()

    @users('agent')
    def test_worn_or_incomplete_goods_are_not_paid_in_full(self):
        record = self._create_return(self.sale, self.card, reason=self.unwanted)
        record.action_authorise()
        self._receive(record)
        line = record.line_ids
        for grade, is_complete, refund in [
                ('A', True, 3000.0), ('B', True, 2700.0), ('C', True, 2100.0),
                ('A', False, 2400.0), ('D', False, 600.0)]:
            with self.subTest(grade=grade, is_complete=is_complete):
                line.write({'grade': grade, 'is_complete': is_complete})
                self.assertEqual(line.refund_amount, refund)
        line.write({'grade': 'C', 'is_complete': True, 'disposition_id': self.ways['scrap'].id,
                    'disposition_reason': "Worn"})
        record.action_inspected()
        record.action_settle()
        self.assertEqual(
            record.sudo().refund_id.invoice_line_ids.mapped('price_total'), [3000.0, -900.0])

    @users('agent')
    def test_faulty_goods_lose_no_value(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        self._receive(record)
        record.line_ids.grade = 'D'
        self.assertEqual(record.line_ids.refund_amount, 3000.0)
