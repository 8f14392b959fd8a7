from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .call_common import CallCommon


@tagged('post_install', '-at_install')
class TestFollowUpDesk(CallCommon):
    """The desk gives one call after the other, and records what came of it."""

    # === THE QUEUE === #

    def test_agreed_call_backs_come_first_then_late_ones(self):
        now = fields.Datetime.now()
        new = self._create_call(due=now - timedelta(seconds=5))
        late = self._create_call(due=now - timedelta(days=2))
        agreed = self._create_call(due=now - timedelta(minutes=1), call_result='call_back')
        self._create_call(due=now + timedelta(hours=1))
        desk = self.desk.open_call_desk()
        self.assertEqual(
            [(entry['id'], entry['group']) for entry in desk['queue']],
            [(agreed.id, 'call_back'), (late.id, 'late'), (new.id, 'new')])
        self.assertEqual(desk['call']['id'], agreed.id)
        self.assertEqual(desk['counts'], {'call_back': 1, 'late': 1, 'new': 1})

    def test_desk_shows_job_technician_and_price(self):
        call = self._create_call()
        shown = self.desk.open_call_desk(call.id)['call']
        self.assertEqual(shown['phone'], '+1 650 555 0100')
        self.assertEqual(shown['job']['technician'], self.technician.name)
        self.assertEqual(shown['job']['charge'], "Paid")
        self.assertEqual(
            [(question['kind'], len(question['options'])) for question in shown['questions']],
            [('scale', 11), ('scale', 5), ('text', 0)])

    def test_number_of_queries_does_not_grow_with_the_queue(self):
        def count():
            return self._count_queries(self.desk.open_call_desk)
        self._create_call()
        count()
        few = count()
        for __ in range(4):
            self._create_call()
        count()
        self.assertLessEqual(count(), few + 2)

    def test_leaving_the_desk_frees_the_call_for_others(self):
        call = self._create_call()
        second = new_test_user(
            self.env, 'second_interviewer', 'aftersales_survey.group_survey_interviewer')
        mine, theirs = call.with_user(self.interviewer), call.with_user(second)
        self.desk.open_call_desk(call.id)
        theirs.leave_call()  # another one's call stays
        self.assertFalse(theirs.open_call_desk(call.id)['call'])
        mine.leave_call()
        self.assertEqual(theirs.open_call_desk(call.id)['call']['id'], call.id)
        # once there are answers, the customer may be on the line
        theirs.answer_call(self.nps_question.id, 9)
        theirs.leave_call()
        self.assertTrue(call.date_taken)
        with self.assertRaisesRegex(AccessError, "for interviewers"):
            call.with_user(self.agent).leave_call()

    # === ANSWERS AND RESULTS === #

    def test_answers_of_a_call_count_and_name_the_interviewer(self):
        call = self._create_call()
        self._interview(call, nps=9)
        self.assertRecordValues(call.user_input_id, [{
            'nps': 9, 'csi': 100, 'aftersales_interviewer_id': self.interviewer.id}])
        self.assertRecordValues(call.call_ids, [{
            'user_id': self.interviewer.id, 'result': 'reached', 'number': 1,
            'technician_id': self.technician.id, 'phone': '+1 650 555 0100'}])
        self.assertRecordValues(call, [{
            'state': 'answered', 'date_next_call': False, 'date_taken': False}])

    def test_content_customer_lets_the_order_go_on(self):
        call = self._create_call()
        order = call.order_id
        order.action_next()
        self._interview(call, nps=9)
        self.assertRecordValues(order, [
            {'follow_up_result': 'content', 'state': 'followed_up'}])

    def test_low_rating_reaches_neither_order_nor_technician_before_the_second_call(self):
        call = self._create_call()
        self._interview(call, nps=3)
        self.assertFalse(call.order_id.follow_up_result)
        loop = self._get_loop(call)
        self.assertTrue(loop)
        self.assertFalse(
            loop.with_user(self.technician).search_count([('id', '=', loop.id)]))
        with self.assertRaises(AccessError):
            loop.with_user(self.technician).read(['reason'])

    def test_slip_of_a_key_opens_no_loop(self):
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        mine = call.with_user(self.interviewer)
        mine.answer_call(self.nps_question.id, 1)
        self.assertFalse(self._get_loop(call))
        mine.answer_call(self.nps_question.id, 10)
        mine.end_call('reached')
        self.assertFalse(self._get_loop(call))

    def test_three_attempts_in_two_days_then_a_message(self):
        call = self._create_call()
        for attempt in range(1, 4):
            self.desk.open_call_desk(call.id)
            call.with_user(self.interviewer).end_call('no_answer')
            if attempt < 3:
                self.assertGreater(call.date_next_call, fields.Datetime.now())
                self.assertEqual(call.channel, 'phone')
                call.date_next_call = fields.Datetime.now()
        self.assertRecordValues(call, [{
            'attempt_count': 3, 'date_next_call': False, 'channel': 'message',
            'state': 'sent'}])
        self.assertEqual(call.call_ids.sorted('number').mapped('number'), [1, 2, 3])
        self.assertEqual(call.order_id.follow_up_result, 'not_reached')

    def test_refusal_and_expired_number_end_the_calls(self):
        for result, state in ('refused', 'refused'), ('expired', 'sent'):
            with self.subTest(result):
                call = self._create_call()
                self.desk.open_call_desk(call.id)
                call.with_user(self.interviewer).end_call(result, note="As heard")
                self.assertRecordValues(call, [{'date_next_call': False, 'state': state}])
                self.assertEqual(call.call_ids.note, "As heard")

    def test_call_back_comes_at_its_time(self):
        call = self._create_call()
        due = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=2)
        self.desk.open_call_desk(call.id)
        desk = call.with_user(self.interviewer).end_call(
            'call_back', date_next_call=fields.Datetime.to_string(due))
        self.assertEqual(call.date_next_call, due)
        self.assertIsNone(desk['call'])

    def test_half_an_interview_goes_on_at_the_time_agreed(self):
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        mine = call.with_user(self.interviewer)
        mine.answer_call(self.nps_question.id, 2)
        mine.end_call('call_back', date_next_call=fields.Datetime.to_string(
            fields.Datetime.now() + timedelta(seconds=1)))
        self.assertFalse(self._get_loop(call))
        with freeze_time(fields.Datetime.now() + timedelta(minutes=5)):
            shown = self.desk.open_call_desk()['call']
            self.assertEqual((shown['id'], shown['questions'][0]['answer']), (call.id, 2))
            mine.end_call('refused')
        self.assertTrue(self._get_loop(call))
        self.assertRecordValues(call, [{'state': 'answered', 'date_next_call': False}])

    def test_answer_of_the_page_ends_a_call_that_is_not_taken(self):
        call = self._create_call()
        call.user_input_id._aftersales_answer(self.nps_question, 9)
        self.assertFalse(call.date_next_call)
        self.assertIsNone(self.desk.open_call_desk(call.id)['call'])

    def test_end_of_the_wave_ends_the_calls(self):
        call = self._create_call()
        self.wave.action_close()
        self.assertRecordValues(call, [{'state': 'expired', 'date_next_call': False}])
        self.assertEqual(call.order_id.follow_up_result, 'not_reached')

    def test_one_click_opens_a_loop_or_a_second_order(self):
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        mine = call.with_user(self.interviewer)
        mine.open_call_loop('task', note="Wants his manual back")
        loop = self.env['aftersales.loop'].search([('order_id', '=', call.order_id.id)])
        self.assertRecordValues(loop, [{
            'comment': "Wants his manual back", 'user_id': self.agent.id, 'state': 'open'}])
        mine.open_call_loop('re_service')
        self.assertTrue(loop.re_service_order_id)
        self.assertEqual(self.env['aftersales.loop'].search_count(
            [('order_id', '=', call.order_id.id)]), 1)

    def test_manager_compares_calls_with_signatures_and_photos(self):
        call = self._create_call()
        self.env['ir.attachment'].create({
            'name': "work.png", 'res_model': 'aftersales.order', 'res_id': call.order_id.id,
            'datas': SIGNATURE})
        self.desk.open_call_desk(call.id)
        call.with_user(self.interviewer).end_call('refused', is_denied=True)
        self.env.invalidate_all()
        attempt = call.call_ids
        shown = attempt.with_user(self.survey_manager).web_read({
            name: {} for name in ('signature', 'photo_1', 'photo_count', 'is_denied')})[0]
        self.assertTrue(shown['signature'] and shown['photo_1'])
        self.assertEqual((shown['photo_count'], shown['is_denied']), (1, True))
        with self.assertRaises(AccessError):
            attempt.with_user(self.interviewer).read(['signature'])

    # === REFUSED === #

    def test_bad_input_is_refused_in_words(self):
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        mine = call.with_user(self.interviewer)
        past = fields.Datetime.to_string(fields.Datetime.now() - timedelta(days=1))
        for words, action in [
            ("without an answer", lambda: mine.end_call('reached')),
            ("Choose one of the results", lambda: mine.end_call('sold')),
            ("Say when", lambda: mine.end_call('call_back')),
            ("Say when", lambda: mine.end_call('call_back', date_next_call="noon")),
            ("Say when", lambda: mine.end_call('call_back', date_next_call=past)),
            ("not on the questionnaire", lambda: mine.answer_call(0, 5)),
            ("no answer to the question", lambda: mine.answer_call(self.nps_question.id, 11)),
            ("Choose one of the steps", lambda: mine.open_call_loop('refund')),
        ]:
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                action()

    def test_only_interviewers_call(self):
        call = self._create_call()
        for user in self.agent, self.technician, self.employee:
            mine = call.with_user(user)
            for action in (
                    mine.open_call_desk, mine.release_call, lambda mine=mine: (
                        mine.answer_call(self.nps_question.id, 5)),
                    lambda mine=mine: mine.end_call('reached'),
                    lambda mine=mine: mine.open_call_loop('task')):
                with self.assertRaises(AccessError):
                    action()

    def test_call_of_another_interviewer_is_not_ended(self):
        other = new_test_user(
            self.env, 'other_interviewer', 'aftersales_survey.group_survey_interviewer')
        call = self._create_call()
        next_one = self._create_call()
        self.desk.open_call_desk(call.id)
        desk = self.desk.with_user(other).open_call_desk(call.id)
        self.assertIn("Interviewer Ivy is calling this customer", desk['notice'])
        self.assertEqual(desk['call']['id'], next_one.id)
        for action in (lambda mine: mine.end_call('refused'), lambda mine: mine.release_call(),
                       lambda mine: mine.answer_call(self.nps_question.id, 1)):
            with self.assertRaisesRegex(UserError, "do not have this call open"):
                action(call.with_user(other))

    def test_call_left_open_is_free_after_half_an_hour(self):
        call = self._create_call()
        call.write({'caller_id': self.manager.id,
                    'date_taken': fields.Datetime.now() - timedelta(minutes=31)})
        self.assertEqual(self.desk.open_call_desk()['call']['id'], call.id)

    def test_other_companies_are_not_called(self):
        call = self._create_call()
        foreign = self.env['res.company'].create({'name': "Foreign"})
        other = new_test_user(
            self.env, 'foreign_interviewer', 'aftersales_survey.group_survey_interviewer',
            company_id=foreign.id, company_ids=[(6, 0, foreign.ids)])
        desk = self.desk.with_user(other).open_call_desk()
        self.assertEqual((desk['queue'], desk['call']), ([], None))
        with self.assertRaises(AccessError):
            self.desk.with_user(other).open_call_desk(call.id)

    def test_interviewer_writes_no_record_by_a_call(self):
        call = self._create_call()
        mine = call.with_user(self.interviewer)
        with self.assertRaises(AccessError):
            mine.date_next_call = False
        with self.assertRaises(AccessError):
            call.user_input_id.with_user(self.interviewer).read(['nps'])
        with self.assertRaises(AccessError):
            mine.env['aftersales.survey.call'].create({
                'invitation_id': call.id, 'result': 'reached'})
        with self.assertRaises(AccessError):
            mine.env['aftersales.loop'].create({'company_id': self.env.company.id})
