from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .call_common import CallCommon


@tagged('post_install', '-at_install')
class TestTourFollowUpDesk(HttpCase, CallCommon):
    """The desk by keys, and two interviewers who want the same call."""

    def test_calls_by_keys(self):
        now = fields.Datetime.now()
        names = ["Anna Call", "Bert Call", "Cora Call"]
        calls = [self._create_call(
            self._create_done_order(partner_id=self.env['res.partner'].create(
                {'name': name, 'phone': '+1 650 555 0123'}).id),
            due=now - timedelta(minutes=9 - number)) for number, name in enumerate(names)]
        self.interviewer.password = 'interviewer'
        self.start_tour('/odoo/follow-up-desk', 'aftersales_follow_up_desk', login='interviewer')
        self.env.invalidate_all()
        self.assertEqual(
            [call.call_result for call in calls], ['reached', 'no_answer', 'call_back'])
        self.assertRecordValues(calls[0].user_input_id, [{
            'nps': 10, 'csi': 80, 'aftersales_interviewer_id': self.interviewer.id}])
        self.assertEqual(calls[0].call_ids.note, "Very friendly")
        self.assertEqual(calls[0].user_input_id.user_input_line_ids.filtered(
            lambda line: line.question_id == self.open_question).value_text_box, "xenial rb")

    def test_second_interviewer_gets_a_sentence_and_the_next_call(self):
        now = fields.Datetime.now()
        wanted, other = (self._create_call(
            self._create_done_order(partner_id=self.env['res.partner'].create(
                {'name': name, 'phone': '+1 650 555 0124'}).id),
            due=now - timedelta(minutes=minutes)) for name, minutes in (
                ("Wanted Wu", 5), ("Other Ou", 1)))
        second = new_test_user(
            self.env, 'second_interviewer', 'aftersales_survey.group_survey_interviewer',
            name="Second Sue")
        self.desk.open_call_desk(wanted.id)
        self.start_tour('/odoo/follow-up-desk', 'aftersales_follow_up_desk_taken',
                        login=second.login)
        self.env.invalidate_all()
        self.assertEqual(wanted.caller_id, self.interviewer)
        self.assertEqual(other.caller_id, second)
        self.assertFalse(other.date_taken)  # the desk was left: others may call
        self.assertTrue(wanted.date_taken)
