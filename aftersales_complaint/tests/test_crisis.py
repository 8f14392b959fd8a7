from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestCrisis(ComplaintCommon):
    """Abnormal complaints take two persons and a lawyer; a crisis has one voice."""

    def _abnormal(self, **values):
        return self._create_complaint(
            is_abnormal=True, abnormal_facts="Asks 50,000 for a filter, threatens on the phone",
            sign_threat=True, user_id=self.desk.id, **values)

    def test_abnormal_is_a_matter_of_facts(self):
        case = self._create_complaint()
        for values in ({}, {'abnormal_facts': "Loud"}, {'sign_threat': True}):
            with self.assertRaisesRegex(ValidationError, "abnormal by facts"), self.cr.savepoint():
                case.write({'is_abnormal': True, **values})

    def test_abnormal_answer_takes_a_second_person_and_a_legal_check(self):
        case = self._abnormal().with_user(self.desk)
        case.answer = "We cannot see a fault. You can appeal."
        with self.assertRaisesRegex(UserError, "name the second person"):
            case.action_unfounded()
        with self.assertRaisesRegex(ValidationError, "another one than who handles"):
            case.second_user_id = self.desk
        case.second_user_id = self.agent
        with self.assertRaisesRegex(UserError, "checked legally first"):
            case.action_unfounded()
        case.legal_note = "Correct"
        with self.assertRaisesRegex(AccessError, "Another person checks"):
            case.action_check_legally()
        case.with_user(self.lead).action_check_legally()
        case.answer = "We cannot see a fault, and you are rude. You can appeal."
        with self.assertRaisesRegex(UserError, "checked legally first"):
            case.action_unfounded()  # another answer than the one that was checked
        case.with_user(self.lead).action_check_legally()
        case.action_unfounded()
        self.assertEqual(case.state, 'unfounded')

    def test_stamps_of_the_check_are_protected(self):
        case = self._abnormal().with_user(self.desk)
        for name in 'date_legal', 'date_crisis', 'date_statement', 'crisis_log':
            with self.subTest(field=name), self.assertRaisesRegex(AccessError, "protected"):
                case[name] = False

    def test_crisis_file_of_an_urgent_complaint(self):
        case = self._create_complaint().with_user(self.desk)
        with self.assertRaisesRegex(UserError, "Only an urgent complaint"):
            case.action_open_crisis()
        case.level = 'urgent'
        with self.assertRaisesRegex(AccessError, "desk and team leads"):
            case.user_id = self.agent
            case.with_user(self.agent).action_open_crisis()
        case.action_open_crisis()
        self.assertRecordValues(case, [{'crisis_leader_id': self.desk.id}])
        self.assertEqual(case.date_statement_due - case.date_crisis, timedelta(hours=24))
        case.write({'crisis_team_ids': [Command.set(self.lead.ids)],
                    'crisis_speaker_id': self.lead.id})
        with self.assertRaisesRegex(UserError, "write the statement first"):
            case.with_user(self.lead).action_give_statement()
        case.crisis_statement = "We look into it and help those concerned."
        with self.assertRaisesRegex(AccessError, "Only the speaker"):
            case.with_user(self.complaint_manager).action_give_statement()
        case.with_user(self.lead).action_give_statement()
        case.crisis_entry = "The newspaper called"
        case.action_log_crisis()
        lines = case.crisis_log.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertIn("Desk Dina: The newspaper called", lines[-1])
        self.assertFalse(case.crisis_entry)

    def test_crisis_file_is_complete_before_the_case_closes(self):
        case = self._settle(self._create_complaint())
        case.level = 'urgent'
        case.action_open_crisis()
        case.action_improve()
        with self.assertRaisesRegex(UserError, "crisis file is not complete"):
            case.action_close()

    def test_warning_of_a_crisis_ends_with_it(self):
        warning = self.env.ref('mail.mail_activity_data_warning')
        case = self._create_complaint(level='urgent').with_user(self.desk)

        def warned():
            return case.sudo().activity_ids.filtered(
                lambda activity: activity.activity_type_id == warning).user_id

        case.action_open_crisis()
        self.assertIn(self.complaint_manager, warned())
        case.write({'crisis_team_ids': [Command.set(self.lead.ids)],
                    'crisis_speaker_id': self.desk.id, 'crisis_statement': "We look into it."})
        case.action_give_statement()
        self.assertTrue(warned())
        case.crisis_review = "The valve is checked twice now."
        self.assertFalse(warned())

    # === SERVICE RECOVERY === #

    def test_effect_of_a_gesture_is_asked_a_week_later_and_noted(self):
        case = self._create_complaint(user_id=self.desk.id).with_user(self.desk)
        case.write({'answer': "We are sorry: here is a coupon", 'gesture': 'coupon'})
        case.action_solve_now()
        activity = case.activity_ids.filtered(
            lambda activity: activity.summary == "Ask whether the gesture helped")
        self.assertEqual(activity.user_id, self.desk)
        self.assertEqual(
            activity.date_deadline, fields.Date.context_today(case) + timedelta(days=7))
        case.action_close()
        case.gesture_effect = 'content'
        with self.assertRaises(UserError):
            case.gesture = 'gift'

    # === SPECIAL CUSTOMERS === #

    def test_two_persons_flag_a_special_customer_for_a_time(self):
        customer = self.customer.with_user(self.agent)
        with self.assertRaisesRegex(UserError, "Write down the facts"):
            customer.action_propose_aftersales_special()
        with freeze_time('2026-06-01'):
            customer.write({
                'aftersales_special_facts': "Hit a technician on 5 May, police report 17",
                'aftersales_special_until': '2026-12-31'})
            customer.action_propose_aftersales_special()
            self.assertFalse(customer.is_aftersales_special)
            with self.assertRaisesRegex(AccessError, "Another person confirms"):
                customer.action_confirm_aftersales_special()
            with self.assertRaises(AccessError):
                customer.with_user(self.employee).action_confirm_aftersales_special()
            customer.with_user(self.other_agent).action_confirm_aftersales_special()
            self.assertTrue(customer.is_aftersales_special)
            self.assertIn(customer, customer.search([('is_aftersales_special', '=', True)]))
            for values in ({'aftersales_special_facts': "Nothing"},
                           {'aftersales_special_until': '2030-01-01'},
                           {'aftersales_special_confirmer_id': self.agent.id}):
                with self.assertRaises(AccessError):
                    customer.write(values)
        customer.invalidate_recordset()
        with freeze_time('2027-01-01'):
            self.assertFalse(customer.is_aftersales_special)
            self.assertNotIn(customer, customer.search([('is_aftersales_special', '=', True)]))

    def test_flag_changes_no_promise_and_no_level(self):
        before = self._create_complaint()
        special = self.env['res.partner'].create({'name': "Another", 'phone': '+1 650 555 0177'})
        special.write({
            'aftersales_special_facts': "X", 'aftersales_special_until': fields.Date.today(),
            'aftersales_special_user_id': self.agent.id,
            'date_aftersales_special': fields.Datetime.now()})
        special.invalidate_recordset()
        after = self._create_complaint(partner_id=special.id)
        self.assertEqual(after.level, before.level)
        self.assertEqual(
            after.clock_ids.mapped('duration'), before.clock_ids.mapped('duration'))
        self.assertEqual(after.with_user(self.lead).special_note, "X")

    def test_flag_is_not_for_ever(self):
        with self.assertRaisesRegex(ValidationError, "two years at most"):
            self.customer.aftersales_special_until = '2099-01-01'
