from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .call_common import CallCommon


@tagged('post_install', '-at_install')
class TestLoop(CallCommon):
    """A low answer opens a loop; the second interview closes it."""

    def _open_loop(self, nps=3):
        call = self._create_call()
        self._interview(call, nps=nps)
        return self._get_loop(call)

    def _help(self, loop):
        """Help the customer and plan the second interview, as the owner; return its call."""
        mine = loop.with_user(self.agent)
        mine.action_start()
        mine.solution = "The fan was tightened"
        mine.action_second_call()
        return loop.second_invitation_id

    def _ask_again(self, loop, nps):
        again = loop.second_invitation_id
        with freeze_time(again.date_next_call + timedelta(hours=1)):
            self._interview(again, nps=nps)

    # === RULES === #

    def test_detractor_low_item_and_key_word_open_a_loop(self):
        for values, words in [
            ({self.nps_question: 6}, "6 of 10"),
            ({self.nps_question: 9, self.csi_question: 2}, "How friendly.*: 2"),
            ({self.nps_question: 9, self.open_question: "There was SMOKE"}, "smoke"),
            ({self.nps_question: 9, self.open_question: "空调冒烟了"}, "冒烟"),
        ]:
            with self.subTest(words):
                answers = self._create_answers(self.wave, self._create_done_order())
                answers._aftersales_answer_all(values)
                answers._finish_aftersales()
                loop = self.env['aftersales.loop'].search([('user_input_id', '=', answers.id)])
                self.assertEqual(len(loop), 1)
                self.assertRegex(loop.reason, words)

    def test_content_answers_open_none(self):
        answers = self._create_answers(self.wave, self._create_done_order())
        answers._aftersales_answer_all({
            self.nps_question: 7, self.csi_question: 3, self.open_question: "Fine"})
        answers._finish_aftersales()
        self.assertFalse(
            self.env['aftersales.loop'].search([('user_input_id', '=', answers.id)]))

    def _get_loops(self, answers):
        return self.env['aftersales.loop'].search([('user_input_id', '=', answers.id)])

    def _let_minutes_pass(self, minutes):
        cron = self.env.ref('aftersales_survey.ir_cron_aftersales_survey_loops')
        self.env.flush_all()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)), (
                self.enter_registry_test_mode()):
            cron.sudo().method_direct_trigger()

    def test_first_tap_opens_it_after_some_minutes_and_further_words_join(self):
        answers = self._create_answers(self.wave, self._create_done_order())
        answers._aftersales_answer(self.nps_question, 3)
        self.assertEqual(answers.nps, 3)  # it counts at once
        self._let_minutes_pass(9)
        self.assertFalse(self._get_loops(answers))
        self._let_minutes_pass(11)
        loop = self._get_loops(answers)
        self.assertRecordValues(loop, [{'first_score': 3, 'score_kind': 'nps'}])
        answers._aftersales_answer(self.open_question, "Rude staff")
        self.assertEqual(loop.comment, "Rude staff")
        self.assertFalse(answers.date_loop_due)

    def test_slip_of_the_finger_opens_no_loop(self):
        answers = self._create_answers(self.wave, self._create_done_order())
        answers._aftersales_answer(self.nps_question, 3)
        answers._aftersales_answer(self.nps_question, 9)
        self._let_minutes_pass(11)
        answers._finish_aftersales()
        self.assertFalse(self._get_loops(answers))
        self.assertEqual(answers.nps, 9)

    def test_last_tap_before_the_end_counts(self):
        answers = self._create_answers(self.wave, self._create_done_order())
        for score in 3, 9, 2:
            answers._aftersales_answer(self.nps_question, score)
        self.assertFalse(self._get_loops(answers))
        answers._finish_aftersales()
        self.assertRecordValues(self._get_loops(answers), [{'first_score': 2}])
        self.assertFalse(answers.date_loop_due)

    def test_limits_that_each_answer_meets_are_refused(self):
        rules = self.env['aftersales.loop.rule'].with_user(self.survey_manager)
        for values in ({'kind': 'nps', 'threshold': 10}, {'kind': 'item', 'threshold': 5},
                       {'kind': 'item', 'threshold': 0}, {'kind': 'word', 'words': " \n"}):
            with self.subTest(values), self.assertRaises(ValidationError):
                rules.create({'name': "Wrong", **values})

    def test_rule_of_another_company_opens_none(self):
        foreign = self.env['res.company'].create({'name': "Foreign"})
        self.env['aftersales.loop.rule'].search([]).company_id = foreign
        self.assertFalse(self._open_loop())

    # === OWNER AND CLOCK === #

    def test_loop_has_owner_activity_and_48_hours(self):
        with freeze_time('2026-06-05 10:00:00'):
            loop = self._open_loop()
            self.assertEqual(loop.user_id, self.agent)
            self.assertEqual(loop.date_deadline, fields.Datetime.to_datetime(
                '2026-06-07 10:00:00'))
        self.assertEqual(loop.activity_ids.user_id, self.agent)

    def test_words_of_a_loop_are_in_the_language_of_company_and_owner(self):
        """A Chinese interviewer opens it; the owner reads French, the company English."""
        self.env['res.lang']._activate_lang('zh_CN')
        self.env['res.lang']._activate_lang('fr_FR')
        self.interviewer.lang, self.agent.lang = 'zh_CN', 'fr_FR'
        self.env.ref('aftersales_survey.mail_activity_loop').with_context(
            lang='fr_FR').summary = "Appeler le client"
        self.csi_question.with_context(lang='zh_CN').title = "态度如何？"
        call = self._create_call()
        desk, mine = self.desk.with_context(lang='zh_CN'), call.with_user(
            self.interviewer).with_context(lang='zh_CN')
        desk.open_call_desk(call.id)
        mine.answer_call(self.nps_question.id, 9)
        mine.answer_call(self.csi_question.id, 1)
        mine.end_call('reached')
        loop = self._get_loop(call)
        self.assertEqual(loop.reason, "How friendly was the technician?: 1")
        self.assertEqual(loop.activity_ids.summary, "Appeler le client")
        self.assertEqual(self._get_clicked_reason(), "Opened by Interviewer Ivy on the phone")

    def _get_clicked_reason(self):
        """Let a Chinese interviewer open a loop by a click; return its reason."""
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        call.with_user(self.interviewer).with_context(lang='zh_CN').open_call_loop('task')
        return self._get_loop(call).reason

    def test_technician_is_never_the_owner(self):
        order = self._create_done_order()
        order.user_id = self.technician
        call = self._create_call(order)
        self._interview(call, nps=2)
        loop = self._get_loop(call)
        self.assertNotEqual(loop.user_id, self.technician)
        with self.assertRaisesRegex(UserError, "do not learn who rated"):
            loop.user_id = self.technician

    def test_owners_are_colleagues_from_outside_the_rated_outlet(self):
        loop = self._open_loop()
        portal = self.env['res.users'].create({
            'name': "Pia Portal", 'login': 'pia', 'group_ids': [
                (6, 0, self.env.ref('base.group_portal').ids)]})
        member = self._create_person('member', 'agent', "Member of the Outlet")
        boss = self._create_person('boss', 'agent', "Boss of the Outlet")
        outlet = self.env['aftersales.outlet'].create({
            'name': "Rated", 'partner_id': self.env['res.partner'].create({'name': "R"}).id,
            'member_ids': [(6, 0, (member | boss).ids)], 'manager_id': boss.id})
        loop.sudo().outlet_id = outlet
        for user in portal, member, boss:
            with self.subTest(user.name), self.assertRaisesRegex(
                    UserError, "do not learn who rated"):
                loop.with_user(self.survey_manager).user_id = user
            with self.subTest(activity_of=user.name), self.assertRaisesRegex(
                    UserError, "not learn who rated"):
                loop.with_user(self.survey_manager).activity_schedule(
                    'mail.mail_activity_data_todo', user_id=user.id)
        loop.with_user(self.survey_manager).activity_schedule(
            'mail.mail_activity_data_todo', user_id=self.other_agent.id)
        loop.with_user(self.survey_manager).user_id = self.other_agent
        rule = self.env['aftersales.loop.rule'].with_user(self.survey_manager)
        with self.assertRaisesRegex(UserError, "no colleague"):
            rule.create({'name': "To the portal", 'user_id': portal.id})
        # an answer about the outlet passes its people over
        order = self._create_done_order()
        answers = self._create_answers(self.wave, order)
        answers.sudo().aftersales_outlet_id = outlet
        for user in member, boss:
            self.env['aftersales.loop.rule'].search([]).user_id = user
            self.assertEqual(answers._get_loop_owner(
                self.env['aftersales.loop.rule'].search([], limit=1)), self.agent)

    # === THE SECOND INTERVIEW === #

    def test_second_interview_closes_the_loop_and_keeps_both_scores(self):
        loop = self._open_loop(nps=3)
        again = self._help(loop)
        self.assertRecordValues(again, [{'call_reason': 'second', 'channel': 'phone'}])
        self.assertFalse(loop.order_id.follow_up_result)
        self._ask_again(loop, nps=9)
        self.assertRecordValues(loop, [{
            'state': 'closed', 'first_score': 3, 'second_score': 9}])
        self.assertFalse(loop.activity_ids)
        self.assertEqual(loop.clock_ids.result, 'met')
        self.assertTrue(loop.second_user_input_id.aftersales_is_second)
        self.assertEqual(loop.order_id.follow_up_result, 'content')

    def test_board_shows_both_scores_of_work_that_no_outlet_did(self):
        loop = self._open_loop(nps=3)
        self._help(loop)
        self._ask_again(loop, nps=9)
        self.assertFalse(loop.outlet_id)
        self.env.flush_all()
        board = self.env['aftersales.survey.report'].with_user(self.survey_manager).get_board_data(
            {'wave_id': self.wave.id, 'metric': 'nps', 'groupby': 'outlet_id'})
        self.assertEqual([(row['label'], row['first_score'], row['second_score'])
                          for row in board['rows']], [("None", 3, 9)])

    def test_customer_who_is_still_not_content_goes_back_to_the_owner(self):
        loop = self._open_loop(nps=3)
        self._help(loop)
        self._ask_again(loop, nps=4)
        self.assertRecordValues(loop, [{'state': 'acting', 'second_score': 4}])
        self.assertTrue(loop.activity_ids)
        loop.with_user(self.agent).action_second_call()
        self._ask_again(loop, nps=10)
        self.assertRecordValues(loop, [{
            'state': 'closed', 'first_score': 3, 'second_score': 10}])
        self.assertEqual(self.env['aftersales.loop'].search_count(
            [('order_id', '=', loop.order_id.id)]), 1)

    def test_second_interview_outlives_the_wave(self):
        loop = self._open_loop()
        again = self._help(loop)
        self.wave.action_close()
        self._ask_again(loop, nps=9)
        self.assertEqual((again.state, loop.state), ('answered', 'closed'))

    def test_customer_who_refuses_the_second_interview_goes_back_to_the_owner(self):
        loop = self._open_loop()
        again = self._help(loop)
        loop.activity_unlink(['aftersales_survey.mail_activity_loop'])
        with freeze_time(again.date_next_call + timedelta(hours=1)):
            self.desk.open_call_desk(again.id)
            again.with_user(self.interviewer).end_call('refused')
        self.assertEqual(loop.state, 'second_call')
        self.assertEqual(loop.activity_ids.user_id, self.agent)

    def test_second_interview_needs_words_about_the_help(self):
        loop = self._open_loop().with_user(self.agent)
        loop.action_start()
        with self.assertRaisesRegex(UserError, "Write down what was done"):
            loop.action_second_call()

    def test_manager_closes_without_it_and_says_why(self):
        loop = self._open_loop()
        with self.assertRaises(AccessError):
            loop.with_user(self.agent).action_close()
        with self.assertRaises(AccessError):
            loop.with_user(self.interviewer).action_close()
        mine = loop.with_user(self.survey_manager)
        with self.assertRaisesRegex(UserError, "not asked again"):
            mine.action_close()
        mine.close_reason = "Moved abroad"
        mine.action_close()
        self.assertRecordValues(loop, [{
            'state': 'closed', 'closer_id': self.survey_manager.id, 'date_second': False}])
        self.assertEqual(loop.order_id.follow_up_result, 'not_content')

    def test_second_order_leads_to_one_second_interview(self):
        self.env.company.survey_call_wave_id = self.wave
        loop = self._open_loop()
        loop.with_user(self.agent).action_re_service()
        order = loop.re_service_order_id
        self.assertNotIn("3", order.description.replace(loop.order_id.name, ""))
        self._move_to(order, 'done')
        self.assertEqual(loop.state, 'second_call')
        order._plan_follow_ups()
        self.assertTrue(order.date_follow_up)
        self.assertFalse(self.env['aftersales.survey.invitation'].search_count(
            [('res_model', '=', 'aftersales.order'), ('res_id', '=', order.id)]))

    # === WHO LEARNS IT === #

    def test_only_owner_interviewer_and_manager_read_it(self):
        loop = self._open_loop()
        for user in self.agent, self.interviewer, self.survey_manager:
            self.assertTrue(loop.with_user(user).read(['reason', 'comment']))
        for user in self.other_agent, self.technician, self.dispatcher, self.employee:
            with self.assertRaises(AccessError):
                loop.with_user(user).read(['reason'])

    def test_former_owner_loses_it(self):
        loop = self._open_loop()
        loop.message_subscribe(self.agent.partner_id.ids)
        loop.with_user(self.survey_manager).user_id = self.other_agent
        self.assertNotIn(self.agent.partner_id, loop.message_partner_ids)
        with self.assertRaises(AccessError):
            loop.with_user(self.agent).read(['reason'])

    def test_protected_fields_are_not_written(self):
        loop = self._open_loop()
        for vals in ({'state': 'closed'}, {'second_score': 10}, {'date_second': '2026-01-01'},
                     {'first_score': 10}, {'comment': "Fine"}, {'order_id': False}):
            for user in self.agent, self.survey_manager:
                with self.subTest(vals), self.assertRaises(AccessError):
                    loop.with_user(user).write(vals)

    def test_loops_and_calls_are_forgotten_with_the_answers(self):
        loop = self._open_loop()
        loop.comment = "Mrs Li says it drips"
        call, answers = loop.invitation_id, loop.user_input_id
        call.call_ids.note = "Mrs Li"
        answers._erase_answers(fields.Datetime.now())
        self.assertRecordValues(loop, [{
            'partner_id': False, 'order_id': False, 'comment': False, 'first_score': 3}])
        self.assertRecordValues(call.call_ids, [{
            'partner_id': False, 'phone': False, 'note': False, 'result': 'reached'}])
        self.assertFalse(loop.message_ids.filtered('body'))

    def test_customer_who_wishes_a_call_stands_in_the_queue(self):
        answers = self._create_answers(self.wave, self._create_done_order())
        answers._aftersales_answer(self.nps_question, 3)
        start = fields.Datetime.to_string(answers._get_feedback_calls()[0][0])
        answers._request_feedback_call(start, "+1 650 555 0199")
        answers._aftersales_answer(self.open_question, "Please call")
        call = answers.aftersales_invitation_id
        self.assertEqual(fields.Datetime.to_string(call.date_next_call), start)
        with freeze_time(call.date_next_call + timedelta(minutes=1)):
            shown = self.desk.open_call_desk()['call']
            self.assertEqual((shown['id'], shown['phone']), (call.id, "+1 650 555 0199"))
            self.assertTrue(shown['loop'])
            call.with_user(self.interviewer).end_call('reached')
        self.assertFalse(call.date_next_call)

    def test_loop_of_a_wave_of_odoobot_is_the_survey_managers(self):
        self.wave.sudo().user_id = self.env.ref('base.user_root')
        order = self._create_done_order()
        order.user_id = False
        call = self._create_call(order)
        order.company_id.aftersales_dispatcher_id = False
        owner = call.user_input_id._get_loop_owner(self.env['aftersales.loop.rule'])
        self.assertTrue(owner.active)
        self.assertTrue(owner.has_group('aftersales_survey.group_survey_manager'))
