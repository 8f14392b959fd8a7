from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE
from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon
from odoo.addons.aftersales_service.tests.visit.common import VisitCommon

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestPrices(VisitCommon, ProofCommon):
    """A complaint speaks at the price of an order: offers, lines, acceptance, refusal."""

    def setUp(self):
        super().setUp()
        self.hour.write({
            'is_aftersales_labour': True, 'taxes_id': False, 'default_code': 'HOUR'})
        self.order = self._dispatch()
        self.env['aftersales.labour'].create(
            {'order_id': self.order.id, 'product_id': self.hour.id, 'quantity': 2.0})
        self.mine = self.order.with_user(self.technician)

    def _get_data(self):
        order = self.mine.sudo()
        return order._prepare_mobile_order(order._get_mobile_context())

    def test_phone_offers_and_lists_what_the_module_says(self):
        self.order.proof_gesture = 10.0
        data = self._get_data()
        self.assertEqual([(line['name'], line['total']) for line in data['price_lines']],
                         [("[HOUR] Repair Hour", 160.0), ("Gesture", -10.0)])
        [choice] = [choice for choice in data['labour_choices']
                    if choice['id'] == self.hour.id]
        self.assertEqual(choice['proof_code'], 'HOUR')
        self.hour.default_code = 'WITHDRAWN'
        self.assertNotIn(
            self.hour.id, [choice['id'] for choice in self._get_data()['labour_choices']])

    def test_dispute_keeps_the_work_open_until_the_customer_accepts(self):
        self.mine._accept_price(SIGNATURE, "Li Na", 160.0)
        self._accept(self.order)
        self.order.is_proof_price_disputed = True
        self.order._set_state('on_site')
        with self.assertRaisesRegex(UserError, "quotation must be accepted"), (
                self.cr.savepoint()):
            self.order._set_state('done')
        self.order.is_proof_price_disputed = False
        self.order._set_state('done')

    def test_who_accepts_disputes_no_more_and_who_refuses_opens_a_case(self):
        self.order.is_proof_price_disputed = True
        self.assertTrue(self.mine._accept_price(SIGNATURE, "Li Na", 100.0))  # too little
        self.assertTrue(self.order.is_proof_price_disputed)
        self.mine._accept_price(SIGNATURE, "Li Na", 160.0)
        self.assertFalse(self.order.is_proof_price_disputed)
        other = self._dispatch()
        self.env['aftersales.labour'].create(
            {'order_id': other.id, 'product_id': self.hour.id, 'quantity': 1.0})
        other.with_user(self.technician)._refuse_price("Too much")
        self.assertEqual(other.case_ids.title, "Too much")
        # the refused quotation was called off, of which the case would hear, too
        case = self._create_case(order_id=self.order.id)
        self.order.sale_order_ids._action_cancel()
        self.assertEqual(case.note, "Quotation cancelled")


@tagged('post_install', '-at_install')
class TestTimes(OutletCommon, ProofCommon):
    """A module refuses a time, and hears of one that was agreed on."""

    def test_closed_day_is_refused_and_another_noted(self):
        self.north.manager_id = self.wang
        order = self._create_offered(proof_closed_day='2099-06-02')
        case = self._create_case(order_id=order.id)
        self.env.company.aftersales_plan_days = 0
        order.with_user(self.wang).action_accept_offer()
        with self.assertRaisesRegex(UserError, "closed that day"), self.cr.savepoint():
            order.with_user(self.wang).action_agree_time('2099-06-02 08:00:00')
        self.assertFalse(case.date_noted)
        order.with_user(self.wang).action_agree_time('2099-06-03 08:00:00')
        self.assertTrue(case.date_noted)
