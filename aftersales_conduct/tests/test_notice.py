from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ConductCommon


@tagged('post_install', '-at_install')
class TestNotice(ConductCommon):
    """A demerit is asked about, decided by another person, and open to appeal."""

    @users('officer')
    def test_three_fields_make_a_notice(self):
        form = Form(self.env['aftersales.notice'])
        form.employee_id = self.wu.with_env(self.env)
        form.offence_id = self.offence.with_env(self.env)
        form.facts = "A valve was not mounted"
        notice = form.save()
        self.assertRecordValues(notice, [{
            'user_id': self.worker.id, 'department_id': self.department.id, 'points': 3.0,
            'sanction_id': self.sanction.id, 'validity_months': 6, 'author_id': self.officer.id,
            'person_name': "Wu Wei"}])
        self.assertTrue(notice.name.startswith('RP/'))
        self.assertEqual(notice.display_name, notice.name)  # it names no person

    def test_way_of_a_demerit(self):
        notice = self._serve(self._write_notice())
        self.assertRecordValues(notice, [{
            'state': 'served', 'decider_id': self.second.id, 'stated_by_id': self.worker.id}])
        self.assertTrue(notice.appeal_date)
        with self.assertRaisesRegex(UserError, "may still appeal"):
            notice._set_state('final')
        self._close_appeal(notice)
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_conduct.ir_cron_aftersales_notice').method_direct_trigger()
        self.assertEqual(notice.state, 'final')

    def test_nothing_is_decided_before_the_answer_or_its_time(self):
        with freeze_time('2026-06-01 08:00:00'):
            notice = self._write_notice()
            with self.assertRaisesRegex(UserError, "Ask the person for a statement first"):
                notice.action_propose()
            notice.action_ask_statement()
            self.assertEqual(str(notice.statement_date), '2026-06-04')
            with self.assertRaisesRegex(UserError, "may answer until"):
                notice.action_propose()
        with freeze_time('2026-06-05 08:00:00'):
            notice.action_propose()
        self.assertEqual(notice.state, 'proposed')

    def test_weekends_do_not_shorten_the_time_to_answer(self):
        with freeze_time('2026-06-05 08:00:00'):  # a Friday
            notice = self._write_notice()
            notice.action_ask_statement()
        self.assertEqual(str(notice.statement_date), '2026-06-10')

    def test_without_evidence_nothing_is_proposed(self):
        notice = self._write_notice(evidence=False)
        notice.action_ask_statement()
        notice.statement = "Not me"
        notice.action_hand_in()
        with self.assertRaisesRegex(UserError, "Add the evidence first"):
            notice.action_propose()
        notice.photo_ids = [Command.create({
            'name': "log.txt", 'raw': b"line 3", 'mimetype': 'text/plain'})]
        notice.action_propose()

    def test_who_wrote_it_does_not_approve_it(self):
        notice = self._write_notice()
        notice.action_ask_statement()
        notice.write({'statement': "I was alone"})
        notice.action_hand_in()
        notice.action_propose()
        with self.assertRaisesRegex(AccessError, "Another person decides"):
            notice.action_approve()
        with self.assertRaises(AccessError):
            notice.with_user(self.stranger).action_approve()
        notice.with_user(self.second).action_approve()

    def test_the_only_officer_of_a_small_firm_decides_alone(self):
        self.second.active = False
        notice = self._write_notice()
        notice.action_ask_statement()
        notice.statement = "I was alone"
        notice.action_hand_in()
        notice.action_propose()
        notice.action_approve()
        self.assertEqual(notice.state, 'served')

    def test_named_approver_decides_and_changes_nothing_else(self):
        notice = self._write_notice(approver_id=self.boss.id)
        seen = notice.with_user(self.boss)
        self.assertFalse(seen.search([]))
        notice.action_ask_statement()
        notice.statement = "I was alone"
        notice.action_hand_in()
        notice.action_propose()
        with self.assertRaisesRegex(AccessError, "deciding manager who is named"):
            notice.with_user(self.second).action_approve()
        with self.assertRaisesRegex(AccessError, "you can only answer or decide"):
            seen.points = 0
        seen.decision_note = "Right"
        seen.action_approve()
        self.assertEqual(notice.decider_id, self.boss)
        with self.assertRaises(AccessError):
            seen.decision_note = "Wrong"

    def test_person_concerned_decides_nothing(self):
        """Not as an officer, and not as the approver either."""
        self.worker.group_ids = [Command.link(
            self.env.ref('aftersales_conduct.group_conduct_officer').id)]
        with self.assertRaisesRegex(AccessError, "notice about yourself"), self.cr.savepoint():
            self._write_notice(self.worker)
        notice = self._write_notice(approver_id=self.worker.id)
        mine = notice.with_user(self.worker)
        with self.assertRaises(AccessError):
            mine.points = 0
        with self.assertRaisesRegex(AccessError, "cannot delete a notice about yourself"):
            mine.unlink()
        with self.assertRaisesRegex(AccessError, "cancel a demerit of your own"):
            mine.action_offset()
        notice.action_ask_statement()
        notice.statement = "Not me"
        notice.action_hand_in()
        with self.assertRaisesRegex(UserError, "cannot be the deciding manager"):
            notice.action_propose()
        notice.approver_id = False
        notice.action_propose()
        for step in mine.action_approve, mine.action_send_back, mine.action_revoke:
            with self.assertRaisesRegex(AccessError, "is about you"):
                step()

    def test_what_steps_note_is_protected(self):
        notice = self._write_notice()
        for name in ('state', 'user_id', 'author_id', 'decider_id', 'date_served', 'date_stated',
                     'valid_until', 'statement_date', 'appeal_date', 'offset_id', 'res_id'):
            with self.subTest(field=name), self.assertRaisesRegex(AccessError, "is protected"):
                notice.write({name: False})
        with self.assertRaisesRegex(AccessError, "is protected"):
            self._write_notice(act_date='2026-01-01', decider_id=self.second.id)

    def test_statement_stays_as_it_was_handed_in(self):
        notice = self._write_notice()
        notice.action_ask_statement()
        mine = notice.with_user(self.worker)
        with self.assertRaisesRegex(UserError, "Write the statement first"):
            mine.action_hand_in()
        mine.statement = "I was alone"
        mine.action_hand_in()
        for user in self.worker, self.officer:
            with self.assertRaisesRegex(UserError, "stay as they are"):
                notice.with_user(user).statement = "I confess"
        with self.assertRaisesRegex(UserError, "stay as they are"):
            notice.facts = "Three valves"

    def test_sent_back_needs_a_reason_and_a_new_answer(self):
        notice = self._write_notice()
        notice.action_ask_statement()
        notice.statement = "I was alone"
        notice.action_hand_in()
        notice.action_propose()
        second = notice.with_user(self.second)
        with self.assertRaisesRegex(UserError, "Write why you send it back"):
            second.action_send_back()
        second.decision_note = "Name the line"
        second.action_send_back()
        self.assertRecordValues(notice, [{'state': 'draft', 'date_stated': False}])
        notice.facts = "A valve was not mounted on line 3"
        with self.assertRaisesRegex(UserError, "Ask the person"):
            notice.action_propose()

    # === APPEAL === #

    def test_appeal_suspends_and_another_person_decides(self):
        notice = self._serve(self._write_notice())
        points = self.env['aftersales.notice']._get_points
        self.assertEqual(points(employee=self.wu), 3.0)
        mine = notice.with_user(self.worker)
        with self.assertRaisesRegex(UserError, "Write the reason of the appeal"):
            mine.action_appeal()
        mine.appeal = "The plan was wrong"
        mine.action_appeal()
        self.assertEqual(points(employee=self.wu), 0.0)
        third = new_test_user(self.env, 'third', 'aftersales_conduct.group_conduct_officer')
        for user in self.officer, self.second:
            with self.assertRaisesRegex(AccessError, "Another person decides"):
                notice.with_user(user).action_reject_appeal()
        with self.assertRaisesRegex(UserError, "Write the reasons on the appeal"):
            notice.with_user(third).action_reject_appeal()
        notice.with_user(third).appeal_note = "The plan was right"
        notice.with_user(third).action_reject_appeal()
        self.assertRecordValues(notice, [{'state': 'final', 'appeal_decider_id': third.id}])
        self.assertEqual(points(employee=self.wu), 3.0)

    def test_appeal_after_its_time_is_refused(self):
        notice = self._serve(self._write_notice())
        self._close_appeal(notice)
        mine = notice.with_user(self.worker)
        mine.appeal = "Too late"
        with self.assertRaisesRegex(UserError, "time to appeal ended"):
            mine.action_appeal()

    def test_upheld_appeal_frees_the_act(self):
        notice = self._serve(self._write_notice())
        mine = notice.with_user(self.worker)
        mine.appeal = "It was a colleague"
        mine.action_appeal()
        third = new_test_user(self.env, 'third', 'aftersales_conduct.group_conduct_officer')
        notice.with_user(third).appeal_note = "So it was"
        notice.with_user(third).action_uphold_appeal()
        self.assertEqual(notice.state, 'revoked')
        self.assertTrue(self._write_notice())

    # === ONE ACT, ONE NOTICE === #

    @mute_logger('odoo.sql_db')
    def test_one_act_makes_one_notice(self):
        self._write_notice()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._write_notice()
        other = self.env['hr.employee'].create({'name': "Other"})
        self.assertTrue(self._write_notice(employee_id=other.id))
        self.assertTrue(self._write_notice(
            act_date=fields.Date.today() - timedelta(days=1)))

    @mute_logger('odoo.sql_db')
    def test_one_document_makes_one_notice_about_a_person(self):
        self.officer.group_ids = [Command.link(
            self.env.ref('aftersales_service.group_aftersales_team_lead').id)]
        order = self.env['aftersales.order'].create({
            'partner_id': self.env['res.partner'].create({'name': "Li Na"}).id,
            'description': "It leaks"})
        source = {'res_model': 'aftersales.order', 'res_id': order.id}
        notice = self._write_notice(**source)
        other = self.env['aftersales.offence'].create({'code': 'T03', 'name': "Other act"})
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._write_notice(offence_id=other.id, **source)
        notice.revoke_reason = "The wrong act"
        notice.action_revoke()
        self.assertTrue(self._write_notice(offence_id=other.id, **source))

    def test_document_that_the_officer_may_not_read_is_no_source(self):
        order = self.env['aftersales.order'].create({
            'partner_id': self.env['res.partner'].create({'name': "Li Na"}).id,
            'description': "It leaks"})
        with self.assertRaises(AccessError):
            self._write_notice(res_model='aftersales.order', res_id=order.id)
        with self.assertRaisesRegex(UserError, "records of this kind"):
            self._write_notice(res_model='res.users', res_id=self.boss.id)

    @mute_logger('odoo.sql_db')
    def test_a_notice_is_about_one_person(self):
        technician = new_test_user(self.env, 'outlet_tech', 'base.group_portal')
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._write_notice(technician_id=technician.id)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._write_notice(employee_id=False)
        notice = self._write_notice(employee_id=False, technician_id=technician.id)
        self.assertEqual(notice.user_id, technician)
        with self.assertRaisesRegex(ValidationError, "is a colleague"):
            self._write_notice(employee_id=False, technician_id=self.boss.id)

    def test_act_of_tomorrow_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot lie in the future"):
            self._write_notice(act_date=fields.Date.today() + timedelta(days=2))

    # === MERITS === #

    def _honour(self, **values):
        merit = self._write_notice(offence_id=self.praise.id, **values)
        merit.action_propose()
        merit.with_user(self.second).action_approve()
        return merit

    def test_merit_is_final_at_once_and_cancels_a_demerit_of_its_year(self):
        demerit = self._serve(self._write_notice())
        self._close_appeal(demerit)
        demerit.action_reject_appeal()
        with self.assertRaisesRegex(UserError, "No merit of the same year"):
            demerit.action_offset()
        merit = self._honour()
        self.assertRecordValues(merit, [{'state': 'final', 'decider_id': self.second.id}])
        points = self.env['aftersales.notice']._get_points
        self.assertEqual(points(employee=self.wu), -2.0)
        with self.assertRaises(AccessError):
            demerit.with_user(self.worker).action_offset()
        demerit.action_offset()
        self.assertEqual(demerit.offset_id, merit)
        self.assertEqual(points(employee=self.wu), 0.0)
        for value in False, merit.id:
            with self.assertRaises(UserError):
                demerit.offset_id = value

    def test_merit_of_another_year_or_a_lower_level_cancels_nothing(self):
        minor = self.env.ref('aftersales_conduct.aftersales_sanction_minor')
        demerit = self._serve(self._write_notice(sanction_id=minor.id))
        self._close_appeal(demerit)
        demerit.action_reject_appeal()
        self._honour()
        self._honour(act_date='2020-05-05')
        with self.assertRaisesRegex(UserError, "No merit of the same year"):
            demerit.action_offset()

    def test_merit_is_approved_by_another_person_too(self):
        merit = self._write_notice(offence_id=self.praise.id)
        with self.assertRaisesRegex(UserError, "A merit needs no statement"):
            merit.action_ask_statement()
        merit.action_propose()
        with self.assertRaisesRegex(AccessError, "Another person decides"):
            merit.action_approve()

    def test_burden_proposes_the_step_and_its_money(self):
        notice = self._write_notice(burden=5001, base_points=2)
        self.assertRecordValues(notice, [{
            'sanction_id': self.env.ref('aftersales_conduct.aftersales_sanction_minor').id,
            'amount': 1600.0}])

    def test_notice_is_spent_after_its_months(self):
        with freeze_time('2026-01-15 08:00:00'):
            notice = self._serve(self._write_notice())
        self.assertEqual(str(notice.valid_until), '2026-07-14')

    # === THE LADDER === #

    def _act(self, points, sanction, **values):
        return self.env['aftersales.offence'].create({
            'code': f'L{points}', 'name': "Act", 'points': points, **values,
            'sanction_id': self.env.ref(f'aftersales_conduct.aftersales_sanction_{sanction}').id})

    def _serve_on(self, day, offence, **values):
        with freeze_time(f'{day} 08:00:00'):
            return self._serve(self._write_notice(
                act_date=day, offence_id=offence.id, **values))

    def test_points_count_for_twelve_months_whatever_the_sanction(self):
        """Self-criticism is spent after 3 months; its points count for 12."""
        promise = self._act(2, 'self_criticism')
        for day in '2025-02-10', '2025-03-10', '2025-04-10':
            notice = self._serve_on(day, promise)
        points = self.env['aftersales.notice']._get_points
        for day, count in (('2025-11-15', 6.0), ('2026-02-09', 6.0), ('2026-02-10', 4.0),
                           ('2026-04-10', 0.0)):
            with self.subTest(day):
                self.assertEqual(points(employee=self.wu, day=fields.Date.to_date(day)), count)
        self.assertEqual(notice.sanction_id.name, "Minor Demerit")  # 6 points

    def test_points_of_twelve_months_propose_the_step(self):
        """5 points that count, and an act of 4, whose usual sanction is a warning: 9."""
        self._serve_on('2026-01-10', self._act(5, 'self_criticism'))
        rude = self._act(4, 'warning')
        with freeze_time('2026-06-10 08:00:00'):
            notice = self._write_notice(act_date='2026-06-10', offence_id=rude.id)
        self.assertEqual(notice.sanction_id.name, "Major Demerit")
        notice.points = 3  # 8 of 9
        self.assertEqual(notice.sanction_id.name, "Minor Demerit")
        other = self.env['hr.employee'].create({'name': "Other"})
        notice = self._write_notice(
            act_date='2026-06-10', offence_id=rude.id, employee_id=other.id)
        self.assertEqual(notice.sanction_id.name, "Warning")
        with freeze_time('2027-01-15 08:00:00'):  # the first act is twelve months back
            notice = self._write_notice(act_date='2027-01-10', offence_id=rude.id)
        self.assertEqual(notice.sanction_id.name, "Warning")

    def test_valid_warnings_add_up_and_none_counts_twice(self):
        """2 warnings are a minor demerit, 4 a major one; the third alone stays a warning."""
        proposed = []
        for day in range(1, 5):
            act = self._act(0, 'warning', date_from=f'2026-03-0{day}')
            proposed.append(self._serve_on(f'2026-03-0{day}', act).sanction_id.name)
        self.assertEqual(proposed, ["Warning", "Minor Demerit", "Warning", "Major Demerit"])
        with freeze_time('2028-03-01 08:00:00'):  # all are spent
            notice = self._write_notice(act_date='2028-03-01', offence_id=act.id)
        self.assertEqual(notice.sanction_id.name, "Warning")

    def test_a_demerit_needs_two_approvals_and_the_named_manager_serves(self):
        """Dismissal on one officer's word is refused: the department, then the manager."""
        third = new_test_user(self.env, 'third', 'aftersales_conduct.group_conduct_officer')
        sale = self._act(12, 'dismissal')
        for approver in False, self.boss.id:
            notice = self._write_notice(
                offence_id=sale.id, approver_id=approver, act_date='2026-05-0' + (
                    '1' if approver else '2'))
            notice.action_ask_statement()
            notice.with_user(self.worker).statement = "I did not"
            notice.with_user(self.worker).action_hand_in()
            notice.action_propose()
            for user in (self.officer, self.boss) if approver else (self.officer,):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    notice.with_user(user).action_approve()
            notice.with_user(self.second).action_approve()
            self.assertRecordValues(notice, [{
                'state': 'proposed', 'first_approver_ids': self.second.ids}])
            with self.assertRaisesRegex(AccessError, "approved it already"), (
                    self.cr.savepoint()):
                notice.with_user(self.second).action_approve()
            last = self.boss if approver else third
            notice.with_user(last).action_approve()
            self.assertRecordValues(notice, [{'state': 'served', 'decider_id': last.id}])

    def test_points_stay_within_the_range_of_the_act(self):
        leak = self._act(9, 'major', points_max=12)
        for points in 8, 50:
            with self.subTest(points), self.assertRaisesRegex(
                    ValidationError, "9 to 12 points"), self.cr.savepoint():
                self._write_notice(offence_id=leak.id, points=points)
        self.assertEqual(self._write_notice(offence_id=leak.id, points=12).points, 12)

    # === PAPERS === #

    def test_only_drafts_are_deleted(self):
        notice = self._serve(self._write_notice())
        with self.assertRaisesRegex(UserError, "Only drafts can be deleted"):
            notice.unlink()
        with self.assertRaisesRegex(UserError, "Write the reason first"):
            notice.with_user(self.second).action_revoke()

    def test_receipt_is_signed_by_the_person(self):
        notice = self._serve(self._write_notice())
        notice.with_user(self.worker).signature = SIGNATURE
        with self.assertRaises(AccessError):
            notice.with_user(self.worker).points = 0
