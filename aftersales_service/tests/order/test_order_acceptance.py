from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..common import SIGNATURE, AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderAcceptance(AftersalesCommon):
    """Work is done only when the customer accepted it, or said why not."""

    def _create_order_on_site(self):
        order = self._create_order()
        self._move_to(order, 'on_site')
        order.signature = False
        return order

    @users('agent')
    def test_work_without_signature_is_not_done(self):
        order = self._create_order_on_site()
        with self.assertRaisesRegex(UserError, "The customer must sign"):
            order.action_done()
        order.signature = SIGNATURE
        order.action_done()
        self.assertEqual(order.state, 'done')

    @users('agent')
    def test_signature_and_stage_may_come_in_one_call(self):
        order = self._create_order_on_site()
        stage = self.env.ref('aftersales_service.aftersales_stage_done')
        order.write({'stage_id': stage.id, 'signature': SIGNATURE})
        self.assertEqual(order.state, 'done')

    @users('agent')
    def test_stated_and_shown_refusal_replaces_the_signature(self):
        order = self._create_order_on_site()
        order.refusal_reason = "No one at home when the work ended"
        with self.assertRaisesRegex(UserError, "reason and add a photo"):
            order.action_done()
        order.refusal_photo = SIGNATURE
        order.action_done()
        self.assertEqual(order.state, 'done')

    @users('agent')
    def test_consultation_needs_no_signature(self):
        order = self._create_order(type_id=self.type_consultation.id, answer="Press the button")
        order.action_next()
        self.assertEqual(order.state, 'done')

    @users('agent')
    def test_article_leaves_only_against_a_slip(self):
        order = self._create_order_on_site()
        with self.assertRaisesRegex(UserError, "hand-over slip"):
            order.action_take_to_shop()
        order.handover_signature = SIGNATURE
        order.action_take_to_shop()
        self.assertEqual(order.state, 'taken_to_shop')
