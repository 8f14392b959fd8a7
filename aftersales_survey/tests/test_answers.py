from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged, users

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestAnswers(SurveyCommon):
    """One door saves answers and scores them at once; steps alone write the scores."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order(
            product_id=self.conditioner.id, technician_id=self.technician.id)
        self.answers = self._create_answers(order=self.order)

    def _exclude(self, user, **values):
        wizard = self.env['aftersales.survey.exclusion'].with_user(user).sudo(False)
        wizard.create({'user_input_ids': [Command.set(self.answers.ids)], **values}
                      ).action_exclude()

    # === SCORES === #

    def test_answers_know_what_the_invitation_knows(self):
        invitation = self.answers.aftersales_invitation_id
        self.assertRecordValues(self.answers, [{
            'company_id': invitation.company_id.id, 'partner_id': self.customer.id,
            'aftersales_order_id': self.order.id, 'aftersales_wave_id': invitation.wave_id.id,
            'deadline': invitation.date_deadline}])
        self.assertGreaterEqual(len(self.answers.access_token), 32)

    def test_first_answer_counts_as_a_half_one(self):
        self.answers._aftersales_answer(self.nps_question, 3)
        self.assertRecordValues(self.answers, [{
            'nps': 3, 'nps_class': 'detractor', 'nps_points': -100, 'is_low': True,
            'is_partial': True, 'state': 'in_progress', 'csi': 0.0}])
        self.assertTrue(self.answers.date_scored)
        self.assertRecordValues(self.answers.aftersales_invitation_id, [{'state': 'answered'}])
        # a figure that was not asked stays empty: no average counts it
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT csi, csat, ces FROM survey_user_input WHERE id = %s", self.answers.ids)
        self.assertEqual(self.env.cr.fetchone(), (None, None, None))

    def test_a_gap_of_zero_is_a_score(self):
        """Service that is what customers expect has a gap, and no gap is another thing."""
        survey = self.env.ref('aftersales_survey.survey_servqual')
        pairs = survey.question_ids.filtered('aftersales_pair_id')[:1]
        answers = self._create_answers(self._create_wave(survey_id=survey.id))
        scored = []

        def note(answers):
            scored.append(answers)

        self.patch(type(answers), '_on_aftersales_scored', note)
        answers._aftersales_answer(pairs.aftersales_pair_id, 5)
        self.assertEqual(self._read_gap(answers), (None,))
        scored.clear()
        answers._aftersales_answer(pairs, 5)
        self.assertEqual(self._read_gap(answers), (0.0,))
        self.assertEqual(scored, [answers])
        answers._store_aftersales_scores()
        self.assertEqual(scored, [answers])

    def _read_gap(self, answers):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT servqual_gap FROM survey_user_input WHERE id = %s", answers.ids)
        return self.env.cr.fetchone()

    def test_zero_of_ten_is_an_answer(self):
        self.answers._aftersales_answer(self.nps_question, 0)
        self.assertRecordValues(self.answers, [{'nps': 0, 'nps_class': 'detractor'}])
        self.assertFalse(self.answers.user_input_line_ids.skipped)

    def test_finished_answers_are_scored_and_stay(self):
        with self.assertRaisesRegex(UserError, "first question"):
            self.answers._finish_aftersales()
        self.answers._aftersales_answer_all({self.nps_question: '9', self.csi_question: '4'})
        self.answers._finish_aftersales()
        self.assertRecordValues(self.answers, [{
            'nps_class': 'promoter', 'csi': 80.0, 'is_partial': False, 'is_low': False,
            'state': 'done'}])
        with self.assertRaisesRegex(UserError, "answered already"):
            self.answers._aftersales_answer(self.nps_question, 10)

    def test_low_item_is_a_low_rating(self):
        self.answers._aftersales_answer_all({self.nps_question: 9, self.csi_question: 2})
        self.assertTrue(self.answers.is_low)

    def test_gap_of_service_quality(self):
        survey = self.env.ref('aftersales_survey.survey_servqual')
        answers = self.env['survey.user_input'].create({'survey_id': survey.id})
        values = {}
        for question in survey.question_ids:
            is_reliable = question.aftersales_dimension == 'reliability'
            values[question] = 7 if question.aftersales_metric == 'expectation' else (
                5 if is_reliable else 6)
        answers._aftersales_answer_all(values)
        # reliability −2 with 32 points, the other four −1 with 68
        self.assertAlmostEqual(answers.servqual_gap, -1.32)

    def test_correction_leaves_a_trace_of_ratings_not_of_words(self):
        self.answers._aftersales_answer_all({self.nps_question: 3, self.open_question: "Secret"})
        self.answers._aftersales_answer_all({self.nps_question: 8, self.open_question: "Other"})
        self.assertRecordValues(self.answers, [{'nps': 8, 'nps_class': 'passive', 'is_low': False}])
        log = " ".join(str(body) for body in self.answers.message_ids.mapped('body'))
        self.assertIn("from 3 to 8", log)
        self.assertNotIn("Secret", log)

    def test_interviewer_is_noted(self):
        self.answers.with_user(self.interviewer).sudo()._aftersales_answer(
            self.nps_question, 7, interviewer=self.interviewer)
        self.assertEqual(self.answers.aftersales_interviewer_id, self.interviewer)

    def test_hook_hears_of_each_score_once(self):
        heard = []
        self.patch(type(self.answers), '_on_aftersales_scored', lambda records: heard.append(
            records.ids))
        self.answers._aftersales_answer(self.nps_question, 3)
        self.answers._aftersales_answer(self.nps_question, 3)
        self.answers._finish_aftersales()
        self.assertEqual(heard, [self.answers.ids])

    # === BAD INPUT === #

    def test_what_is_no_answer_is_refused(self):
        foreign = self.env.ref('aftersales_survey.survey_yearly').question_ids
        choice = foreign.filtered(lambda question: question.suggested_answer_ids)[0]
        for question, value in (
                (self.nps_question, 11), (self.nps_question, -1), (self.csi_question, 0),
                (self.csi_question, "NaN"), (self.csi_question, [4]), (self.csi_question, "4.5"),
                (foreign[0], 9), (choice, choice.suggested_answer_ids[0].id)):
            with self.subTest(value=value), self.assertRaises(UserError), self.cr.savepoint():
                self.answers._aftersales_answer(question, value)
        number = self.env['survey.question'].create({
            'survey_id': self.repair_survey.id, 'title': "How much?", 'sequence': 9,
            'question_type': 'numerical_box'})
        for value in 'nan', '1e999', 'x':
            with self.assertRaises(UserError), self.cr.savepoint():
                self.answers._aftersales_answer(number, value)
        answers = self.env['survey.user_input'].create({'survey_id': choice.survey_id.id})
        for value in (self.env['survey.question.answer'].search([
                ('question_id', '!=', choice.id)], limit=1).id, "x"):
            with self.assertRaises(UserError), self.cr.savepoint():
                answers._aftersales_answer(choice, [value])
        self.assertFalse(self.answers.date_scored)

    def test_core_page_takes_no_number_off_the_scale_either(self):
        self.assertTrue(self.nps_question.validate_question("999"))
        self.assertFalse(self.nps_question.validate_question("0"))

    def test_answer_after_the_deadline(self):
        self.answers.deadline = '2026-01-01 00:00:00'
        with self.assertRaisesRegex(UserError, "questionnaire is closed"):
            self.answers._aftersales_answer(self.nps_question, 9)

    # === RIGHTS === #

    @users('survey_manager')
    def test_steps_alone_write_scores(self):
        answers = self.answers.with_user(self.env.user).sudo(False)
        self.assertTrue(answers.read(['nps']))
        for change in (
                lambda: answers.write({'nps': 10}), lambda: answers.write({'is_valid': False}),
                lambda: answers.write({'deadline': '2030-01-01 00:00:00'}), answers.unlink,
                lambda: answers.create({'survey_id': self.repair_survey.id}),
                lambda: answers.write({'user_input_line_ids': [Command.create({
                    'question_id': self.nps_question.id, 'answer_type': 'scale',
                    'value_scale': 10})]}),
                lambda: self.env['survey.user_input.line'].create({
                    'user_input_id': answers.id, 'question_id': self.nps_question.id,
                    'answer_type': 'scale', 'value_scale': 10})):
            with self.assertRaises(AccessError), self.cr.savepoint():
                change()

    def test_survey_staff_of_core_give_their_answers_no_scores(self):
        officer = new_test_user(self.env, 'officer', 'base.group_user,survey.group_survey_user')
        survey = self.env['survey.survey'].create({'title': "Lunch"})
        inputs = self.env['survey.user_input'].with_user(officer)
        own = inputs.with_context(default_nps=10, default_is_low=True).create(
            {'survey_id': survey.id})
        self.assertFalse(own.sudo().is_low or own.sudo().nps)
        with self.assertRaisesRegex(AccessError, "protected"):
            inputs.create({'survey_id': survey.id, 'aftersales_order_id': self.order.id})

    def test_who_reads_no_answers(self):
        self.answers._aftersales_answer(self.nps_question, 3)
        core = 'base.group_user,survey.group_survey_manager'
        other = self.env['res.company'].create({'name': "Elsewhere"})
        foreign = new_test_user(
            self.env, 'foreign', 'aftersales_survey.group_survey_manager',
            company_id=other.id, company_ids=[Command.set(other.ids)])
        for user in (self.interviewer, self.technician, self.agent, self.dispatcher, foreign,
                     new_test_user(self.env, 'core_survey', core)):
            with self.subTest(user.login):
                for records in self.answers, self.answers.user_input_line_ids:
                    self.assertFalse(records.with_user(user).sudo(False).has_access('read'))
        self.assertTrue(self.answers.with_user(self.survey_manager).sudo(False).has_access('read'))

    def test_questionnaires_of_another_company_are_not_seen(self):
        other = self.env['res.company'].create({'name': "Elsewhere"})
        survey = self.repair_survey.with_user(self.survey_manager).sudo(False)
        self.assertTrue(survey.has_access('read'))
        self.repair_survey.company_id = other
        for records in survey, survey.sudo().question_ids.sudo(False):
            self.assertFalse(records.has_access('read'))

    # === WHAT DOES NOT COUNT === #

    def test_excluded_answers_say_why_and_by_whom(self):
        self.answers._aftersales_answer(self.nps_question, 9)
        self._exclude(self.survey_manager, reason='stranger', note="Wrong number")
        self.assertRecordValues(self.answers, [{
            'is_valid': False, 'exclusion_reason': 'stranger', 'nps': 9}])
        note = self.answers.message_ids[0]
        self.assertIn("Wrong number", note.body)
        self.assertEqual(note.author_id, self.survey_manager.partner_id)
        self.answers.with_user(self.survey_manager).sudo(False).action_aftersales_include()
        self.assertTrue(self.answers.is_valid)
        with self.assertRaisesRegex(UserError, "Say in words"):
            self._exclude(self.survey_manager, reason='other')
        with self.assertRaises(AccessError):
            self._exclude(self.interviewer, reason='same')

    def test_mystery_visit_names_its_outlet(self):
        outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'partner_id': self.env['res.partner'].create({'name': "North"}).id})
        action = outlet.with_user(self.survey_manager).sudo(False).action_mystery_visit()
        sheet = self.env['survey.user_input'].search([('aftersales_outlet_id', '=', outlet.id)])
        self.assertIn(sheet.access_token, action['url'])
        self.assertEqual(sheet.aftersales_purpose, 'mystery')
        with self.assertRaisesRegex(AccessError, "Only survey managers"):
            outlet.with_user(self.dispatcher).sudo(False).action_mystery_visit()

    def test_opinion_card_is_replied_to(self):
        survey = self.env.ref('aftersales_survey.survey_opinion')
        card = self.env['survey.user_input'].create({'survey_id': survey.id})
        csat, __, kind, content = survey.question_ids[:4]
        card._aftersales_answer_all({
            csat: 2, kind: kind.suggested_answer_ids[0].id, content: "=1+1 <script>"})
        self.assertEqual(card._prepare_opinion_card(), {
            'kind': "A suggestion", 'content': "=1+1 <script>", 'contact': ""})
        wizard = self.env['aftersales.survey.reply'].with_user(self.survey_manager)
        wizard.create({'user_input_id': card.id, 'department': "Store", 'reply': "Done"}
                      ).action_reply()
        self.assertRecordValues(card, [{'opinion_department': "Store", 'opinion_reply': "Done"}])
        with self.assertRaisesRegex(UserError, "Only opinion cards"):
            wizard.create({'user_input_id': self.answers.id, 'department': "Store",
                           'reply': "Done"}).action_reply()
        # the printed form shows a script as the text it is
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_survey_opinion', card.ids)[0].decode()
        self.assertIn("&lt;script&gt;", html)
        self.assertNotIn("<script>", html.split("o_aftersales_document", 1)[1])

    # === PRIVACY === #

    def test_answers_are_anonymous_after_24_months(self):
        self.answers._aftersales_answer_all({self.nps_question: 3, self.open_question: "I am Li"})
        self.answers._finish_aftersales()
        key, invitation = self.answers.access_token, self.answers.aftersales_invitation_id
        limits = self.env['aftersales.erasure.period']._get_limits(self.env.company)
        limit = limits['survey.user_input', 'answer']
        self.assertEqual((fields.Datetime.now() - limit).days, 730)
        erase = self.answers._erase_personal_data
        self.assertFalse(erase(['answer'], 'retention', before=limit)['answer'])
        self.order.sudo().legal_hold_reason = "Court"
        self.assertFalse(erase(['answer'], 'retention')['answer'])
        self.order.sudo().legal_hold_reason = False
        self.assertEqual(erase(['answer'], 'retention')['answer'], 1)
        self.assertRecordValues(self.answers, [{
            'partner_id': False, 'email': False, 'aftersales_order_id': False, 'nps': 3,
            'nps_class': 'detractor'}])
        # who was asked is forgotten; that somebody was, is counted with the answers as before
        self.assertRecordValues(invitation, [{
            'partner_id': False, 'order_id': False, 'res_model': 'survey.user_input',
            'res_id': self.answers.id, 'user_input_id': self.answers.id}])
        self.assertNotIn("I am Li", str(self.answers.user_input_line_ids.read()))
        self.assertNotEqual(self.answers.access_token, key)
        self.assertFalse(self.answers.filtered_domain(
            self.answers._get_personal_data_domain('answer')))

    def test_firm_is_asked_no_more(self):
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        self.customer.parent_id = firm
        self.answers._unsubscribe_feedback()
        self.assertTrue(firm.aftersales_survey_opt_out)
