from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestFlow(ComplaintCommon):
    """Eight steps, each with what it asks for, from buttons and from the board alike."""

    def test_complaint_walks_through_all_steps(self):
        case = self._settle(self._create_complaint())
        self.assertRecordValues(case, [{
            'state': 'settled', 'flow': 'full', 'judge_id': self.desk.id,
            'approver_id': self.desk.id, 'is_founded': True, 'amount_accepted': 100.0}])
        self.assertTrue(case.date_judged and case.date_answered and case.date_settled)
        self.assertFalse(case.date_closed)

    def test_board_asks_for_what_the_buttons_ask_for(self):
        case = self._create_complaint().with_user(self.desk)
        stages = {stage.state: stage for stage in self.env['aftersales.complaint.stage'].search([])}
        with self.assertRaisesRegex(UserError, "cannot become “Investigating”"):
            case.stage_id = stages['investigating']
        with self.assertRaisesRegex(UserError, "Judge the complaint before you assign"):
            case.stage_id = stages['assigned']
        case.action_judge()
        case.stage_id = stages['assigned']
        case.stage_id = stages['investigating']
        with self.assertRaisesRegex(UserError, "Write down the cause"):
            case.stage_id = stages['proposed']
        with self.assertRaisesRegex(UserError, "status|stage"):
            case.state = 'closed'

    def test_agent_leaves_the_judgement_to_the_desk(self):
        case = self._create_complaint(self.env(user=self.agent))
        with self.assertRaisesRegex(AccessError, "desk and team leads"):
            case.action_judge()
        case.with_user(self.lead).action_judge()
        self.assertEqual(case.judge_id, self.lead)
