from odoo import fields
from odoo.tests import tagged

from odoo.addons.aftersales_complaint.models.activity_types import NEXT_STEP

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestNextStep(ComplaintCommon):
    """Each step gives its next person an activity, and ends those of the step before."""

    def _get_planned(self, case):
        """Return who has which next step."""
        return {(activity.user_id, activity.summary) for activity in case.sudo().activity_ids
                if activity.activity_type_id == self.env.ref(NEXT_STEP)}

    def test_each_step_names_who_goes_on(self):
        case = self._create_complaint(user_id=self.agent.id)
        case.with_user(self.agent).action_to_investigation()
        self.assertIn((self.desk, "Judge this complaint"), self._get_planned(case))
        case = self._judge(case)
        self.assertEqual(
            self._get_planned(case), {(self.employee, "Investigate this complaint")})
        self._propose(case, 1200)
        planned = self._get_planned(case)
        self.assertIn(
            (self.complaint_manager, "Approve the proposal or send it back"), planned)
        self.assertNotIn(self.agent, {user for user, __ in planned})
        case.with_user(self.complaint_manager).action_approve()
        self.assertEqual(self._get_planned(case), {(self.agent, "Answer the customer")})
        case.answer = "We grant 1,200."
        case.action_inform()
        self.assertFalse(self._get_planned(case))
        case.rejection_reason = "Too little"
        case.with_user(self.agent).action_reject()
        # the agent who wrote it down may not take it up again; who judged it does
        self.assertEqual(self._get_planned(case), {
            (self.desk, "The customer rejects the answer: investigate again")})

    def test_another_person_of_the_unit_takes_over(self):
        case = self._judge(self._create_complaint())
        self.employee.lang = self.technician.lang = 'en_US'
        case.unit_user_id = self.technician
        self.assertEqual(self._get_planned(case), {
            (self.technician, "Investigate this complaint")})
        case.action_investigate()
        self.assertEqual(len(self._get_planned(case)), 1)

    def test_next_person_follows_no_case(self):
        case = self._judge(self._create_complaint())
        self._propose(case, 1200)
        self.assertNotIn(
            self.complaint_manager.partner_id, case.sudo().message_partner_ids)

    def test_step_ends_reminders_and_a_merged_case_waits_for_no_person(self):
        case, other = self._create_complaint(), self._create_complaint()
        case = self._judge(case)
        case.action_remind()
        self.assertIn("Reminder 1", "".join(case.sudo().activity_ids.mapped('summary')))
        self._propose(case)
        self.assertNotIn("Reminder 1", "".join(case.sudo().activity_ids.mapped('summary')))
        case._merge_into(other.with_user(self.desk))
        self.assertFalse(case.sudo().activity_ids)

    def test_conversation_is_the_call_that_was_due(self):
        case = self._settle(self._create_complaint(user_id=self.desk.id))
        calls = case.sudo().activity_ids.filtered(
            lambda activity: "after closing" in (activity.summary or ''))
        self.assertEqual(len(calls), 2)
        calls[0].date_deadline = fields.Date.context_today(case)
        self.env['aftersales.complaint.contact'].with_user(self.desk).create(
            {'complaint_id': case.id, 'words': "Content"}).action_confirm()
        self.assertEqual(calls.exists(), calls[1])
        # what is opened again plans its calls after the next end
        case.action_reopen()
        self.assertFalse(calls.exists())

    def test_desk_sees_what_waits_for_it(self):
        new, late = self._create_complaint(), self._create_complaint(level='urgent')
        late.clock_ids.date_deadline = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        praise = self._create_complaint(kind='praise')
        action = self.env.ref('aftersales_complaint.aftersales_complaint_action_mine')
        view = self.env['aftersales.complaint'].with_user(self.desk).get_view(
            self.env.ref('aftersales_complaint.aftersales_complaint_view_search').id, 'search')
        self.assertIn('name="to_judge"', view['arch'])
        self.assertIn('search_default_to_judge', action.context)
        domain = [('state', '=', 'new'), ('date_judged', '=', False),
                  ('kind', 'not in', ['praise', 'suggestion', 'anomaly'])]
        found = self.env['aftersales.complaint'].with_user(self.desk).search(
            domain, order='date_deadline, level desc, id desc')
        self.assertEqual(found[:1], late)
        self.assertIn(new, found)
        self.assertNotIn(praise, found)

    def test_agent_reads_that_the_case_waits_for_the_desk(self):
        case = self._create_complaint(user_id=self.agent.id).with_user(self.agent)
        action = case.action_to_investigation()
        self.assertIn("waits for the complaint desk", action['params']['message'])
        self.assertEqual(action['params']['next']['res_id'], case.id)

    def test_page_shows_approval_to_those_who_may_give_it(self):
        case = self._judge(self._create_complaint())
        self._propose(case, 1200)
        for user, is_shown in ((self.agent, False), (self.complaint_manager, True)):
            with self.subTest(user=user.name):
                self.assertEqual(case.with_user(user).can_approve, is_shown)
        case.sudo().company_id.is_complaint_two_persons = True
        case.sudo().proposer_id = self.complaint_manager
        case.invalidate_recordset(['can_approve'])
        self.assertFalse(case.with_user(self.complaint_manager).can_approve)

    def test_liability_waits_for_a_manager_and_goes_back_to_the_desk(self):
        case = self._settle(self._create_complaint(user_id=self.desk.id))
        words = "Determine the liability"
        self.assertIn((self.complaint_manager, words), self._get_planned(case))
        self.assertNotIn(self.desk, {user for user, __ in self._get_planned(case)})
        manager = case.with_user(self.complaint_manager)
        self.assertIn(manager, manager.search([('activity_ids.user_id', '=', manager.env.uid)]))
        manager.action_propose_shares()
        manager.liability_ids[1:].unlink()
        manager.liability_ids.write({'party': 'company', 'share': 100.0})
        manager.action_serve_liability()
        self.assertEqual(self._get_planned(case), {(self.desk, "Go on to the improvement")})
        manager.action_reopen_liability()
        self.assertIn((self.complaint_manager, words), self._get_planned(case))
