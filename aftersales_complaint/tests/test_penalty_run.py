import base64
from io import BytesIO

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestPenaltyRun(PenaltyCommon):
    """Months of the ledger; the numbers are those of the handbook (domain 6.1)."""

    def test_fine_of_1500_is_paid_in_three_months(self):
        penalty = self._approve(self._penalise())
        for day in '2026-02-05', '2026-03-05', '2026-04-05':
            self._run(f'{day} 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 500), ('2026-02', 'deduction', 500),
            ('2026-03', 'deduction', 500)])
        self.assertRecordValues(penalty, [{
            'state': 'paid', 'amount_owed': 0, 'amount_deducted': 1500}])

    def test_run_that_was_missed_is_made_up_for(self):
        penalty = self._approve(self._penalise())
        self._run('2026-04-05 12:00:00')
        self.assertEqual([row[2] for row in self._rows(penalty)], [500, 500, 500])

    def test_running_twice_changes_nothing(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        rows = self._rows(penalty)
        self.wu.version_id.aftersales_bonus = 4000
        self._run('2026-02-06 12:00:00')
        self.assertEqual(self._rows(penalty), rows)

    def test_several_cases_are_taken_first_in_first_out(self):
        late = self._approve(self._penalise(amount=400), '2026-01-20 12:00:00')
        early = self._approve(self._penalise(amount=300), '2026-01-12 12:00:00')
        self._run('2026-03-05 12:00:00')
        self.assertEqual(self._rows(early), [('2026-01', 'deduction', 300)])
        self.assertEqual(self._rows(late), [
            ('2026-01', 'deduction', 200), ('2026-02', 'deduction', 200)])

    def test_penalty_waits_for_the_end_of_the_appeal(self):
        penalty = self._approve(self._penalise(), '2026-01-29 12:00:00')
        self.assertEqual(str(penalty.appeal_date), '2026-02-05')
        self._run('2026-02-05 12:00:00')
        self.assertFalse(penalty.line_ids)
        self._run('2026-02-06 12:00:00')
        self.assertEqual(self._rows(penalty), [('2026-01', 'deduction', 500)])

    def test_person_without_pay_is_left_out_by_name(self):
        penalty = self._approve(self._penalise())
        other = self._create_employee("Li Lei")
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        self._switch_on(self.handbook, other)
        paid = self._approve(self._penalise(employee=other))
        self.wu.version_id.aftersales_bonus = 0
        self._run('2026-02-05 12:00:00')
        self.assertEqual(penalty.refusal, "Wu Wei: the bonus of 2026-01 is not known.")
        self.assertEqual(self._rows(paid), [('2026-01', 'deduction', 500)])
        with self.assertRaisesRegex(UserError, "has not decided on"), self.env.cr.savepoint():
            self._export('2026-01-01', '2026-02-05 12:00:00')
        self.wu.version_id.aftersales_bonus = 1000
        self._run('2026-02-06 12:00:00')
        self.assertEqual(self._rows(penalty), [('2026-01', 'deduction', 500)])
        self.assertFalse(penalty.refusal)

    def test_who_left_is_named(self):
        penalty = self._approve(self._penalise())
        self.wu.active = False
        self._run('2026-02-05 12:00:00')
        self.assertRegex(penalty.refusal, "Wu Wei has left")

    def test_pay_is_that_of_the_month(self):
        self.wu.create_version({'date_version': '2026-02-01', 'aftersales_bonus': 600})
        penalty = self._approve(self._penalise(amount=1000))
        self._run('2026-04-05 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 500), ('2026-02', 'deduction', 300),
            ('2026-03', 'deduction', 200)])

    def test_adjustment_lapses_with_its_month(self):
        scheme = self.env.ref('aftersales_complaint.aftersales_penalty_scheme_china_adjustment')
        self.env.company.country_id = self.env.ref('base.cn')
        self._switch_on(scheme, self.wu)
        penalty = self._approve(self._penalise(amount=900, scheme_id=scheme.id))
        self._run('2026-02-05 12:00:00')
        self.assertEqual(self._rows(penalty), [
            ('2026-01', 'deduction', 500), ('2026-01', 'lapsed', 400)])
        self.assertEqual(penalty.state, 'paid')

    def test_adjustment_of_a_settled_month_is_refused_or_lapses(self):
        scheme = self.env.ref('aftersales_complaint.aftersales_penalty_scheme_china_adjustment')
        self.env.company.country_id = self.env.ref('base.cn')
        self._switch_on(scheme, self.wu)
        penalty = self._approve(
            self._penalise(amount=900, scheme_id=scheme.id), '2026-01-12 12:00:00')
        late = self._penalise(amount=100, scheme_id=scheme.id)
        self._export('2026-01-01', '2026-01-14 12:00:00')
        with self.assertRaisesRegex(UserError, "January 2026 was exported"):
            self._approve(late)
        self._run('2026-02-05 12:00:00')
        self.assertEqual(self._rows(penalty), [('2026-01', 'lapsed', 900)])
        self.assertEqual(penalty.state, 'written_off')

    def test_after_24_months_the_rest_is_written_off_with_approval(self):
        self.wu.version_id.aftersales_bonus = 100
        penalty = self._approve(self._penalise(amount=1500))
        self._run('2028-02-05 12:00:00')
        self.assertEqual(len(penalty.line_ids), 24)
        self.assertEqual((penalty.amount_deducted, penalty.amount_owed), (1200, 300))
        self.assertRegex(penalty.refusal, "24 months are over")
        self._run('2028-06-05 12:00:00')
        self.assertEqual(len(penalty.line_ids), 24)
        line = self._counter(penalty, 'write_off', 300)
        line.with_user(self.second).action_approve()
        self.assertRecordValues(penalty, [{'state': 'paid', 'amount_owed': 0}])

    # === COUNTER-ENTRIES === #

    def _counter(self, penalty, kind, amount, user=None):
        wizard = self.env['aftersales.penalty.counter'].with_user(user or self.officer).create({
            'penalty_id': penalty.id, 'kind': kind, 'amount': amount, 'reason': "Hardship"})
        wizard.action_propose()
        return penalty.line_ids.filtered(lambda line: line.state == 'proposed')

    def test_waiver_counts_once_another_person_approved_it(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        line = self._counter(penalty, 'waiver', 1000)
        self.assertEqual(penalty.amount_owed, 1000)
        with self.assertRaisesRegex(AccessError, "Another person approves"):
            line.with_user(self.officer).action_approve()
        for user in self.worker, self.boss, self.complaint_manager:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                line.with_user(user).action_approve()
        line.with_user(self.second).action_approve()
        self.assertRecordValues(penalty, [{'state': 'paid', 'amount_owed': 0}])
        self.assertEqual(line.approver_id, self.second)

    def test_what_was_deducted_is_given_back_by_a_negative_row(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        with freeze_time('2026-02-10 12:00:00'):
            line = self._counter(penalty, 'return', 200)
            line.with_user(self.second).action_approve()
        self.assertRecordValues(line, [{'amount': -200, 'state': 'booked', 'kind': 'return'}])
        self.assertRecordValues(penalty, [{
            'amount_deducted': 500, 'amount_returned': 200, 'amount_owed': 1000}])

    def test_counter_entries_of_the_wrong_sign_are_refused(self):
        penalty = self._approve(self._penalise(amount=900))
        lines = self.env['aftersales.penalty.line'].sudo()
        for kind in 'waiver', 'write_off', 'return':
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "amount above zero"):
                self._counter(penalty, kind, -400)
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "amount above zero"):
                self._counter(penalty, kind, 0)
            # a proposal that came into the ledger otherwise is refused at its approval
            line = lines.create(penalty._prepare_line_vals(
                kind, 400 if kind == 'return' else -400, reason="x", state='proposed'))
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "amount above zero"):
                line.with_user(self.second).action_approve()
        self.assertEqual(penalty.amount_owed, 900)

    def test_counter_entries_stay_within_the_ledger(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        for kind, amount in (('waiver', 1000.01), ('return', 501)):
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "is more than"), (
                    self.env.cr.savepoint()):
                self._counter(penalty, kind, amount)
        line = self._counter(penalty, 'waiver', 1000)
        line.with_user(self.second).action_refuse()
        self.assertEqual((line.state, penalty.amount_owed), ('refused', 1000))

    def test_ledger_is_only_added_to(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        line = penalty.line_ids
        for user in self.officer, self.second:
            with self.assertRaises(AccessError):
                line.with_user(user).amount = 1
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
            with self.assertRaises(AccessError):
                line.with_user(user).create({
                    'penalty_id': penalty.id, 'company_id': self.env.company.id,
                    'employee_id': self.wu.id, 'month': '2026-03-01', 'kind': 'waiver',
                    'amount': 1000})
        with self.assertRaisesRegex(UserError, "Rows of the ledger stay"):
            line.sudo().amount = 1
        with self.assertRaisesRegex(UserError, "Rows of the ledger stay"):
            line.sudo().unlink()

    # === PAYROLL === #

    def _read(self, export):
        sheet = load_workbook(BytesIO(base64.b64decode(export.with_context(
            bin_size=False).file))).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def test_month_is_exported_once(self):
        penalty = self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        export = self._export('2026-01-17', '2026-02-06 12:00:00')
        for lang, name in ('en_US', "January 2026"), ('zh_CN', "2026年1月"):
            self.env['res.lang']._activate_lang(lang)
            self.assertEqual(export.with_context(lang=lang).display_name, name)
        rows = self._read(export)
        self.assertNotIn("COPY", rows[0][0])
        self.assertEqual(rows[2][:2] + rows[2][3:6], [
            '2026-01', "Wu Wei", penalty.name, "Deduction", 500])
        self.assertEqual(penalty.line_ids.export_id, export)
        with mute_logger('odoo.sql_db'), self.assertRaisesRegex(
                IntegrityError, "month_uniq"), self.env.cr.savepoint():
            self._export('2026-01-01', '2026-02-06 12:00:00', self.second)
        with self.assertRaises(AccessError):
            export.with_user(self.officer).unlink()
        self._run('2026-03-05 12:00:00')
        february = self._export('2026-02-01', '2026-03-06 12:00:00')
        self.assertEqual([row[0] for row in self._read(february)[2:]], ['2026-02'])

    def test_another_copy_says_so(self):
        self._approve(self._penalise())
        self._run('2026-02-05 12:00:00')
        export = self._export('2026-01-01', '2026-02-06 12:00:00').with_user(self.second)
        with self.assertRaisesRegex(UserError, "why another copy"):
            export.action_copy_file()
        export.copy_reason = "The file was lost"
        export.action_copy_file()
        self.assertRegex(self._read(export)[0][0], "^COPY 1, exported before")
        self.assertRegex(export.copy_log, "Copy 1: Officer Sven, .*, The file was lost")
        with self.assertRaises(AccessError):
            export.month = '2026-02-01'

    def test_exported_month_takes_no_more_rows(self):
        self._export('2026-01-01', '2026-01-11 12:00:00')
        penalty = self._approve(self._penalise(amount=700))
        self.assertEqual(str(penalty.first_month), '2026-02-01')
        self._run('2026-04-05 12:00:00')
        self.assertEqual([row[0] for row in self._rows(penalty)], ['2026-02', '2026-03'])

    def test_only_officers_export(self):
        for user in self.complaint_manager, self.lead, self.worker, self.boss:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._export('2026-01-01', '2026-02-06 12:00:00', user)

    # === BATCHES === #

    def test_batches_are_committed_one_by_one(self):
        penalties = self._approve(self._penalise())
        others = [self._create_employee(f"Worker {number}") for number in range(3)]
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        self._switch_on(self.handbook, *others)
        for employee in others:
            penalties |= self._approve(self._penalise(employee=employee))
        progress = []
        self.patch(type(self.env['ir.cron']), '_commit_progress',
                   lambda cron, done=0, remaining=0: progress.append(done) or len(progress) < 4)
        with freeze_time('2026-02-05 12:00:00'):
            self.env['aftersales.penalty']._cron_run_months(batch_size=1)
            self.assertEqual(progress, [0, 1, 1, 1])  # out of time
            self.assertEqual(sorted(penalties.mapped('amount_deducted')), [0, 500, 500, 500])
            progress.clear()
            self.env['aftersales.penalty']._cron_run_months(batch_size=1)
        self.assertEqual(penalties.mapped('amount_deducted'), [500] * 4)

    def test_number_of_queries_does_not_grow(self):
        employees = [self._create_employee(f"Worker {number}") for number in range(20)]
        self.handbook.with_user(self.complaint_manager).action_switch_off()
        self._switch_on(self.handbook, *employees)
        penalties = self.env['aftersales.penalty']
        for employee in employees:
            penalties |= self._approve(self._penalise(employee=employee)).sudo()
        with freeze_time('2026-02-05 12:00:00'):
            few = self._count_queries(
                lambda: penalties[:2]._run_months(self._to_month('2026-01-01')))
            many = self._count_queries(
                lambda: penalties[2:]._run_months(self._to_month('2026-01-01')))
        self.assertLessEqual(many, few + 2)

    def _to_month(self, text):
        return fields.Date.to_date(text)
