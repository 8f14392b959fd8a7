from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user, users

from .need_common import NeedCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 08:00:00')
class TestPlan(NeedCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.height_course.planned_cost = 300.0
        cls.needs = cls._create_need(cls.technician) | cls._create_need(
            cls.outlet_technician, date_deadline='2026-12-15')

    def _create_plan(self, **values):
        plan = self.env['aftersales.training.plan'].create({
            'date_from': '2026-01-01', 'budget': 1000.0, **values})
        plan.action_collect()
        return plan

    @users('training_officer')
    def test_a_plan_takes_in_the_needs_of_its_period(self):
        self._create_need(self.agent, date_deadline='2027-01-15')
        plan = self._create_plan()
        self.assertRecordValues(plan, [{
            'subject': "Training Plan 2026", 'date_to': date(2026, 12, 31), 'need_count': 2,
            'planned_cost': 600.0}])
        self.assertEqual(plan.need_ids, self.needs)
        self.assertEqual(set(plan.need_ids.mapped('state')), {'planned'})

    @users('training_officer')
    def test_who_submits_does_not_approve_where_a_colleague_can(self):
        plan = self._create_plan()
        plan.action_submit()
        self.assertFalse(plan.can_approve)
        self.assertTrue(plan.with_user(self.manager).can_approve)
        with self.assertRaisesRegex(UserError, "does not approve"):
            plan.action_approve()
        plan.with_user(self.manager).action_approve()
        self.assertRecordValues(plan, [{
            'state': 'approved', 'submitter_id': self.training_officer.id,
            'approver_id': self.manager.id}])
        with self.assertRaisesRegex(UserError, "approved and stay"):
            plan.budget = 5000.0
        with self.assertRaisesRegex(UserError, "next plan"):
            plan.action_collect()

    @users('training_officer')
    def test_a_plan_above_its_budget_is_not_approved(self):
        plan = self._create_plan(budget=500.0)
        plan.action_submit()
        for budget in 500.0, 0.0:
            plan.budget = budget
            with self.assertRaisesRegex(UserError, "above the budget"):
                plan.with_user(self.manager).action_approve()

    @users('training_officer')
    def test_an_approved_plan_keeps_its_costs(self):
        plan = self._create_plan()
        plan.action_submit()
        self.height_course.planned_cost = 400.0  # dearer before the approval
        self.assertEqual(plan.planned_cost, 800.0)
        plan.with_user(self.manager).action_approve()
        self.height_course.planned_cost = 900.0
        plan.invalidate_recordset(['planned_cost'])
        self.assertEqual(plan.planned_cost, 800.0)
        self.assertEqual([row['cost'] for row in plan._get_report_lines()], [800.0])
        with self.assertRaisesRegex(UserError, "approved and stay"):
            plan.approved_costs = {}

    @users('training_officer')
    def test_lines_are_taken_out_until_the_approval(self):
        plan = self._create_plan()
        taken_out, left = plan.need_ids
        taken_out.action_leave_plan()
        self.assertEqual((taken_out.state, plan.need_ids), ('open', left))
        plan.action_submit()
        plan.with_user(self.manager).action_approve()
        with self.assertRaisesRegex(UserError, "next plan"):
            left.action_leave_plan()
        for line in taken_out, left:
            with self.assertRaises(UserError):
                line.plan_id = plan if line == taken_out else False

    @users('training_officer')
    def test_an_empty_plan_is_not_submitted(self):
        plan = self.env['aftersales.training.plan'].create({'date_from': '2020-01-01'})
        with self.assertRaisesRegex(UserError, "Collect needs"):
            plan.action_submit()

    @users('training_officer')
    def test_a_closed_plan_lets_go_of_what_was_not_met(self):
        plan = self._create_plan()
        self.needs[0].sudo()._meet()
        plan.action_submit()
        plan.with_user(self.manager).action_approve()
        plan.action_start()
        plan.action_close()
        self.assertEqual(plan.need_ids, self.needs[0])
        self.assertEqual(self.needs[1].state, 'open')

    @users('training_officer')
    def test_the_state_is_no_field_to_type(self):
        plan = self._create_plan()
        with self.assertRaises(AccessError):
            plan.state = 'approved'

    @users('coach')
    def test_coaches_read_no_plan(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.training.plan'].search([])

    def test_in_a_small_firm_one_person_does_it_all(self):
        company = self.env['res.company'].create({'name': "Small Firm"})
        alone = new_test_user(
            self.env, 'alone', 'aftersales_training.group_training_officer',
            company_id=company.id, company_ids=[(6, 0, company.ids)])
        plan = self.env['aftersales.training.plan'].with_user(alone).create({
            'date_from': '2026-01-01', 'budget': 300.0, 'need_ids': [(0, 0, {
                'user_id': alone.id, 'course_id': self.height_course.id})]})
        plan.action_submit()
        plan.action_approve()
        self.assertEqual(plan.approver_id, alone)

    @users('training_officer')
    def test_the_forms_print(self):
        plan = self._create_plan(scope="Installers")
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_training.report_training_plan', plan.ids)[0].decode()
        for text in ("After-Sales Staff Training Plan", plan.name, "Work at Height",
                     "Installers", "By Hand"):
            self.assertIn(text, html)
        sheet = self._create_post(self.technician)
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_training.report_training_requirement', sheet.ids)[0].decode()
        self.assertIn("Work at Height", html)
