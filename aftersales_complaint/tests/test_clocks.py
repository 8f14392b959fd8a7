from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ComplaintCommon

MONDAY = datetime(2026, 3, 2, 9, 0)  # the calendar works from 8 to 12 and 13 to 17
STEPS = ('register', 'to_quality', 'quality', 'production', 'development', 'check', 'proposal',
         'approval', 'inform')


@tagged('post_install', '-at_install')
@freeze_time(MONDAY)
class TestClocks(ComplaintCommon):
    """The customer's clocks by level, ours by step, the law's beside them."""

    def _get_clocks(self, case, result='running'):
        return {clock.kind.removeprefix('complaint_'): clock for clock in case.sudo().clock_ids
                if clock.result == result}

    def test_clocks_of_a_general_complaint(self):
        case = self._create_complaint()
        clocks = self._get_clocks(case)
        self.assertEqual(set(clocks), {'response', 'solution', 'register', 'taken'})
        self.assertEqual(clocks['response'].date_deadline, datetime(2026, 3, 3, 9, 0))
        self.assertEqual(clocks['solution'].date_deadline, datetime(2026, 3, 5, 9, 0))
        self.assertEqual(clocks['register'].date_deadline, datetime(2026, 3, 2, 14, 0))
        self.assertEqual(case.date_deadline, datetime(2026, 3, 2, 14, 0))

    def test_level_changes_the_promises_since_the_receipt(self):
        case = self._create_complaint()
        case.is_media = True
        clocks = self._get_clocks(case)
        self.assertEqual(clocks['response'].date_deadline, datetime(2026, 3, 2, 11, 0))
        self.assertEqual(clocks['solution'].date_deadline, datetime(2026, 3, 3, 9, 0))
        case.write({'is_media': False, 'amount_asked': 10000.0})
        clocks = self._get_clocks(case)
        self.assertEqual(clocks['response'].date_deadline, datetime(2026, 3, 2, 21, 0))
        self.assertEqual(clocks['feedback'].date_deadline, datetime(2026, 3, 4, 9, 0))
        self.assertEqual(clocks['solution'].date_deadline, datetime(2026, 3, 9, 9, 0))

    def test_steps_take_13_days_at_home_and_17_abroad(self):
        targets = self.env['aftersales.clock.target']
        for is_abroad, days in ((False, 13), (True, 17)):
            case = self._create_complaint(is_abroad=is_abroad)
            hours = sum(targets._find(
                case._name, f'complaint_{kind}', *case._get_clock_facts()).duration
                for kind in STEPS)
            self.assertEqual(hours / 8, days)

    def test_step_clocks_follow_the_sheet(self):
        case = self._create_complaint().with_user(self.desk)
        case.action_judge()
        self.assertIn('to_quality', self._get_clocks(case))
        self.assertIn('register', self._get_clocks(case, 'met'))
        case.action_assign()
        case.action_investigate()
        self.assertIn('quality', self._get_clocks(case))
        for hop in ('production', 'development', 'check', 'proposal'):
            case.hop = hop
            self.assertEqual(
                set(self._get_clocks(case)), {'response', 'solution', hop})
        case.write({'cause': "Gas", 'cause_category': 'material', 'offer': "Sorry"})
        case.action_submit()
        self.assertIn('approval', self._get_clocks(case))
        case.action_approve()
        self.assertIn('inform', self._get_clocks(case))
        with self.assertRaisesRegex(UserError, "during the investigation only"):
            case.hop = 'quality'
        case.answer = "We are sorry"
        case.action_inform()
        self.assertEqual(set(self._get_clocks(case)), {'solution'})
        case.action_settle()
        self.assertFalse(self._get_clocks(case))
        self.assertFalse(case.date_deadline)

    def test_complaint_that_no_handler_takes_within_a_day_alarms_the_desk(self):
        case = self._create_complaint()
        clock = self._get_clocks(case)['taken']
        self.assertEqual(clock.date_deadline, datetime(2026, 3, 3, 9, 0))
        with freeze_time(datetime(2026, 3, 3, 9, 1)):
            with self.enter_registry_test_mode():
                self.env.ref('aftersales_service.ir_cron_clock_alert').method_direct_trigger()
            self.assertGreaterEqual(clock.percent_alerted, 100)
            self.assertIn(self.desk, case.sudo().activity_ids.user_id)
            case.user_id = self.agent
        self.assertIn('taken', self._get_clocks(case, 'missed'))

    def test_complaint_that_a_handler_takes_in_time_alarms_no_more(self):
        case = self._create_complaint()
        case.with_user(self.desk).user_id = self.desk
        self.assertIn('taken', self._get_clocks(case, 'met'))
        mine = self._create_complaint(self.env(user=self.agent))
        self.assertNotIn('taken', self._get_clocks(mine))
        judged = self._create_complaint().with_user(self.desk)
        judged.action_judge()
        judged.unit_user_id = self.employee
        judged.action_assign()
        self.assertIn('taken', self._get_clocks(judged, 'met'))

    def test_reopened_complaint_is_promised_again(self):
        case = self._settle(self._create_complaint())
        self.assertTrue(case.date_answered)
        with freeze_time(datetime(2026, 3, 9, 9, 0)):
            case.action_reopen()
            self.assertEqual(case.reopen_count, 1)
            # it is answered again: the customer's time runs
            self.assertRecordValues(case, [{'date_answered': False, 'date_settled': False}])
            self.assertEqual(
                self._get_clocks(case)['solution'].date_deadline, datetime(2026, 3, 12, 9, 0))

    def test_rejected_answer_is_promised_again_to_law_and_platform(self):
        china = self.env.ref('base.cn')
        consumer = self.customer.copy({'phone': False, 'country_id': china.id})
        case = self._judge(self._create_complaint(
            partner_id=consumer.id, channel='platform',
            date_external_deadline=datetime(2026, 3, 20, 12, 0)))
        self._propose(case)
        case.action_approve()
        case.answer = "We fill it up."
        case.action_inform()
        self.assertFalse({'law', 'platform'} & set(self._get_clocks(case)))
        with freeze_time(datetime(2026, 3, 9, 9, 0)):
            case.rejection_reason = "It is still warm"
            case.action_reject()
            clocks = self._get_clocks(case)
            self.assertEqual(
                clocks['platform'].date_deadline, datetime(2026, 3, 20, 12, 0))
            self.assertEqual(clocks['law'].date_start, case.date_received)
        self.assertFalse(case.date_answered)

    def test_media_is_urgent_by_its_channel(self):
        case = self._create_complaint(channel='media')
        self.assertRecordValues(case, [{'is_media': True, 'level': 'urgent'}])
        case.channel = 'phone'
        self.assertTrue(case.is_media)  # what was said in public stays

    def test_law_counts_calendar_days_of_a_consumer_in_china(self):
        china = self.env.ref('base.cn')
        consumer = self.customer.copy({'phone': False, 'country_id': china.id})
        case = self._create_complaint(partner_id=consumer.id)
        law = self._get_clocks(case)['law']
        self.assertEqual((law.unit, law.duration, law.is_fixed), ('days', 15, True))
        case.delay_reason = "The glass is examined by the maker until 1 April"
        self.assertNotIn('law', self._get_clocks(case))
        firm = self.customer.copy({
            'phone': False, 'country_id': china.id, 'is_company': True})
        self.assertNotIn('law', self._get_clocks(self._create_complaint(partner_id=firm.id)))

    def test_authority_ticked_by_hand_survives_another_channel(self):
        case = self._create_complaint(channel='phone').with_user(self.desk)
        self.assertFalse(case.is_authority)
        case.is_authority = True
        case.channel = 'mail'
        self.assertTrue(case.is_authority)
        other = self._create_complaint(channel='authority')
        self.assertTrue(other.is_authority)

    def test_authority_and_platform_say_until_when(self):
        until = datetime(2026, 3, 3, 12, 0)
        case = self._create_complaint(channel='platform', date_external_deadline=until)
        clock = self._get_clocks(case)['platform']
        self.assertEqual((clock.date_deadline, clock.is_fixed), (until, True))
        case.date_external_deadline = later = datetime(2026, 3, 4, 12, 0)
        self.assertEqual(clock.date_deadline, later)

    def test_injury_is_reported_within_two_working_days(self):
        case = self._create_complaint(is_injury=True).with_user(self.desk)
        self.assertEqual(
            self._get_clocks(case)['injury'].date_deadline, datetime(2026, 3, 4, 9, 0))
        case.action_report_injury()
        self.assertIn('injury', self._get_clocks(case, 'met'))

    def test_first_words_to_the_customer_keep_the_first_promise(self):
        case = self._create_complaint().with_user(self.desk)
        case.message_post(body="an internal note")
        self.assertIn('response', self._get_clocks(case))
        case.message_post(body="We look into it", message_type='comment',
                          subtype_xmlid='mail.mt_comment')
        self.assertIn('response', self._get_clocks(case, 'met'))
        self.assertTrue(case.date_responded)

    def test_grievance_that_the_outlet_does_not_settle_becomes_a_complaint(self):
        case = self._create_complaint(is_grievance=True).with_user(self.desk)
        self.assertEqual(set(self._get_clocks(case)), {'grievance'})
        for step in (case.action_judge, case.action_unfounded):
            with self.assertRaisesRegex(UserError, "outlet"):
                step()
        clock = self._get_clocks(case)['grievance']
        self.assertEqual(clock.date_deadline, datetime(2026, 3, 5, 9, 0))
        with freeze_time(datetime(2026, 3, 5, 10, 0)), self.enter_registry_test_mode():
            self.env.ref('aftersales_service.ir_cron_clock_alert').method_direct_trigger()
        self.assertFalse(case.is_grievance)
        self.assertIn('solution', self._get_clocks(case))
        case.action_judge()

    def test_grievance_is_settled_by_the_outlet(self):
        case = self._create_complaint(is_grievance=True, answer="We came again")
        case = case.with_user(self.agent)
        case.action_solve_now()
        self.assertEqual(case.state, 'settled')
        self.assertIn('grievance', self._get_clocks(case, 'met'))

    def test_praise_and_anomaly_run_no_customer_clock(self):
        praise = self._create_complaint(kind='praise').with_user(self.desk)
        self.assertFalse(praise.clock_ids)
        with self.assertRaisesRegex(UserError, "no demand"):
            praise.action_solve_now()
        praise.action_close()
        anomaly = self._create_complaint(kind='anomaly').with_user(self.desk)
        anomaly.action_improve()
        self.assertEqual(anomaly.state, 'improving')
        with self.assertRaisesRegex(UserError, "Only an anomaly"):
            self._create_complaint().with_user(self.desk).action_improve()
