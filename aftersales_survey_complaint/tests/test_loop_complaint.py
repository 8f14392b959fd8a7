from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_survey.tests.call_common import CallCommon


@tagged('post_install', '-at_install')
class TestLoopComplaint(CallCommon):
    """A low rating is one complaint, and its end leads to the second interview."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint_desk = new_test_user(
            cls.env, 'desk_dina', 'aftersales_complaint.group_complaint_desk', name="Desk Dina")

    def _rate(self, order=None, nps=3, words=None):
        """Let a customer rate low on the page; return the loop."""
        answers = self._create_answers(self.wave, order or self._create_done_order())
        answers._aftersales_answer(self.nps_question, nps)
        if words:
            answers._aftersales_answer(self.open_question, words)
        answers._finish_aftersales()
        return self.env['aftersales.loop'].search([('user_input_id', '=', answers.id)])

    def _get_complaints(self, order):
        return self.env['aftersales.complaint'].search([('order_id', '=', order.id)])

    def _settle(self, case):
        case = case.with_user(self.complaint_desk)
        case.write({'answer': "We come again tomorrow"})
        case.action_solve_now()

    def test_waves_of_complaints_outlive_the_module(self):
        case = self.env['aftersales.complaint'].create({
            'partner_id': self.customer.id, 'kind': 'service', 'subject': "Late"})
        running, draft = (self._create_wave(
            population='aftersales.complaint', kind='trigger', event='complaint_settled',
            domain="[('kind', '=', 'service')]") for __ in range(2))
        running.sudo().write({'state': 'running', 'date_launched': fields.Datetime.now()})
        invitation = self.env['aftersales.survey.invitation'].sudo().create({
            'wave_id': running.id, 'company_id': running.company_id.id,
            'res_model': case._name, 'res_id': case.id, 'partner_id': self.customer.id})
        self.env['ir.model.fields.selection'].search([
            ('field_id.model', '=', 'aftersales.survey.wave'),
            ('value', '=', 'aftersales.complaint')])._process_ondelete()
        self.assertFalse(draft.exists())
        self.assertTrue(invitation.exists())
        self.assertRecordValues(running, [{'state': 'closed', 'population': 'aftersales.order'}])

    # === OPENING === #

    def test_low_rating_opens_one_complaint_with_a_handler(self):
        loop = self._rate()
        case = loop.complaint_id
        self.assertRecordValues(case, [{
            'order_id': loop.order_id.id, 'channel': 'rating', 'user_id': self.agent.id,
            'partner_id': self.customer.id}])
        self.assertNotIn(
            case, self.env['aftersales.complaint'].with_user(self.technician).search([]))

    def test_open_complaint_of_the_order_takes_the_words_in(self):
        order = self._create_done_order()
        case = self.env['aftersales.complaint'].create({
            'order_id': order.id, 'kind': 'service', 'subject': "Rude", 'description': "Rude"})
        loop = self._rate(order)
        self.assertEqual(loop.complaint_id, case)
        self.assertEqual(self._get_complaints(order), case)
        self.assertTrue(case.message_ids.filtered(lambda note: "3 of 10" in (note.body or "")))

    def test_open_complaint_of_the_unit_takes_the_words_in(self):
        card = self._create_card()
        case = self.env['aftersales.complaint'].create({
            'warranty_id': card.id, 'kind': 'service', 'subject': "Loud", 'description': "Loud"})
        self.assertEqual(
            self._rate(self._create_done_order(warranty_id=card.id)).complaint_id, case)

    def test_other_customer_keeps_an_own_complaint(self):
        other = self.env['res.partner'].create({'name': "Other", 'phone': '+1 650 555 0177'})
        case = self.env['aftersales.complaint'].create({
            'partner_id': other.id, 'kind': 'service', 'subject': "Loud", 'description': "Loud"})
        self.assertNotEqual(self._rate().complaint_id, case)

    def test_core_rating_and_survey_open_one(self):
        order = self._create_done_order()
        self._rate(order)
        order._rating_get_access_token()
        rating = order.rating_ids
        order.rating_apply(1, token=rating.access_token, feedback="Bad")
        self.assertEqual(len(self._get_complaints(order)), 1)

    def test_follow_up_of_a_closed_loop_opens_no_second_complaint(self):
        call = self._create_call()
        self._interview(call, nps=3)
        loop, order = self._get_loop(call), call.order_id
        self._settle(loop.complaint_id)
        mine = loop.with_user(self.survey_manager)
        mine.close_reason = "Cannot be reached any more"
        mine.action_close()
        self.assertEqual(order.follow_up_result, 'not_content')
        self.assertEqual(len(self._get_complaints(order)), 1)

    def test_one_click_at_the_desk_opens_a_complaint(self):
        call = self._create_call()
        self.desk.open_call_desk(call.id)
        call.with_user(self.interviewer).open_call_loop('complaint', note="Wants the money back")
        case = self._get_complaints(call.order_id)
        self.assertEqual(len(case), 1)
        self.assertIn("Wants the money back", case.description)

    def test_button_asks_for_the_right_to_write_the_loop(self):
        self.env['aftersales.loop.rule'].search([]).action = 'task'
        loop = self._rate()
        self.assertFalse(loop.complaint_id)
        for user in self.technician, self.other_agent:
            with self.assertRaises(AccessError):
                loop.with_user(user).action_complaint()
        loop.with_user(self.interviewer).action_complaint()
        self.assertTrue(loop.complaint_id)
        with self.assertRaisesRegex(UserError, "Only an open loop without a complaint"):
            loop.with_user(self.interviewer).action_complaint()

    # === CLOSING === #

    def test_closed_complaint_plans_the_second_interview(self):
        loop = self._rate(words="It drips")
        self._settle(loop.complaint_id)
        self.assertEqual(loop.state, 'second_call')
        self.assertIn("We come again tomorrow", loop.solution)
        again = loop.second_invitation_id
        self.assertTrue(again.date_next_call)
        with freeze_time(again.date_next_call + timedelta(hours=1)):
            self._interview(again, nps=9)
        self.assertRecordValues(loop, [{
            'state': 'closed', 'first_score': 3, 'second_score': 9}])

    def test_unfounded_complaint_plans_it_too(self):
        loop = self._rate()
        case = loop.complaint_id.with_user(self.complaint_desk)
        case.answer = "The noise is within the norm."
        case.action_unfounded()
        self.assertEqual(loop.state, 'second_call')

    def test_merged_complaint_takes_its_loop_along(self):
        loop = self._rate()
        other = self.env['aftersales.complaint'].create({
            'partner_id': self.customer.id, 'kind': 'service', 'subject': "Late",
            'description': "Late"})
        loop.complaint_id._merge_into(other)
        self.assertEqual(loop.complaint_id, other)

    def test_who_complained_is_called_whatever_the_share_says(self):
        self.env.company.write({
            'survey_call_wave_id': self.wave.id, 'survey_call_share': 0.0})
        order = self._create_done_order()
        self.env['aftersales.complaint'].create({
            'order_id': order.id, 'kind': 'service', 'subject': "Late", 'description': "Late"})
        order._plan_follow_ups()
        self.assertEqual(self.env['aftersales.survey.invitation'].search(
            [('order_id', '=', order.id)]).call_reason, 'complaint')

    def test_wave_asks_how_a_complaint_was_handled_but_no_loop_twice(self):
        wave = self._create_wave(
            name="Complaints", kind='trigger', population='aftersales.complaint',
            event='complaint_settled', channel='phone', throttle_days=0, delay_hours=0)
        wave._set_state('running')
        other = self.env['res.partner'].create({'name': "Other", 'phone': '+1 650 555 0177'})
        case = self.env['aftersales.complaint'].create({
            'partner_id': other.id, 'kind': 'service', 'subject': "Late", 'description': "Late"})
        self._settle(case)
        with_loop = self._rate().complaint_id
        self._settle(with_loop)
        asked = (case | with_loop).filtered_domain(
            wave._get_waiting_domain(fields.Datetime.now() + timedelta(hours=1)))
        self.assertEqual(asked, case)
        self.assertEqual(case._prepare_survey_invitation_vals()['partner_id'], other.id)

    def test_survey_manager_draws_and_launches_a_wave_about_complaints(self):
        station = self.env['aftersales.outlet'].create({
            'name': "Pudong Station", 'partner_id': self.customer.id})
        people = self.env['res.partner'].create([
            {'name': f"Sampled {one}", 'email': f'sampled{one}@example.com',
             'phone': f'+1 650 555 02{one:02}'} for one in range(4)])
        cases = self.env['aftersales.complaint'].create([{
            'partner_id': person.id, 'kind': 'service', 'subject': "Late", 'description': "Late",
            'outlet_id': station.id} for person in people])
        for case in cases[:3]:
            self._settle(case)
        wave = self.env['aftersales.survey.wave'].with_user(self.survey_manager).create({
            'name': "Complaints", 'survey_id': self.repair_survey.id, 'throttle_days': 0,
            'population': 'aftersales.complaint', 'method': 'stratified', 'stratum_by': 'outlet',
            'domain': "[('partner_id.name', '=like', 'Sampled%')]", 'size_wished': 2})
        self.assertEqual(wave.count_population(
            wave.population, [('partner_id.name', '=like', 'Sampled%')]), 3)
        wave.action_draw()
        self.assertEqual(wave.asked_count, 2)
        self.assertRecordValues(wave.stratum_ids, [{
            'name': "Pudong Station", 'population_count': 3, 'drawn_count': 2}])
        wave.action_launch()
        invitations = wave.sudo().invitation_ids
        self.assertEqual(len(invitations), 2)
        self.assertLessEqual(invitations.partner_id, people[:3])
        self.assertEqual(invitations.outlet_id, station)
        self.assertEqual(set(invitations.mapped('res_model')), {'aftersales.complaint'})
        self.assertTrue(invitations[0].user_input_id.access_token)

    def test_who_rated_low_hears_of_no_complaint(self):
        """The customer tapped a number; one who complains hears that it was received."""
        case = self._rate().complaint_id
        self.assertFalse(case._is_message_needed('complaint_received'))
        self.assertTrue(case._is_message_needed('complaint_answered'))
        own = self.env['aftersales.complaint'].create({
            'partner_id': self.customer.id, 'kind': 'service', 'channel': 'phone',
            'subject': "Rude", 'description': "Rude"})
        self.assertTrue(own._is_message_needed('complaint_received'))

    def test_answers_of_a_visitor_are_followed_by_the_company(self):
        """What colleagues read is in the company's language, not in the customer's."""
        self.env['res.lang']._activate_lang('fr_FR')
        answers = self._create_answers(self.wave, self._create_done_order())
        public = self.env.ref('base.public_user')
        visitor = answers.with_user(public).sudo().with_context(lang='fr_FR')
        visitor._aftersales_answer(self.nps_question, 3)
        visitor._aftersales_answer(self.nps_question, 2)
        visitor._finish_aftersales()
        loop = self.env['aftersales.loop'].search([('user_input_id', '=', answers.id)])
        for record in loop, loop.complaint_id:
            self.assertEqual(record.create_uid, self.env.ref('base.user_root'))
        self.assertEqual(visitor._without_visitor().env.lang, 'en_US')
        self.assertEqual(answers._without_visitor().env, answers.env)
        note = answers.message_ids.filtered(lambda note: "changed from 3 to 2" in note.body)
        self.assertEqual(note.author_id, self.env.ref('base.partner_root'))
