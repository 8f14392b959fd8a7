from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from ..tools.penalty import month_of, next_month
from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestTourFlows(HttpCase, PenaltyCommon):
    """Three complaints from the first word to the last step, by clicks of each of the people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(
            cls.env, 'tour_buyer', 'base.group_portal', name="Wu Mei at home", tz='UTC')
        new_test_user(cls.env, 'tour_unit', 'base.group_user', name="Unit Uma", tz='UTC')

    def _write(self):
        """Let the customer write a complaint on the portal; return it."""
        self.start_tour('/my/complaints', 'complaint_customer_writes', login='tour_buyer')
        case = self.env['aftersales.complaint'].search(
            [('partner_id', '=', self.buyer.partner_id.id)])
        self.assertRecordValues(case, [
            {'channel': 'portal', 'wants_exchange': True, 'state': 'new'}])
        return case

    def _end_windows_of(self, case):
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self.env.ref('aftersales_complaint.ir_cron_complaint_liability').method_direct_trigger()
        self.assertEqual(case.liability_state, 'final')

    def _close(self, case):
        self.start_tour(f'/odoo/complaints/{case.id}', 'complaint_closed',
                        login='complaint_manager')
        self.assertEqual(case.state, 'closed')

    # === EIGHT STEPS === #

    def test_portal_complaint_to_the_recovery_and_the_penalty(self):
        case = self._write()
        self.start_tour('/odoo/complaints', 'complaint_desk_assigns', login='desk')
        self.start_tour(
            '/odoo/unit-complaints', 'complaint_unit_investigates', login='tour_unit')
        self.assertRecordValues(case, [{'state': 'proposed', 'amount_offered': 200}])
        self.start_tour(f'/odoo/complaints/{case.id}', 'complaint_manager_answers',
                        login='complaint_manager')
        self.start_tour('/my/complaints', 'complaint_customer_accepts', login='tour_buyer')
        self.assertRecordValues(case, [{'state': 'settled', 'amount_accepted': 200}])
        self.start_tour(f'/odoo/liability-sheets/{case.id}', 'complaint_liability_shared',
                        login='complaint_manager', timeout=120)
        self.assertEqual(
            [(line.party, line.amount) for line in case.event_liability_ids],
            [('supplier', 1000), ('department', 1500)])
        self._recover(case)
        self._deduct(case.event_liability_ids[1])
        self._end_windows_of(case)
        self._close(case)
        self.assertRecordValues(case, [{
            'amount_loss': 2500, 'amount_recovered': 1000, 'reopen_count': 0}])

    def _recover(self, case):
        """Claim the supplier's share; another manager agrees and drafts the entry."""
        self.start_tour(f'/odoo/liability-sheets/{case.id}', 'complaint_recovery_claimed',
                        login='complaint_manager')
        claim = case.claim_ids
        self.assertRecordValues(claim, [{
            'kind': 'supplier', 'state': 'accepted', 'partner_id': self.supplier.id}])
        self.start_tour(
            f'/odoo/claims/{claim.id}', 'complaint_recovery_agreed', login='second_manager')
        self.assertRecordValues(claim, [{
            'state': 'settled', 'amount_approved': 1000, 'approver_id': self.second_manager.id}])
        self.assertRecordValues(claim.move_id, [{
            'state': 'draft', 'move_type': 'in_refund', 'amount_untaxed': 1000}])

    def _deduct(self, unit):
        """Penalise a person of the unit by the handbook: 1,500 in three months of 500."""
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

    # === UNFOUNDED === #

    @mute_logger('odoo.http')  # the refusal that the desk reads on the way
    def test_unfounded_complaint_is_answered_politely_within_its_time(self):
        case = self._write()
        self.start_tour(
            f'/odoo/complaints/{case.id}', 'complaint_desk_answers_unfounded', login='desk')
        self.assertRecordValues(case, [{'state': 'unfounded', 'is_founded': False}])
        self.start_tour(
            '/my/complaints', 'complaint_customer_reads_the_reason', login='tour_buyer')
        clocks = case.sudo().clock_ids
        self.assertEqual(set(clocks.mapped('result')), {'met'})
        self.assertLessEqual(
            {'complaint_response', 'complaint_solution'}, set(clocks.mapped('kind')))

    # === A LOW RATING === #

    def test_low_rating_becomes_a_complaint_an_8d_and_a_closed_loop(self):
        order = self._create_order(
            type_id=self.type_carry_in.id, partner_id=self.buyer.partner_id.id)
        self._move_to(order, 'done')
        self.start_tour(f'/my/service/{order.id}', 'complaint_customer_rates_low',
                        login='tour_buyer')
        case = self.env['aftersales.complaint'].search([('order_id', '=', order.id)])
        self.assertRecordValues(case, [{
            'channel': 'rating', 'state': 'new', 'partner_id': self.buyer.partner_id.id}])
        self.assertIn("It rattles again", case.description)
        self.start_tour(f'/odoo/complaints/{case.id}', 'complaint_desk_answers',
                        login='complaint_manager', timeout=120)
        self.start_tour('/my/complaints', 'complaint_customer_accepts', login='tour_buyer')
        self.start_tour(f'/odoo/complaints/{case.id}', 'complaint_8d_written', login='desk')
        capa = case.capa_ids
        self.assertRecordValues(capa, [{'state': 'done', 'root_cause': "The box was too thin"}])
        case.with_user(self.complaint_manager).action_improve()
        with self.assertRaisesRegex(UserError, "corrective action is still open"):
            case.with_user(self.complaint_manager).action_close()
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=100)
        self.start_tour(f'/odoo/corrective-actions/{capa.id}', 'aftersales_capa_checker',
                        login='complaint_manager')
        self.assertEqual(capa.checker_id, self.complaint_manager)
        self.start_tour(f'/odoo/complaints/{case.id}', 'complaint_loop_closed',
                        login='complaint_manager')
        self.assertEqual(case.state, 'closed')
        self.assertFalse(case.sudo()._get_running_clocks())
