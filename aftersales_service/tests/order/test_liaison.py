from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestLiaison(AftersalesCommon):
    """A question to another department, whose people have no after-sales role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env['aftersales.order'].with_user(cls.agent).create({
            'partner_id': cls.customer.id, 'description': "It does not cool"})
        cls.slip = cls.env['aftersales.liaison'].with_user(cls.agent).create({
            'department': "Quality", 'addressee_id': cls.employee.id,
            'subject': "Compressors fail early", 'content': "Three in a week. Which batch?",
            'needed_date': '2030-03-01', 'order_id': cls.order.id})

    def _mine(self):
        """Return the slip as the user of the test."""
        return self.slip.with_user(self.env.user)

    def test_sending_gives_the_addressee_an_activity(self):
        self.assertTrue(self.slip.name)
        self.slip.action_send()
        self.assertTrue(self.slip.date_sent)
        self.assertRecordValues(self.slip.activity_ids, [{
            'user_id': self.employee.id, 'summary': "Compressors fail early"}])
        self.assertEqual(str(self.slip.activity_ids.date_deadline), '2030-03-01')

    def test_reply_stays_as_it_was_given(self):
        self.slip.action_send()
        replying = self.slip.with_user(self.employee)
        replying.reply = "Batch 7: replace them."
        replying.action_answer()
        for user in self.employee, self.agent, self.manager:
            with self.subTest(user=user.name), self.cr.savepoint(), self.assertRaisesRegex(
                    UserError, "stays as it is, with its reply"):
                self.slip.with_user(user).reply = "Batch 8"

    @users('employee')
    def test_addressee_answers_and_the_asker_is_notified(self):
        self.slip.action_send()
        self._mine().reply = "Batch 7: replace them."
        self._mine().action_answer()
        self.assertEqual(self.slip.state, 'answered')
        self.assertTrue(self.slip.date_answered)
        self.assertFalse(self.slip.activity_ids)
        answer = self.slip.message_ids.filtered(
            lambda message: "Batch 7" in (message.body or ''))
        self.assertIn(self.agent.partner_id, answer.notified_partner_ids)

    @users('employee')
    def test_answer_needs_words(self):
        self.slip.action_send()
        with self.assertRaisesRegex(UserError, "Write the reply first"):
            self._mine().action_answer()
        self.assertEqual(self.slip.state, 'sent')

    @users('employee')
    def test_addressee_changes_nothing_but_the_reply(self):
        self.slip.action_send()
        with self.assertRaisesRegex(AccessError, "not change it"):
            self._mine().content = "There was no question"
        with self.assertRaisesRegex(AccessError, "not change it"):
            self._mine().action_withdraw()
        with self.assertRaises(AccessError):
            self._mine().unlink()

    @users('employee')
    def test_employee_sees_neither_drafts_nor_slips_of_others(self):
        with self.assertRaises(AccessError):
            self._mine().read(['subject'])
        self.slip.action_send()
        self.assertEqual(self.env['aftersales.liaison'].search([]), self.slip)
        self.slip.action_withdraw()
        self.slip.addressee_id = self.manager
        self.slip.action_send()
        self.assertFalse(self.env['aftersales.liaison'].search([]))

    @users('other_agent')
    def test_agents_see_their_own_slips(self):
        self.assertFalse(self.env['aftersales.liaison'].search([]))
        with self.assertRaises(AccessError):
            self._mine().subject = "Mine now"

    @users('dispatcher')
    def test_dispatchers_see_all_slips(self):
        self.assertEqual(self.env['aftersales.liaison'].search([]), self.slip)

    def test_a_sent_slip_stays_as_it_is(self):
        self.slip.action_send()
        with self.assertRaisesRegex(UserError, "withdraw it first"):
            self.slip.content = "Four in a week"
        self.slip.action_withdraw()
        self.assertFalse(self.slip.activity_ids)
        self.slip.content = "Four in a week"

    def test_states_are_not_jumped(self):
        self.slip.reply = "Yes"
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.slip.action_answer()
        with self.assertRaisesRegex(AccessError, "State.* is protected"):
            self.slip.copy({'state': 'answered'})
        with self.assertRaisesRegex(AccessError, "State.* is protected"):
            self.slip.with_user(self.agent).write({'state': 'sent'})

    def test_order_shows_its_slips(self):
        action = self.order.action_view_liaisons()
        self.assertEqual(self.env['aftersales.liaison'].search(action['domain']), self.slip)

    def test_slips_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        other = self.slip.sudo().copy({'company_id': company.id, 'order_id': False})
        with self.assertRaises(AccessError):
            other.with_user(self.manager).read(['subject'])
