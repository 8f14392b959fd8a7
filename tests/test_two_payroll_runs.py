"""Two runs of penalties at once: two real transactions deduct each month once."""
from contextlib import contextmanager
from datetime import date

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.tests import tagged

JANUARY = date(2026, 1, 1)


@tagged('post_install', '-at_install')
class TestTwoPayrollRuns(TwoTransactionsCase):
    """The ledger has one deduction a month, also when two processes run it at once."""

    def _make(self, env):
        employee = env['hr.employee'].create({
            'name': "Paid Twice", 'date_version': '2025-01-01', 'aftersales_base_points': 1})
        employee.version_id.aftersales_bonus = 1000
        penalty = env['aftersales.penalty'].create({
            'employee_id': employee.id, 'amount': 1500, 'reason': "Wrong label",
            'evidence': "Photo", 'scheme_id': env.ref(
                'aftersales_complaint.aftersales_penalty_scheme_handbook').id,
            'state': 'running', 'first_month': JANUARY, 'date_asked': '2026-01-02',
            'date_approved': '2026-01-10'})
        self.employee_id, self.penalty_id = employee.id, penalty.id

    def _remove(self, env):
        # no person may delete rows of the ledger
        env.cr.execute("DELETE FROM aftersales_penalty_line WHERE penalty_id = %s",
                       [self.penalty_id])
        env.cr.execute("DELETE FROM aftersales_penalty_export WHERE month = %s", [JANUARY])
        env.cr.execute("DELETE FROM aftersales_penalty WHERE id = %s", [self.penalty_id])
        env['hr.employee'].browse(self.employee_id).unlink()

    @contextmanager
    def _penalty(self):
        """Give the penalty in a transaction of its own, which ends with the block."""
        with self._transaction() as env:
            yield env['aftersales.penalty'].browse(self.penalty_id)

    def _run(self, penalty):
        batch = penalty._find_batch(
            penalty._get_run_domain(penalty.company_id, JANUARY), 500)
        if batch:
            batch._run_months(JANUARY)
        penalty.env.flush_all()
        return batch

    def _count(self):
        with self._penalty() as penalty:
            return penalty.line_ids.mapped('amount')

    def test_second_run_waits_for_no_lock_and_deducts_nothing(self):
        with self._penalty() as late:
            self.assertFalse(late.line_ids)
            with self._penalty() as winner:
                self.assertTrue(self._run(winner))
                # the winner holds the row: who comes second finds nothing to do
                self.assertFalse(self._run(late))
            self._assert_repeated(late, self._run, late)
            self.assertFalse(self._run(late))
        self.assertEqual(self._count(), [500])

    def test_counter_entry_and_run_do_not_cross(self):
        with self._penalty() as winner:
            self._run(winner)
        with self._penalty() as penalty:
            line = penalty.env['aftersales.penalty.line'].create(
                penalty._prepare_line_vals('waiver', 1000, state='proposed'))
        with self._penalty() as first, self._penalty() as second:
            first.line_ids.filtered(lambda line: line.state == 'proposed').action_approve()
            first.env.flush_all()
            with self.assertRaisesRegex(UserError, "Another user is changing"):
                second.env['aftersales.penalty.line'].browse(line.id).action_approve()
            second.env.cr.rollback()
        with self._penalty() as penalty:
            self.assertEqual((penalty.state, penalty.amount_owed), ('paid', 0))
