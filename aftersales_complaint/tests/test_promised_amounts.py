from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestPromisedAmounts(ComplaintCommon):
    """What the customer reads as agreed was granted by a step, within somebody's authority."""

    def _inform(self, amount=100.0):
        case = self._judge(self._create_complaint())
        self._propose(case, amount)
        case.action_approve()
        case.answer = "We grant it."
        case.action_inform()
        return case

    def test_new_complaint_takes_what_the_user_may_grant_at_once(self):
        for user in self.agent, self.desk:
            with self.subTest(user=user.name), self.assertRaisesRegex(
                    UserError, "may grant at once"):
                self._create_complaint(self.env(user=user), amount_accepted=900000.0)
        case = self._create_complaint(self.env(user=self.agent), amount_accepted=200.0)
        with self.assertRaisesRegex(UserError, "may grant at once"):
            case.amount_accepted = 201.0
        self.assertFalse(case._get_page_agreed())

    def test_amount_is_accepted_after_the_answer_and_as_approved(self):
        case = self._judge(self._create_complaint())
        with self.assertRaisesRegex(UserError, "once the answer is out"):
            case.amount_accepted = 5.0
        case = self._inform()
        with self.assertRaisesRegex(UserError, "More was accepted than was approved"):
            case.amount_accepted = 900000.0
        case.amount_accepted = 60.0
        self.assertFalse(case._get_page_agreed())
        case.action_settle()
        self.assertEqual((case._get_page_agreed(), case.amount_accepted), (60.0, 60.0))

    def test_unfounded_complaint_agreed_on_nothing(self):
        case = self._create_complaint(answer="We see no fault. You can appeal.").with_user(
            self.desk)
        case.amount_accepted = 150.0
        case.action_unfounded()
        self.assertFalse(case.amount_accepted)
        self.assertFalse(case._get_page_agreed())

    def test_loss_reads_what_was_settled_only(self):
        case = self._inform()
        case.amount_accepted = 100.0
        case.action_read_losses()
        self.assertFalse(case.loss_ids)
        case.action_settle()
        case.action_read_losses()
        self.assertEqual(case.loss_ids.mapped('value'), [100.0])

    def test_what_was_offered_is_accepted_whatever_way_the_customer_accepts(self):
        case = self._inform(80.0)
        case.action_settle()
        self.assertEqual(case.amount_accepted, 80.0)
        fast = self._create_complaint(
            self.env(user=self.agent), amount_offered=120.0, answer="A voucher",
            partner_id=self.customer.copy({'phone': False}).id)
        fast.action_solve_now()
        self.assertEqual(fast.amount_accepted, 120.0)
        page = self._inform(70.0)
        page.amount_accepted = 10.0
        page.sudo()._accept_from_portal()
        self.assertEqual(page.amount_accepted, 70.0)
