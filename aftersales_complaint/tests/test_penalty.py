from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestPenalty(PenaltyCommon):
    """Who writes, answers, decides and appeals, and what must be there before."""

    def test_from_the_draft_to_the_notice(self):
        penalty = self._penalise()
        self.assertRecordValues(penalty, [{
            'state': 'draft', 'user_id': self.worker.id, 'department_id': self.department.id,
            'base_points': 1.0, 'amount_owed': 1500}])
        self._approve(penalty)
        self.assertRecordValues(penalty, [{
            'state': 'approved', 'decider_id': self.second.id, 'amount_owed': 1500}])
        self.assertEqual(str(penalty.first_month), '2026-01-01')
        self.assertEqual(str(penalty.appeal_date), '2026-01-19')

    def test_nothing_is_asked_without_evidence_and_reason(self):
        for missing, words in (('evidence', "Add the evidence"), ('reason', "what the person did")):
            with self.subTest(missing=missing), self.assertRaisesRegex(UserError, words):
                self._penalise(**{missing: False}).action_ask_statement()

    def test_approval_waits_for_the_statement_or_the_end_of_its_time(self):
        penalty = self._penalise()
        with freeze_time('2026-01-12 12:00:00'):  # a Monday; three working days
            penalty.action_ask_statement()
        self.assertEqual(str(penalty.statement_date), '2026-01-15')
        with freeze_time('2026-01-15 12:00:00'), self.assertRaisesRegex(
                UserError, "may answer until 01/15/2026"):
            penalty.with_user(self.second).action_approve()
        with freeze_time('2026-01-16 12:00:00'):
            penalty.with_user(self.second).action_approve()
        self.assertEqual(penalty.state, 'approved')

    def test_person_answers_and_nothing_else(self):
        penalty = self._penalise()
        penalty.action_ask_statement()
        own = penalty.with_user(self.worker)
        own.statement = "I was alone"
        with self.assertRaises(AccessError):
            own.amount = 1
        with self.assertRaises(AccessError):
            own.evidence = "None"
        own.action_hand_in()
        self.assertEqual(penalty.stated_by_id, self.worker)
        with self.assertRaisesRegex(UserError, "past this point"):
            own.statement = "Changed my mind"
        for step in ('action_approve', 'action_withdraw', 'action_back_to_draft'):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(own, step)()

    def test_statement_of_the_notice_counts(self):
        """One act, one notice: the person does not answer twice."""
        notice = self.env['aftersales.notice'].with_user(self.officer).create({
            'employee_id': self.wu.id, 'facts': "Wrong label", 'evidence': "Photo",
            'offence_id': self.env['aftersales.offence'].create({
                'code': 'T1', 'name': "Wrong label", 'points': 2}).id})
        penalty = self._penalise(notice_id=notice.id)
        penalty.action_ask_statement()
        notice.action_ask_statement()
        with self.assertRaisesRegex(UserError, "may answer until"):
            penalty.with_user(self.second).action_approve()
        notice.with_user(self.worker).statement = "I was alone"
        notice.with_user(self.worker).action_hand_in()
        penalty.with_user(self.second).action_approve()
        with mute_logger('odoo.sql_db'), self.assertRaisesRegex(
                IntegrityError, "one_notice"), self.env.cr.savepoint():
            self._penalise(notice_id=notice.id)

    def test_notice_is_written_from_the_penalty(self):
        """The burden proposes the step of the ladder: 501 to 2,000 a reprimand or warning."""
        penalty = self._penalise()
        with self.assertRaisesRegex(UserError, "Choose the act"):
            penalty.action_write_notice()
        penalty.offence_id = self.env['aftersales.offence'].create({
            'code': 'T1', 'name': "Wrong label", 'points': 2})
        penalty.action_write_notice()
        notice = penalty.notice_id
        self.assertRecordValues(notice, [{
            'employee_id': self.wu.id, 'burden': 1500, 'base_points': 1, 'state': 'draft',
            'facts': "Wrong label"}])
        self.assertTrue(notice.sanction_id)
        penalty.action_write_notice()
        self.assertEqual(penalty.notice_id, notice)

    def test_notice_of_another_person_is_refused(self):
        other = self._create_employee("Li Lei")
        notice = self.env['aftersales.notice'].with_user(self.officer).create({
            'employee_id': other.id, 'facts': "Wrong label", 'evidence': "Photo",
            'offence_id': self.env['aftersales.offence'].create({
                'code': 'T1', 'name': "Wrong label", 'points': 2}).id})
        with self.assertRaisesRegex(ValidationError, "about another person"):
            self._penalise(notice_id=notice.id)

    # === WHO DECIDES === #

    def test_another_person_approves(self):
        penalty = self._penalise()
        penalty.action_ask_statement()
        penalty.sudo().date_stated = '2026-01-01'
        with self.assertRaisesRegex(AccessError, "Another person decides"):
            penalty.action_approve()
        for user in self.worker, self.boss, self.complaint_manager, self.lead, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                penalty.with_user(user).action_approve()
        self.assertEqual(penalty.state, 'statement')

    def test_liable_officer_does_not_decide(self):
        employee = self._create_employee("Sven Strand", self.second)
        self.env['aftersales.penalty.acknowledgement'].create({
            'scheme_id': self.handbook.id, 'employee_id': employee.id})
        penalty = self._penalise(employee=employee)
        penalty.action_ask_statement()
        penalty.sudo().date_stated = '2026-01-01'
        with self.assertRaisesRegex(AccessError, "This is about you"):
            penalty.with_user(self.second).action_approve()
        with self.assertRaisesRegex(AccessError, "about yourself"):
            self._penalise(self.second, employee)

    def test_deciding_manager_reads_and_decides(self):
        penalty = self._penalise(approver_id=self.boss.id)
        with self.assertRaises(AccessError):  # not asked yet
            penalty.with_user(self.boss).read(['amount'])
        penalty.action_ask_statement()
        penalty.sudo().date_stated = '2026-01-01'
        with self.assertRaisesRegex(AccessError, "deciding manager"):
            penalty.with_user(self.second).action_approve()
        boss = penalty.with_user(self.boss)
        boss.decision_note = "It happened before"
        with self.assertRaises(AccessError):
            boss.amount = 3000
        boss.action_approve()
        self.assertEqual(penalty.decider_id, self.boss)

    def test_only_officer_of_a_small_firm_decides_alone(self):
        self.second.group_ids = self.env.ref('base.group_user')
        penalty = self._penalise()
        penalty.action_ask_statement()
        penalty.sudo().date_stated = '2026-01-01'
        penalty.action_approve()
        self.assertEqual(penalty.state, 'approved')

    # === SCHEMES === #

    def test_persons_are_off_until_a_scheme_is_switched_on(self):
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        penalty = self._penalise()
        with self.assertRaisesRegex(UserError, "is switched off"):
            self._approve(penalty)
        with self.assertRaises(AccessError):
            self.handbook.with_user(self.officer).action_switch_on()
        self.handbook.rule_version = False
        with self.assertRaisesRegex(UserError, "version of the published rule"):
            self.handbook.with_user(self.complaint_manager).action_switch_on()

    def test_employee_acknowledged_this_version(self):
        other = self._create_employee("Li Lei")
        penalty = self._penalise(employee=other)
        with self.assertRaisesRegex(UserError, "Li Lei did not acknowledge version 2026-1"):
            self._approve(penalty)
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        self._switch_on(self.handbook, other)
        self._approve(self._penalise(employee=other))
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        self.handbook.rule_version = '2027-1'
        self.handbook.with_user(self.complaint_manager).action_switch_on()
        with self.assertRaisesRegex(UserError, "did not acknowledge version 2027-1"):
            self._approve(self._penalise(employee=other))

    def test_switched_on_scheme_stays_as_it_was_acknowledged(self):
        with self.assertRaisesRegex(UserError, "switch them off"):
            self.handbook.with_user(self.complaint_manager).bonus_percent = 80
        for vals, words in (({'bonus_percent': 0}, "needs a cap"),
                            ({'wage_percent': 20}, "minimum wage must stay"),
                            ({'kind': 'adjustment'}, "never carried over")):
            with self.subTest(vals=vals), self.assertRaisesRegex(
                    ValidationError, words), self.env.cr.savepoint():
                self.handbook.sudo().write(vals)

    def test_scheme_of_the_country_is_proposed(self):
        schemes = self.env['aftersales.penalty.scheme']
        self.env.company.country_id = self.env.ref('base.cn')
        found = schemes._find(self.env.company, date(2026, 1, 12))
        self.assertEqual(found.mapped('kind'), ['adjustment', 'compensation', 'handbook'])
        self.assertEqual(self._penalise(scheme_id=None).scheme_id.kind, 'adjustment')
        self.env.company.country_id = self.env.ref('base.us')
        self.assertEqual(self._penalise(scheme_id=None).scheme_id.kind, 'handbook')

    def test_unknown_base_points_and_pay_are_refused_by_name(self):
        self.wu.version_id.aftersales_bonus = 0
        with self.assertRaisesRegex(UserError, "caps the deduction is not known of Wu Wei"):
            self._approve(self._penalise())
        self.wu.version_id.aftersales_bonus = 1000
        self.job.aftersales_base_points = 0
        with self.assertRaisesRegex(UserError, "No base points are known of Wu Wei"):
            self._approve(self._penalise())

    # === COMPENSATION (CHINA) === #

    def _compensate(self, own_share=10, **values):
        scheme = self.env.ref(
            'aftersales_complaint.aftersales_penalty_scheme_china_compensation')
        self.env.company.country_id = self.env.ref('base.cn')
        self.wu.address_id = self.env['res.partner'].create({
            'name': "Works", 'country_id': self.env.ref('base.cn').id,
            'state_id': self.env.ref('base.state_cn_SH').id})
        self._switch_on(scheme, self.wu)
        case = self._create_complaint(kind='quality')
        self._share(case, 100 - own_share, 'department', department_id=self.department.id)
        if own_share:
            self._share(case, own_share)
        person = self.env['aftersales.complaint.liability.person'].with_user(
            self.complaint_manager)
        person.create({'liability_id': case.liability_ids[:1].id, 'employee_id': self.wu.id})
        return self._penalise(**{
            'scheme_id': scheme.id, 'complaint_id': case.id, 'gravity': 'gross',
            'contract_clause': "Clause 12", **values})

    def test_compensation_asks_for_fault_clause_and_a_share_of_the_company(self):
        for values, words in (({'gravity': 'negligence'}, "intent or gross negligence only"),
                              ({'contract_clause': False}, "clause of the contract"),
                              ({'own_share': 0}, "share of its own")):
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                with self.assertRaisesRegex(UserError, words):
                    self._approve(self._compensate(**values))
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self._approve(self._compensate()).state, 'approved')

    def test_compensation_is_a_fifth_of_the_wage_and_leaves_the_minimum(self):
        penalty = self._compensate(amount=2500)
        self._approve(penalty)
        self.wu.version_id.wage = 5000
        self._run('2026-02-05 12:00:00')
        self.wu.version_id.wage = 3000  # Shanghai: 2,740 stay
        self._run('2026-03-05 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 1000), ('2026-02', 'deduction', 260)])

    def test_unknown_minimum_wage_is_refused(self):
        penalty = self._compensate()
        self.wu.address_id.state_id = self.env.ref('base.state_cn_HB')
        with self.assertRaisesRegex(UserError, "minimum wage that caps"):
            self._approve(penalty)

    # === APPEAL === #

    def test_appeal_in_time_suspends(self):
        penalty = self._approve(self._penalise())
        own = penalty.with_user(self.worker)
        with freeze_time('2026-01-19 12:00:00'):
            with self.assertRaisesRegex(UserError, "reason of the appeal"):
                own.action_appeal()
            own.appeal = "I was on leave"
            own.action_appeal()
        self._run('2026-02-05 12:00:00')
        self.assertFalse(penalty.line_ids)
        third = self._create_third()
        penalty.with_user(third).appeal_note = "The card says otherwise"
        for user in self.worker, self.officer, self.second:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                penalty.with_user(user).action_reject_appeal()
        penalty.with_user(third).action_reject_appeal()
        self._run('2026-03-05 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 500), ('2026-02', 'deduction', 500)])

    def _create_third(self):
        return new_test_user(
            self.env, 'pay_third', 'aftersales_conduct.group_conduct_officer',
            name="Officer Tom")

    def test_appeal_after_the_window_is_refused(self):
        penalty = self._approve(self._penalise())
        own = penalty.with_user(self.worker)
        with freeze_time('2026-01-20 12:00:00'):
            own.appeal = "Too late"
            with self.assertRaisesRegex(UserError, "time to appeal ended on 01/19/2026"):
                own.action_appeal()

    def test_upheld_appeal_waives_by_counter_entries(self):
        penalty = self._approve(self._penalise())
        with freeze_time('2026-01-19 12:00:00'):
            penalty.with_user(self.worker).appeal = "I was on leave"
            penalty.with_user(self.worker).action_appeal()
        third = self._create_third()
        with freeze_time('2026-01-20 12:00:00'):
            penalty.with_user(third).appeal_note = "Indeed"
            penalty.with_user(third).action_uphold_appeal()
        self.assertRecordValues(penalty, [{
            'state': 'written_off', 'amount_owed': 0, 'amount_waived': 1500,
            'amount_deducted': 0}])
        self.assertEqual(self._rows(penalty), [('2026-01', 'waiver', 1500)])

    # === THE NOTICE === #

    def test_notice_prints_the_month_plan(self):
        penalty = self._approve(self._penalise())
        with freeze_time('2026-01-15 12:00:00'):
            self.assertEqual(
                [(str(month)[:7], amount) for month, amount in penalty._get_plan()],
                [('2026-01', 500), ('2026-02', 500), ('2026-03', 500)])
            html = self.env['ir.actions.report'].with_user(self.worker)._render_qweb_html(
                'aftersales_complaint.report_penalty', penalty.ids)[0].decode()
        for words in "Wu Wei", "Wrong label", "2026-03", "The labels were mixed up":
            self.assertIn(words, html)

    # === WHO WEIGHS DOES NOT DECIDE === #

    def test_who_changes_the_amount_does_not_approve_and_the_person_answers_again(self):
        penalty = self._penalise(amount=10)
        with freeze_time('2026-01-12 12:00:00'):
            penalty.action_ask_statement()
            penalty.with_user(self.worker).statement = "Ten is fair"
            penalty.with_user(self.worker).action_hand_in()
        with freeze_time('2026-01-13 12:00:00'):
            penalty.with_user(self.second).amount = 900
            self.assertRecordValues(penalty, [{
                'weight_author_id': self.second.id, 'date_stated': False}])
            with self.assertRaisesRegex(AccessError, "you changed what this comes to"):
                penalty.with_user(self.second).action_approve()
            with self.assertRaisesRegex(UserError, "may answer until"):
                penalty.action_approve()
            penalty.with_user(self.worker).statement = "Ninety times as much"
            penalty.with_user(self.worker).action_hand_in()
            penalty.action_approve()  # the other officer
        self.assertEqual(penalty.state, 'approved')

    # === OFFICERS WITHOUT RIGHTS OF HUMAN RESOURCES === #

    def test_officer_creates_penalties_from_the_sheet(self):
        case = self._create_complaint(kind='quality')
        self._lose(case, value=800)
        unit = self._share(case, 100, 'department', department_id=self.department.id)
        person = self.env['aftersales.complaint.liability.person'].with_user(
            self.officer).create({'liability_id': unit.id, 'employee_id': self.wu.id})
        person.amount = 800
        self._serve(case)
        self.env.flush_all()
        self.env.invalidate_all()
        person = person.with_user(self.officer)
        self.assertFalse(self.officer.has_group('hr.group_hr_user'))
        person.action_create_penalties()
        penalty = person.penalty_ids
        self.env.invalidate_all()
        self.assertEqual((penalty.base_points, penalty.employee_id.name), (1, "Wu Wei"))

    def test_who_decides_is_notified_once_the_answer_is_there(self):
        penalty = self._penalise(approver_id=self.boss.id, reason="Wrong label on the glass")
        found = self.env['mail.message'].search

        def notified(user):
            return found([('notified_partner_ids', 'in', user.partner_id.ids),
                          ('body', 'ilike', "waits for your decision")])

        with freeze_time('2026-01-12 12:00:00'):
            penalty.action_ask_statement()
            self.assertEqual(penalty.next_step, "The person may answer until 01/15/2026")
            self.assertFalse(notified(self.boss))
            own = penalty.with_user(self.worker)
            own.statement = "I was alone"
            own.action_hand_in()
            message = notified(self.boss)
            self.assertEqual(len(message), 1)
            self.assertIn(penalty.name, message.body)
            for fact in "Wu", "label", "1,500", "1500":
                self.assertNotIn(fact, message.body + message.subject)
            self.assertFalse(message.model or message.res_id)
            self.assertEqual(penalty.next_step, "Boss Bo decides")
            self.assertTrue(penalty.with_user(self.boss).can_decide)
            for user in self.worker, self.officer:
                self.assertFalse(penalty.with_user(user).can_decide)

    def test_who_decides_is_notified_when_the_person_keeps_silent(self):
        with freeze_time('2026-01-12 12:00:00'):
            penalty = self._penalise(approver_id=self.boss.id)
            penalty.action_ask_statement()
        for day, number in ('2026-01-15', 0), ('2026-01-16', 1), ('2026-01-17', 1):
            self._run(f'{day} 12:00:00')
            self.assertEqual(self.env['mail.message'].search_count([
                ('notified_partner_ids', 'in', self.boss.partner_id.ids),
                ('body', 'ilike', "waits for your decision")]), number, day)

    def test_base_points_that_were_entered_later_are_read(self):
        self.job.aftersales_base_points = 0
        penalty = self._penalise()
        with self.assertRaisesRegex(UserError, "No base points are known"):
            self._approve(penalty)
        self.job.aftersales_base_points = 2
        with freeze_time('2026-01-12 12:00:00'):
            penalty.with_user(self.second).action_approve()
        self.assertEqual(penalty.base_points, 2)

    def test_list_passes_the_selected_to_the_run(self):
        """As the client sends it: the head of a list passes the ids that are selected."""
        for ids in [], self._penalise().ids:
            action = call_kw(
                self.env['aftersales.penalty'].with_user(self.officer), 'action_run_months',
                [ids], {})
            self.assertEqual(action['tag'], 'display_notification')

    @freeze_time('2026-01-20 12:00:00')
    def test_notice_shows_all_months_or_what_is_left(self):
        self.wu.version_id.aftersales_bonus = 100.0
        penalty = self._approve(self._penalise(amount=360.0))
        plan = penalty._get_plan()
        self.assertEqual([amount for __, amount in plan], [50.0] * 7 + [10.0])
        self.assertEqual(penalty._get_plan_rest(plan), 0.0)
        self.handbook.sudo().months_max = 3
        plan = penalty._get_plan()
        self.assertEqual((len(plan), penalty._get_plan_rest(plan)), (3, 210.0))
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_complaint.action_report_penalty', penalty.ids)[0].decode()
        self.assertIn("Not deducted in these months", html)
        self.assertIn("210.00", html)
