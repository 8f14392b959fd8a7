from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users
from odoo.tools import html2plaintext

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestHeadOffice(AftersalesCommon):
    """What a branch cannot solve goes to the head office, which has a clock of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lu")
        cls.target = cls.env['aftersales.clock.target'].search([('kind', '=', 'head_office')])
        cls.target.write({'duration': 48, 'calendar_id': False})

    def _ask(self, **values):
        order = self._create_order(user_id=self.agent.id, **values)
        with Form(order) as form:
            form.escalation_question = "The third board burnt out"
        order.action_escalate()
        return order

    def _get_clock(self, order):
        return order.sudo().clock_ids.filtered(lambda clock: clock.kind == 'head_office')

    def _get_notified(self, order):
        return order.sudo().activity_ids.filtered(
            lambda activity: activity.summary == "The branch needs the head office").user_id

    def _get_notice(self, order, user):
        return self.env['mail.message'].search([
            ('model', '=', order._name), ('res_id', '=', order.id),
            ('notified_partner_ids', 'in', user.partner_id.ids)], order='id desc', limit=1).body

    @users('agent')
    def test_question_starts_a_clock_and_tells_the_leads(self):
        with freeze_time('2026-06-02 08:00:00'):
            order = self._ask()
        self.assertEqual(order.escalation_state, 'asked')
        clock = self._get_clock(order)
        self.assertEqual(str(clock.date_start), '2026-06-02 08:00:00')
        self.assertEqual(str(clock.date_deadline), '2026-06-04 08:00:00')
        notified = self._get_notified(order)
        self.assertIn(self.lead, notified)
        self.assertIn(self.manager, notified)
        self.assertNotIn(self.agent, notified)
        self.assertIn("third board", "".join(order.sudo().message_ids.mapped('body')))

    @users('agent')
    def test_deadline_of_the_order_is_the_nearer_one(self):
        self.target.sudo().duration = 0.5
        with freeze_time('2026-06-02 08:00:00'):
            order = self._ask(severity='0')
        self.assertEqual(str(order.date_deadline), '2026-06-02 08:30:00')

    @users('agent')
    def test_question_needs_words_and_waits_for_its_answer(self):
        order = self._create_order()
        order.escalation_question = " "
        with self.assertRaisesRegex(UserError, "what the branch cannot solve"):
            order.action_escalate()
        order.escalation_question = "The third board burnt out"
        order.action_escalate()
        with self.assertRaisesRegex(UserError, "already"):
            order.action_escalate()

    @users('agent')
    def test_branch_does_not_answer_itself(self):
        order = self._ask()
        order.escalation_answer = "Never mind"
        with self.assertRaisesRegex(AccessError, "Team leads answer"):
            order.action_answer_escalation()

    @users('agent')
    def test_state_is_not_typed(self):
        order = self._create_order()
        for name, value in (('escalation_state', 'answered'),
                            ('date_escalated', '2026-06-02 08:00:00'),
                            ('date_escalation_answered', '2026-06-02 08:00:00')):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "is protected"):
                order[name] = value

    def test_answer_keeps_the_promise_and_reaches_the_handler(self):
        with freeze_time('2026-06-02 08:00:00'):
            order = self._ask()
        answering = order.with_user(self.lead)
        with self.assertRaisesRegex(UserError, "Write the answer"):
            answering.action_answer_escalation()
        answering.escalation_answer = "Exchange the unit"
        with freeze_time('2026-06-03 08:00:00'):
            answering.action_answer_escalation()
        self.assertEqual(order.escalation_state, 'answered')
        self.assertEqual(self._get_clock(order).result, 'met')
        self.assertFalse(self._get_notified(order))
        self.assertIn("Exchange the unit", self._get_notice(order, self.agent))
        with self.assertRaisesRegex(UserError, "not with the head office"):
            answering.action_answer_escalation()

    def test_question_and_answer_stay_as_they_were_given(self):
        order = self._ask()
        with self.assertRaisesRegex(UserError, "stay as they were given"), self.cr.savepoint():
            order.with_user(self.agent).escalation_question = "Nothing"
        answering = order.with_user(self.lead)
        answering.escalation_answer = "Exchange the unit"
        answering.action_answer_escalation()
        for user in self.lead, self.agent, self.manager:
            with self.subTest(user=user.name), self.cr.savepoint(), self.assertRaisesRegex(
                    UserError, "stay as they were given"):
                order.with_user(user).write({'escalation_answer': "Repair it"})
        asking = order.with_user(self.agent)
        asking.escalation_question = "The new one burns as well"
        asking.action_escalate()
        answering.escalation_answer = "Refund"
        answering.action_answer_escalation()
        self.assertEqual(order.escalation_answer, "Refund")

    def test_late_answer_breaks_the_promise_and_a_new_question_is_a_new_one(self):
        with freeze_time('2026-06-02 08:00:00'):
            order = self._ask()
        order.escalation_answer = "Exchange the unit"
        with freeze_time('2026-06-04 08:00:01'):
            order.action_answer_escalation()
        order.escalation_question = "The new one burns as well"
        with freeze_time('2026-06-05 08:00:00'):
            order.action_escalate()
        self.assertFalse(order.escalation_answer)
        self.assertEqual(
            self._get_clock(order).sorted('id').mapped('result'), ['missed', 'running'])

    def test_work_goes_on_meanwhile_and_the_end_drops_the_question(self):
        order = self._ask()
        self._move_to(order, 'on_site')
        self.assertEqual(self._get_clock(order).result, 'running')
        order.close_reason = "Bought a new one"
        order.action_cancel()
        self.assertEqual(self._get_clock(order).result, 'void')
        self.assertFalse(order.escalation_state)
        self.assertFalse(self._get_notified(order))

    def test_finished_order_drops_the_question(self):
        order = self._ask()
        self._move_to(order, 'closed')
        self.assertEqual(self._get_clock(order).result, 'void')
        self.assertFalse(order.escalation_state)

    @users('agent')
    def test_asking_costs_the_same_for_each_order(self):
        self._create_questions(1).action_escalate()  # fills the caches of a server
        few, many = (self._count_queries(orders.action_escalate) for orders in (
            self._create_questions(10), self._create_questions(50)))
        self.assertLessEqual((many - few) / 40, 20)

    def test_answering_costs_the_same_for_each_order(self):
        def answer(count):
            orders = self._create_questions(count)
            orders.action_escalate()
            orders = orders.with_user(self.lead)
            orders.escalation_answer = "Exchange the unit"
            return self._count_queries(orders.action_answer_escalation)

        answer(1)  # fills the caches of a server
        few, many = answer(10), answer(50)
        self.assertLessEqual((many - few) / 40, 15)

    def _create_questions(self, count):
        return self.env['aftersales.order'].create([
            {'partner_id': self.customer.id, 'user_id': self.agent.id,
             'description': "It hums", 'escalation_question': f"Board {number} burnt out"}
            for number in range(count)])

    @users('agent')
    def test_question_keeps_its_lines_in_the_activity(self):
        order = self._create_order(escalation_question="Board <7> burnt out\nTwice")
        order.action_escalate()
        note = order.sudo().activity_ids[:1].note
        self.assertEqual(html2plaintext(note), "Board <7> burnt out\nTwice")

    def test_answer_is_noted_where_no_agent_handles_the_order(self):
        order = self._create_order(user_id=False, escalation_question="It burns")
        order.action_escalate()
        order.escalation_answer = "Exchange the unit"
        order.action_answer_escalation()
        message = order.message_ids[:1]
        self.assertIn("Exchange the unit", message.body)
        self.assertTrue(message.subtype_id.internal)  # customers do not read it

    def test_early_marks_of_its_clock_notify_the_leads(self):
        with freeze_time('2026-06-02 08:00:00'):
            order = self._ask()
        with freeze_time('2026-06-04 07:00:00'):
            self._get_clock(order)._alert()
        self.assertIn("80 % of the promised time", self._get_notice(order, self.lead))
        self.assertFalse(order.activity_ids.filtered(
            lambda activity: activity.user_id == self.agent))
