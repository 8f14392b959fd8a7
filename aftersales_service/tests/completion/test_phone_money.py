from uuid import uuid4

from odoo.tests import tagged, users

from ..common import SIGNATURE
from ..visit.common import VisitCommon


@tagged('post_install', '-at_install')
class TestPhoneMoney(VisitCommon):
    """On the phone the customer signs the quotation and pays; the outlet's people too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cash = cls.env['account.journal'].create(
            {'name': "Technicians' Cash", 'type': 'cash', 'code': 'TCSH'})
        cls.env.company.aftersales_payment_journal_ids = cls.cash
        cls.hour.taxes_id = False

    def _start(self):
        self.order = self._dispatch(technician=self.env.user)
        self.visit = self.order.visit_ids
        self.env['aftersales.labour'].sudo().create(
            {'order_id': self.order.id, 'product_id': self.hour.id, 'quantity': 2.0})
        self._send('arrive')

    def _send(self, kind, **payload):
        action = {'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                  'order_id': self.order.id, 'payload': payload}
        [answer] = self.env['aftersales.job.action'].with_user(
            self.env.user)._handle_batch([action])
        return answer

    def _get_data(self):
        order = self.order.sudo()
        return order._prepare_mobile_order(order._get_mobile_context())

    @users('technician', 'outlet_technician')
    def test_quotation_signed_and_paid_on_the_phone(self):
        self._start()
        self.assertTrue(self._get_data()['can_quote'])
        self.assertEqual(self._send('quote')['status'], 'done')
        data = self._get_data()
        self.assertFalse(data['can_quote'])
        self.assertTrue(data['has_quotation'])
        self.assertNotIn('access_token', str(data))
        self._send('sign', image=SIGNATURE)
        self.assertIn("quotation must be", self._send('complete')['message'])
        self.order.sudo().sale_order_ids.action_confirm()  # as core's page does
        self.assertEqual(self._send('complete')['status'], 'done')
        data = self._get_data()
        self.assertEqual(
            (data['amount_due'], data['pay_methods']), (160.0, [[self.cash.id, self.cash.name]]))
        answer = self._send('collect', amount=160.0, journal_id=self.cash.id,
                            receipt=f'R-{self.env.uid}')
        self.assertEqual((answer['status'], answer['message']), ('done', ''))
        self.assertEqual(self._get_data()['amount_due'], 0.0)

    @users('outlet_technician')
    def test_outlet_reports_from_the_phone(self):
        self.outlet.collection_mode = 'outlet'
        self._start()
        self._send('quote')
        self._send('sign', image=SIGNATURE)
        self.order.sudo().sale_order_ids.action_confirm()
        self._send('complete')
        self.assertTrue(self._get_data()['is_outlet_paid'])
        self.assertEqual(self._send('collect', amount=150)['status'], 'done')
        self.assertRecordValues(self.order, [
            {'reported_amount': 150.0, 'reported_user_id': self.env.uid}])
        self.assertFalse(self.order.sudo().sale_order_ids.invoice_ids)

    @users('technician')
    def test_nonsense_is_refused(self):
        self._start()
        for payload in ({}, {'amount': "many"}, {'amount': True}, {'amount': -5}):
            self.assertEqual(self._send('collect', **payload)['status'], 'refused')
