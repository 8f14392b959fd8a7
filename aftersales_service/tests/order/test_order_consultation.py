from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderConsultation(AftersalesCommon):
    """Questions are answered at once or carry a promised time; explanations are noted."""

    @users('agent')
    @freeze_time('2026-06-01 10:00:00')
    def test_open_question_carries_a_promise_in_working_time(self):
        self.env.company.resource_calendar_id.sudo().tz = 'UTC'
        question = self._create_order(type_id=self.type_consultation.id)
        # Monday 10:00 and eight working hours (8-12, 13-17): Tuesday 10:00
        self.assertEqual(str(question.date_answer_promised), '2026-06-02 10:00:00')
        with self.assertRaisesRegex(ValidationError, "promise a time to reply"):
            question.date_answer_promised = False

    @users('agent')
    def test_answered_question_needs_no_promise(self):
        question = self._create_order(
            type_id=self.type_consultation.id, answer="Press the button")
        self.assertFalse(question.date_answer_promised)
        question.action_next()
        self.assertEqual(question.state, 'done')

    @users('agent')
    def test_question_is_not_settled_without_an_answer(self):
        question = self._create_order(type_id=self.type_consultation.id)
        with self.assertRaisesRegex(UserError, "Write what the customer was answered"):
            question.action_next()
        question.answer = "Press the button"
        question.action_next()
        self.assertEqual(question.state, 'done')

    @users('agent')
    def test_repair_promises_no_reply(self):
        self.assertFalse(self._create_order().date_answer_promised)

    @users('agent')
    def test_explanation_at_the_counter_tells_who_and_when(self):
        order = self._create_order(channel='counter', use_explained=True)
        self.assertEqual(order.use_explained_user_id, self.agent)
        self.assertTrue(order.date_use_explained)
        sheet = self.env['ir.actions.report'].sudo()._render_qweb_html(
            'aftersales_service.report_service_order', order.ids)[0].decode()
        self.assertIn("Use and Service Explained", sheet)
        self.assertIn("Agent Anna", sheet)
        order.use_explained = False
        self.assertFalse(order.use_explained_user_id or order.date_use_explained)

    @users('agent')
    def test_buyer_user_and_caller_keep_their_phones(self):
        order = self._create_order(
            user_name="Her mother", user_phone='+1 650 555 0122', caller_name="Her son",
            caller_phone='+1 650 555 0133')
        self.assertRecordValues(order, [{
            'phone': '+1 650 555 0100', 'user_phone': '+1 650 555 0122',
            'caller_phone': '+1 650 555 0133'}])
