from uuid import uuid4

from odoo.tests import tagged, users

from ..common import SIGNATURE
from ..message.common import MessageCommon
from ..visit.common import VisitCommon


@tagged('post_install', '-at_install')
class TestPhoneAcceptance(MessageCommon, VisitCommon):
    """On the phone the customer signs, gives a code, or refuses before the camera."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch_on('completion_code')

    def _start(self):
        self.order = self._dispatch(technician=self.env.user)
        self.visit = self.order.visit_ids
        self._send('arrive')

    def _send(self, kind, **payload):
        action = {'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                  'order_id': self.order.id, 'payload': payload}
        with self._catch():
            [answer] = self.env['aftersales.job.action'].with_user(
                self.env.user)._handle_batch([action])
        return answer

    @users('technician', 'outlet_technician')
    def test_code_is_sent_and_given(self):
        self._start()
        self.assertEqual(self._send('send_code')['status'], 'done')
        code = self.handed[0][1]['completion_code']
        wrong = f'{(int(code) + 1) % 1_000_000:06d}'
        answer = self._send('sign', code=wrong)
        self.assertEqual(answer['status'], 'refused')
        self.assertIn("4 tries are left", answer['message'])
        # the refusal did not undo the count
        self.assertIn("3 tries are left", self._send('sign', code=wrong)['message'])
        self.assertEqual(self._send('sign', code=code)['status'], 'done')
        self.assertEqual(self._send('complete')['status'], 'done')
        self.assertEqual(self.order.state, 'done')

    @users('technician')
    def test_refusal_needs_words_and_a_photo(self):
        self._start()
        self.assertIn("not a photo", self._send('sign', refusal_reason="Went out")['message'])
        self.assertFalse(self.order.refusal_reason)
        self.assertIn("must sign", self._send('sign', photo=SIGNATURE)['message'])
        self._send('sign', refusal_reason="Went out", photo=SIGNATURE)
        self.assertEqual(self._send('complete')['status'], 'done')

    @users('technician')
    def test_phone_offers_the_code_where_it_can_be_sent(self):
        self._start()

        def can_send():
            shared = self.order._get_mobile_context()
            return self.order._prepare_mobile_order(shared)['can_send_code']
        self.assertTrue(can_send())
        self.env['aftersales.notifier'].sudo().search([]).active = False
        self.assertFalse(can_send())
