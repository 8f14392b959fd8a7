from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ComplaintCommon

SHEET = 'aftersales_complaint.aftersales_complaint_view_form'


@tagged('post_install', '-at_install')
class TestAnswer(ComplaintCommon):
    """The customer reads what its writer saw, and what was approved."""

    def _approve(self, amount, **values):
        case = self._judge(self._create_complaint(user_id=self.agent.id, **values))
        self._propose(case, amount)
        case.with_user(self.complaint_manager).action_approve()
        return case

    def _open_dialog(self, case):
        action = case.action_answer()
        return Form(self.env[action['res_model']].with_user(case.env.user).with_context(
            **action['context']))

    def test_answer_of_the_intake_is_challenged_once_another_offer_is_approved(self):
        case = self._approve(1200, answer="We grant 100.")
        for way in (case.action_inform,
                    lambda: case.write({'stage_id': self.env.ref(
                        'aftersales_complaint.aftersales_complaint_stage_informed').id})):
            with self.assertRaisesRegex(UserError, "proposal changed after the answer"):
                way()
        dialog = self._open_dialog(case)
        self.assertEqual(
            (dialog.answer, dialog.amount_offered, dialog.is_answer_outdated),
            ("We grant 100.", 1200.0, True))
        dialog.answer = "We grant 1,200."
        dialog.save().action_confirm()
        self.assertRecordValues(case, [
            {'state': 'informed', 'answer': "We grant 1,200.", 'is_answer_outdated': False}])

    def test_answer_that_was_read_again_may_stay(self):
        case = self._approve(100, answer="You get what you asked for.")
        self._open_dialog(case).save().action_confirm()
        self.assertEqual(case.state, 'informed')

    def test_answer_written_after_the_proposal_is_sent_as_it_is(self):
        case = self._approve(100)
        case.answer = "We grant 100."
        self.assertFalse(case.is_answer_outdated)
        case.action_inform()
        self.assertEqual(case.state, 'informed')

    def test_unfounded_complaint_is_answered_by_the_same_dialog(self):
        case = self._create_complaint(answer="It is worn by use.").with_user(self.desk)
        dialog = Form(self.env['aftersales.complaint.answer'].with_user(self.desk).with_context(
            **case.action_answer_unfounded()['context']))
        self.assertEqual(dialog.answer, "It is worn by use.")
        dialog.save().action_confirm()
        self.assertEqual(case.state, 'unfounded')

    def test_dialog_of_a_case_that_went_on_changes_nothing(self):
        case = self._approve(100, answer="We grant 100.")
        late = self._open_dialog(case).save()
        case.answer = "We grant 100 and a gift."
        case.action_inform()
        with self.assertRaises(UserError):
            late.action_confirm()
        self.assertEqual(case.answer, "We grant 100 and a gift.")

    def test_page_takes_no_value_that_saving_refuses(self):
        case = self._approve(100, answer="We grant 100.")
        page = Form(case, SHEET)
        with self.assertRaisesRegex(AssertionError, "readonly"):
            page.amount_offered = 200
        case.answer = "We grant 100."
        case.action_inform()
        page = Form(case, SHEET)
        for name in 'answer', 'description', 'offer', 'amount_asked':
            with self.subTest(field=name), self.assertRaisesRegex(AssertionError, "readonly"):
                page[name] = 1 if name == 'amount_asked' else "Another"
        case.action_settle()
        with self.assertRaisesRegex(AssertionError, "readonly"):
            Form(case, SHEET).amount_accepted = 50
