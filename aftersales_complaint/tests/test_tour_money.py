from odoo import fields
from odoo.tests import HttpCase, tagged

from ..tools.penalty import month_of, next_month
from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestTourMoney(HttpCase, PenaltyCommon):
    """A loss is shared by clicks; a fine of 1,500 is deducted in three months and exported."""

    def test_sheet_is_filled_and_served(self):
        case = self._create_complaint(kind='quality')
        self.start_tour(
            f'/odoo/liability-sheets/{case.id}', 'aftersales_liability_sheet',
            login='complaint_manager')
        self.assertRecordValues(case, [{
            'liability_state': 'served', 'amount_loss': 800,
            'liability_user_id': self.complaint_manager.id}])

    def test_penalty_from_the_sheet_to_the_payroll(self):
        case = self._create_complaint(kind='quality')
        self._lose(case, value=1500)
        unit = self._share(case, 100, 'department', department_id=self.department.id)
        case.with_user(self.complaint_manager).action_serve_liability()
        self.start_tour(f'/odoo/complaint-liability/{unit.id}', 'aftersales_penalty_officer',
                        login='pay_officer')
        penalty = self.env['aftersales.penalty'].search([('employee_id', '=', self.wu.id)])
        self.start_tour('/odoo/my-penalties', 'aftersales_penalty_person', login='pay_worker')
        self.start_tour('/odoo/penalties', 'aftersales_penalty_approve', login='pay_second')
        self.assertRecordValues(penalty, [{
            'state': 'approved', 'statement': "I was alone on two lines",
            'decider_id': self.second.id}])
        self._end_appeal(penalty)
        month = month_of(fields.Date.today())
        for number in (-1, 0, 1):
            penalty.sudo()._run_months(next_month(month, number))
        self.assertEqual(
            [line.amount for line in penalty.sudo().line_ids], [500, 500, 500])
        self.assertEqual(penalty.state, 'paid')
        self.start_tour(
            '/odoo/penalty-exports', 'aftersales_penalty_payroll', login='pay_officer')
        export = self.env['aftersales.penalty.export'].search([], limit=1)
        self.assertEqual((export.month, export.amount), (next_month(month, -1), 500))

    def _end_appeal(self, penalty):
        """Let the time to appeal pass, and the deductions begin with the last month."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_penalty SET appeal_date = CURRENT_DATE - 1, first_month = %s "
            "WHERE id = %s", [next_month(month_of(fields.Date.today()), -1), penalty.id])
        penalty.invalidate_recordset()
