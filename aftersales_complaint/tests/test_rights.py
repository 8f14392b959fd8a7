from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestRights(ComplaintCommon):
    """Who reads and writes what: agents their own, units what they investigate, leads all."""

    def test_agents_see_their_own_and_unassigned_ones(self):
        mine = self._create_complaint(self.env(user=self.agent))
        free = self._create_complaint(user_id=False)
        foreign = self._create_complaint(user_id=self.other_agent.id)
        cases = mine.sudo() | free | foreign
        for user, seen in ((self.agent, mine | free), (self.desk, cases), (self.lead, cases),
                           (self.employee, cases.browse())):
            found = self.env['aftersales.complaint'].with_user(user).search(
                [('id', 'in', cases.ids)])
            self.assertEqual(set(found.ids), set(seen.ids), user.name)

    def test_rated_technician_who_is_an_agent_reads_no_complaint_about_the_own_work(self):
        self.technician.group_ids += self.env.ref('aftersales_service.group_aftersales_agent')
        order = self._create_order(technician_id=self.technician.id).sudo()
        self._move_to(order, 'done')
        order._rate_from_portal('1', "The technician was rude")
        case = self.env['aftersales.complaint'].search([('order_id', '=', order.id)])
        self.assertFalse(case.user_id)
        rated, colleague = (case.with_user(user) for user in (self.technician, self.agent))
        for read in (lambda: rated.read(['description']), lambda: rated.user_id,
                     lambda: rated.message_ids.mapped('body'), rated.action_judge):
            with self.assertRaises(AccessError):
                read()
        self.assertFalse(rated.search([('order_id', '=', order.id)]))
        self.assertIn("rude", colleague.description)
        # nor what follows from it
        loss = self.env['aftersales.complaint.loss'].create(
            {'complaint_id': case.id, 'name': "Wages", 'amount': 9})
        claim = self.env['aftersales.claim'].create({
            'kind': 'customer', 'partner_id': self.customer.id, 'complaint_id': case.id,
            'user_id': False, 'line_ids': [
                Command.create({'name': "Carpet", 'kind': 'compensation', 'amount_asked': 9})]})
        for record in (loss, claim, claim.line_ids):
            self.assertFalse(record.with_user(self.technician).has_access('read'), record._name)
            self.assertTrue(record.with_user(self.agent).has_access('read'), record._name)
        free = self._create_complaint(user_id=False)
        self.assertTrue(free.with_user(self.technician).subject)
        # whom the lead asks to handle it nevertheless
        case.user_id = self.technician
        self.assertIn("rude", rated.description)

    def test_unit_writes_its_findings_and_nothing_else(self):
        case = self._judge(self._create_complaint())
        unit = case.with_user(self.employee)
        unit.action_investigate()
        unit.write({'cause': "The gas was missing", 'cause_category': 'installation',
                    'offer': "Filled up"})
        for vals in ({'answer': "No"}, {'partner_id': False}, {'amount_accepted': 5.0},
                     {'level': 'urgent'}, {'user_id': self.employee.id}):
            with self.assertRaisesRegex(AccessError, "Units write down cause"):
                unit.write(vals)
        unit.action_submit()
        with self.assertRaisesRegex(UserError, "approves no proposals"):
            unit.action_approve()

    def test_unit_without_a_role_opens_its_cases_and_finds_them(self):
        case = self._judge(self._create_complaint())
        other = self._create_complaint()
        action = self.env.ref('aftersales_complaint.aftersales_complaint_action_unit')
        menu = self.env.ref('aftersales_complaint.aftersales_complaint_menu_unit')
        self.assertIn(menu.id, menu.with_user(self.employee)._visible_menu_ids())
        found = self.env['aftersales.complaint'].with_user(self.employee).search(
            safe_eval(action.domain, {'uid': self.employee.id}))
        self.assertEqual(found.ids, case.ids)
        self.assertNotIn(other.id, found.ids)
        with Form(found) as form:
            form.cause = "The gas was missing"
        self.assertEqual(case.cause, "The gas was missing")

    def test_unit_does_not_speak_with_the_customer(self):
        case = self._judge(self._create_complaint())
        self._propose(case)
        case.action_approve()
        case.answer = "We fill it up"
        with self.assertRaisesRegex(AccessError, "desk speaks with the customer"):
            case.with_user(self.employee).action_inform()

    def test_steps_write_what_nobody_types(self):
        case = self._create_complaint().with_user(self.complaint_manager)
        for vals in ({'date_answered': '2026-01-01'}, {'is_founded': True}, {'flow': 'fast'},
                     {'name': "CP1"}, {'approver_id': self.agent.id}, {'reopen_count': 0},
                     {'merged_into_id': False}, {'amount_loss': 5.0}):
            with self.assertRaisesRegex(AccessError, "is protected"):
                case.write(vals)
        made = self.env['aftersales.complaint'].with_user(self.agent).with_context(
            default_date_settled='2026-01-01', default_is_founded=True,
            default_flow='fast').create({'partner_id': self.customer.id})
        self.assertRecordValues(made.sudo(), [{
            'date_settled': False, 'is_founded': False, 'flow': 'full'}])

    def test_what_was_approved_and_answered_stays(self):
        case = self._judge(self._create_complaint())
        self._propose(case)
        for vals in {'amount_offered': 900.0}, {'offer': "More"}:
            with self.assertRaisesRegex(UserError, "reopen the complaint"):
                case.write(vals)
        case.action_approve()
        case.answer = "We fill it up"
        case.action_inform()
        with self.assertRaisesRegex(UserError, "reopen the complaint"):
            case.answer = "We do not"
        # refused where it is written, not only at the step: customers read it
        with self.assertRaisesRegex(UserError, "More was accepted than was approved"):
            case.amount_accepted = 100.01
        case.amount_accepted = 100.0
        case.action_settle()

    def test_rejected_answer_goes_back_to_the_investigation(self):
        case = self._judge(self._create_complaint())
        self._propose(case)
        case.action_approve()
        case.answer = "We fill it up"
        case.action_inform()
        with self.assertRaisesRegex(UserError, "why the customer does not accept"):
            case.action_reject()
        case.rejection_reason = "The customer wants a new one"
        case.action_reject()
        case.action_reopen()
        case.write({'offer': "Exchange", 'amount_offered': 900.0})
        self.assertEqual((case.state, case.reopen_count), ('investigating', 0))

    def test_unfounded_complaint_is_answered_and_appealed(self):
        case = self._create_complaint().with_user(self.desk)
        with self.assertRaisesRegex(UserError, "Write the answer to the customer"):
            case.action_unfounded()
        case.answer = "The unit is out of warranty since May; you may appeal within 30 days."
        case.action_unfounded()
        self.assertRecordValues(case, [{'state': 'unfounded', 'is_founded': False}])
        self.assertTrue(case.date_answered and case.date_closed)
        self.assertFalse(case.sudo()._get_running_clocks())
        case.action_appeal()
        self.assertEqual((case.state, case.date_closed), ('new', False))
        self.assertTrue(case.sudo()._get_running_clocks())

    def test_full_flow_closes_after_the_improvement(self):
        case = self._settle(self._create_complaint())
        with self.assertRaisesRegex(UserError, "Liability and improvement come before"):
            case.action_close()

    def test_customer_reads_no_internal_fields(self):
        user = new_test_user(self.env, 'li', 'base.group_portal', partner_id=self.customer.id)
        case = self._create_complaint(answer="draft", amount_asked=5.0).with_user(user)
        self.assertEqual(case.amount_asked, 5.0)
        for name in ('answer', 'cause', 'amount_offered', 'level', 'unit_user_id', 'offer',
                     'amount_loss', 'is_abnormal'):
            with self.assertRaises(AccessError):
                case.read([name])
        other = self._create_complaint(partner_id=self.customer.copy({'phone': False}).id)
        with self.assertRaises(AccessError):
            other.with_user(user).read(['name'])

    def test_small_firm_does_it_all_with_one_administrator(self):
        case = self._create_complaint(self.env(user=self.manager))
        case.department_id = False
        case.action_judge()
        case.write({'department_id': False, 'unit_user_id': self.manager.id})
        case.action_assign()
        self._propose(case)
        case.action_approve()
        case.answer = "We fill it up"
        case.action_inform()
        case.action_settle()
        self.assertEqual(case.state, 'settled')

    def test_who_investigates_no_more_and_former_customers_lose_the_case(self):
        case = self._judge(self._create_complaint())
        case.sudo().message_subscribe((self.employee.partner_id | self.customer).ids)
        key = case.sudo()._portal_ensure_token()
        case.unit_user_id = self.dispatcher
        self.assertNotIn(self.employee.partner_id, case.sudo().message_partner_ids)
        self.assertFalse(case.with_user(self.employee).has_access('read'))
        self.assertEqual(case.sudo().access_token, key)
        case.partner_id = self.customer.copy({'phone': False})
        self.assertNotIn(self.customer, case.sudo().message_partner_ids)
        self.assertNotEqual(case.sudo().access_token, key)

    def test_unit_does_not_reopen_what_is_closed_with_the_customer(self):
        case = self._settle(self._create_complaint())
        with self.assertRaisesRegex(AccessError, "reopen complaints"):
            case.with_user(self.employee).action_reopen()
        case.action_reopen()

    def test_head_of_the_unit_reads_its_complaints(self):
        department = self.env.ref('aftersales_complaint.hr_department_quality')
        department.manager_id = self.env['hr.employee'].create(
            {'name': "Head", 'user_id': self.employee.id})
        case = self._create_complaint(kind='quality').with_user(self.desk)
        case.action_judge()
        self.assertEqual(case.unit_user_id, self.employee)
        case.unit_user_id = False
        self.assertTrue(case.with_user(self.employee).has_access('read'))
        department.manager_id = False
        self.assertFalse(case.with_user(self.employee).has_access('read'))

    def test_other_companies_read_nothing(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        case = self._create_complaint()
        self.desk.write({'company_ids': [(6, 0, abroad.ids)], 'company_id': abroad.id})
        self.assertFalse(case.with_user(self.desk).has_access('read'))
        with self.assertRaises(AccessError):
            self.env['aftersales.complaint'].with_user(self.desk).create(
                {'company_id': self.env.company.id, 'description': "X"})
