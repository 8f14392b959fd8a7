from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .call_common import CallCommon


@tagged('post_install', '-at_install')
class TestCallPlan(CallCommon):
    """Who is called after the work, or because the message was not answered."""

    def setUp(self):
        super().setUp()
        self.env.company.write({
            'survey_call_wave_id': self.wave.id, 'survey_call_share': 100.0})

    def _plan(self, *orders):
        self.env['aftersales.order'].union(*orders)._plan_follow_ups()

    def _get_calls(self, orders):
        return self.env['aftersales.survey.invitation'].search(
            [('order_id', 'in', orders.ids), ('date_next_call', '!=', False)])

    def test_desk_takes_over_the_plan(self):
        order = self._create_done_order()
        self._plan(order)
        call = self._get_calls(order)
        self.assertRecordValues(call, [{'call_reason': 'next_day', 'channel': 'phone'}])
        self.assertEqual(call.date_next_call.date(), order.date_follow_up)
        self.assertEqual(order.survey_call, 'planned')
        self.assertFalse(order.activity_ids)

    def test_without_wave_the_handlers_call(self):
        self.env.company.survey_call_wave_id = False
        order = self._create_done_order()
        self._plan(order)
        self.assertFalse(self._get_calls(order))
        self.assertEqual(order.activity_ids.user_id, self.agent)

    def test_grade_decides_and_consumers_have_the_share_of_the_company(self):
        grade = self.env['aftersales.customer.grade'].create({
            'name': "A", 'survey_call_share': 100.0})
        dealer = self.env['res.partner'].create({
            'name': "Dealer", 'phone': '+1 650 555 0111', 'aftersales_grade_id': grade.id})
        self.env.company.survey_call_share = 0.0
        of_dealer = self._create_done_order(partner_id=dealer.id)
        of_consumer = self._create_done_order()
        self._plan(of_dealer, of_consumer)
        self.assertEqual(self._get_calls(of_dealer | of_consumer).order_id, of_dealer)
        self.assertRecordValues(of_dealer | of_consumer, [
            {'survey_call': 'planned', 'date_follow_up': of_dealer.date_follow_up},
            {'survey_call': 'spared', 'date_follow_up': of_dealer.date_follow_up}])
        self.assertFalse(of_consumer.activity_ids)

    def test_who_wants_no_surveys_is_spared(self):
        self.customer.aftersales_survey_opt_out = True
        order = self._create_done_order()
        self._plan(order)
        self.assertEqual(order.survey_call, 'spared')
        self.assertFalse(self._get_calls(order))

    def test_what_the_desk_cannot_plan_goes_to_the_handler(self):
        order = self._create_done_order()
        order.phone = False
        self._plan(order)
        self.assertTrue(order.date_follow_up)
        self.assertTrue(order.activity_ids)

    def test_plan_never_raises(self):
        order = self._create_done_order()
        # the customer was asked by the same wave already
        self._create_call(order)
        order.date_follow_up = False
        self._plan(order)
        self.assertEqual(order.survey_call, 'spared')

    def test_paid_jobs_and_suspects_are_called_whatever_the_share_says(self):
        self.env.company.survey_call_share = 0.0
        self.wave.write({'is_paid_called': True})
        paid = self._create_done_order()
        self._plan(paid)
        self.assertEqual(self._get_calls(paid).call_reason, 'paid')
        self.wave.is_paid_called = False
        suspect = self._create_done_order()
        mine = self._create_call(self._create_done_order()).with_user(self.interviewer)
        self.desk.open_call_desk(mine.id)
        mine.end_call('no_answer', is_denied=True)
        self._plan(suspect)
        self.assertEqual(self._get_calls(suspect).call_reason, 'suspect')

    def test_quota_of_the_outlet_limits_the_share(self):
        outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'partner_id': self.env['res.partner'].create({'name': "North"}).id})
        orders = [self._create_done_order() for __ in range(3)]
        for order in orders:
            order.outlet_id = outlet
        self.wave.sudo().outlet_quota = 2
        self._plan(*orders)
        self.assertEqual(
            sorted(order.survey_call for order in orders), ['planned', 'planned', 'spared'])

    def test_silent_customers_are_called_by_share(self):
        wave = self._create_wave(name="Messages", call_share=100.0, is_paid_called=False)
        old = fields.Datetime.now() - timedelta(days=3)
        orders = [self._create_done_order() for __ in range(3)]
        rows = [order._prepare_survey_call_row() | {'channel': 'message'} for order in orders]
        silent, answered, fresh = self.env['aftersales.survey.invitation']._create_invitations(
            wave, rows)
        wave.sudo().state = 'running'
        (silent | answered).write({'state': 'sent', 'date_sent': old})
        fresh.write({'state': 'sent', 'date_sent': fields.Datetime.now()})
        answered.user_input_id._aftersales_answer(self.nps_question, 9)
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_survey.ir_cron_aftersales_survey_calls')\
                .method_direct_trigger()
        self.assertEqual(
            [invitation.call_reason for invitation in (silent, answered, fresh)],
            ['silent', False, False])

    def test_next_day_calls_start_by_one_click(self):
        self.env.company.survey_call_wave_id = False
        waves = self.env['aftersales.survey.wave']
        with self.assertRaises(AccessError):
            waves.with_user(self.interviewer).action_start_next_day_calls()
        waves.with_user(self.survey_manager).action_start_next_day_calls()
        self.assertRecordValues(self.env.company.survey_call_wave_id, [
            {'state': 'running', 'channel': 'phone', 'kind': 'trigger'}])
        # what the plan spares, the wave's own trigger does not ask
        self.assertTrue(self.env.company.survey_call_wave_id._get_waiting_domain(
            fields.Datetime.now()).is_false())

    def test_telephone_campaign_is_planned_at_once_and_says_what_it_is(self):
        """Customers who had no work are not greeted as if they had."""
        self.wave._set_state('closed')
        wave = self._create_wave(
            name="Yearly", channel='phone', population='res.partner', throttle_days=0,
            domain=f"[('id', '=', {self.customer.id})]", size_wished=1,
            date_deadline=fields.Datetime.now() + timedelta(days=14)).with_user(
                self.survey_manager)
        wave.action_draw()
        cron = self.env.ref('aftersales_survey.ir_cron_aftersales_survey_calls')
        triggers = self.env['ir.cron.trigger'].search([])
        wave.action_launch()
        self.assertIn(cron, (triggers.search([]) - triggers).cron_id)
        self.assertEqual(self.desk.open_call_desk()['next'], {'planned': 1, 'due': False})
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        call = self.env['aftersales.survey.invitation'].search([('wave_id', '=', wave.id)])
        self.assertEqual(call.call_reason, 'campaign')
        due = call.date_next_call = fields.Datetime.now() + timedelta(hours=1)
        self.assertEqual(self.desk.open_call_desk()['next'], {
            'planned': 0, 'due': fields.Datetime.to_string(due)})
        call.date_next_call = fields.Datetime.now()
        shown = self.desk.open_call_desk()
        self.assertIsNone(shown['next'])
        self.assertIn("how satisfied they are", shown['call']['script'])

    def test_greeting_says_why_it_is_called(self):
        call = self._create_call()
        self.repair_survey.aftersales_call_script = "Our words"
        for reason, words in (('next_day', "Our words"), ('second', "not satisfied"),
                              ('wished', "asked us to call you back")):
            call.call_reason = reason
            self.assertIn(words, call._get_call_script())
        self.repair_survey.aftersales_call_script = False
        call.call_reason = 'next_day'
        self.assertIn("technician was with you", call._get_call_script())
        call.user_input_id.callback_phone = '+1 650 555 0177'
        shown = call._prepare_call()
        self.assertEqual((shown['phone'], shown['known_phone']), (
            '+1 650 555 0177', '+1 650 555 0100'))
