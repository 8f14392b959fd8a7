from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestFeedbackPage(HttpCase, SurveyCommon):
    """The page behind the key: opening writes nothing, a tap is saved at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'description': "Cold",
            'product_id': cls.conditioner.id, 'technician_id': cls.technician.id})
        cls.order.date_done = '2026-11-28 08:00:00'
        cls.answers = cls._create_answers(order=cls.order)
        cls.key = cls.answers.access_token

    def _open(self, path="", key=None, **query):
        return self.url_open(
            f'/feedback/{key or self.key}{path}?' + "&".join(
                f'{name}={value}' for name, value in query.items()))

    def _post(self, path='/answer', key=None, json=False, **values):
        """Send a form as the page does; questions by their field names of the test."""
        data = {f'q{getattr(self, name).id}' if name.endswith('question') else name: value
                for name, value in values.items()}
        return self.url_open(
            f'/feedback/{key or self.key}{path}', data=data or {'lang': ''},
            headers={'Accept': 'application/json'} if json else {})

    # === OPENING === #

    def test_opening_writes_nothing(self):
        before = self.answers.read()
        for query in {}, {'score': 3}, {'score': 'x'}, {'score': 99}, {'lang': 'zz_ZZ'}:
            page = self._open(**query)
            self.assertEqual(page.status_code, 200)
            self.assertIn(self.nps_question.title, page.text)
        self.assertEqual(self._open('/unsubscribe').status_code, 200)
        order = self.order.copy({'technician_id': self.technician.id})
        order.date_done = '2026-11-28 08:00:00'
        self.assertIn("recommend our service", self._open(key=order._get_feedback_key()).text)
        self.env.invalidate_all()
        self.assertEqual(self.answers.read(), before)
        self.assertFalse(self.answers.search_count([('aftersales_order_id', '=', order.id)]))
        self.assertFalse(self.customer.aftersales_survey_opt_out)

    def test_page_shows_the_service_and_no_customer(self):
        page = self._open()
        for text in "Technician Tom", "11/28/2026", "Air Conditioner", "does not see who answered":
            self.assertIn(text, page.text)
        for text in self.customer.name, self.customer.email, self.customer.phone, self.order.name:
            self.assertNotIn(text, page.text)
        self.assertEqual(page.headers['Referrer-Policy'], 'no-referrer')
        self.assertEqual(page.headers['Cache-Control'], 'no-store')

    def test_score_of_the_message_waits_for_its_button(self):
        page = self._open(score=0)
        self.assertIn('data-score="0"', page.text)
        self.assertIn("Send 0", page.text)
        self.assertFalse(self.answers.user_input_line_ids)

    @mute_logger('odoo.http')
    def test_unknown_keys(self):
        printed = self.order._get_feedback_key()
        for key in ('nonsense', 'x' * 300, 'ö', '%00', 'o1-', f'o{self.order.id}-{"0" * 40}',
                    printed.replace('o', 'o9', 1), self.repair_survey.access_token,
                    f'{self.key[:-1]}{"a" if self.key[-1] != "a" else "b"}'):
            with self.subTest(key):
                self.assertEqual(self._open(key=key).status_code, 404)
                self.assertEqual(self._post(key=key, nps_question=3).status_code, 404)
        for path in '', '/answer', '/finish', '/callback':
            other = self.opener.put(self.base_url() + f'/feedback/{self.key}{path}')
            self.assertEqual(other.status_code, 405)
        self.assertEqual(self._open('/answer').status_code, 405)
        core = self.env['survey.user_input'].create({
            'survey_id': self.env['survey.survey'].create({'title': "Lunch"}).id})
        self.assertEqual(self._open(key=core.access_token).status_code, 404)

    # === ANSWERING === #

    def test_tap_is_saved_at_once_and_asks_for_reasons(self):
        survey = self.env.ref('aftersales_survey.survey_after_repair')
        answers = self._create_answers(self._create_wave(survey_id=survey.id), self.order)
        tap, reasons = survey.question_ids[:2]
        page = self.url_open(f'/feedback/{answers.access_token}/answer', data={f'q{tap.id}': '3'})
        self.assertRecordValues(answers, [{'nps': 3, 'is_low': True, 'is_partial': True}])
        for text in "Your answer is saved", "Shall we call you back?", "Came late, or not at all":
            self.assertIn(text, page.text)
        chosen = reasons.suggested_answer_ids[1:3]
        self.url_open(f'/feedback/{answers.access_token}/answer', data=[
            (f'q{reasons.id}', option.id) for option in chosen])
        self.assertEqual(answers.user_input_line_ids.suggested_answer_id, chosen)
        page = self.url_open(f'/feedback/{answers.access_token}/answer', data={f'q{tap.id}': '10'})
        self.assertNotIn("Came late", page.text)
        self.assertEqual(answers.nps_class, 'promoter')

    def test_rest_is_saved_along_and_finished_once(self):
        self.assertEqual(self._post(json=True, nps_question='9').json(), {'saved': True})
        page = self._post('/finish', csi_question='5', open_question="<script>alert(1)</script>")
        self.assertIn("Thank you!", page.text)
        self.assertRecordValues(self.answers, [{'state': 'done', 'csi': 100.0, 'nps': 9}])
        self.assertIn("answered already", self._post(json=True, nps_question='1').json()['error'])
        self.assertIn("answered already", self._post(nps_question='1').text)
        self.assertEqual(self.answers.nps, 9)

    def test_words_of_customers_are_shown_as_text(self):
        self._post(nps_question='9', open_question="<script>alert(1)</script>")
        page = self._open()
        self.assertIn("&lt;script&gt;alert(1)", page.text)
        self.assertNotIn("<script>alert", page.text)

    def test_what_is_no_answer_is_refused_in_words(self):
        foreign = self.env.ref('aftersales_survey.survey_yearly').question_ids[0]
        self.assertIn("no answer to the question", self._post(nps_question='11').text)
        self.assertIn("no answer", self._post(json=True, nps_question='x').json()['error'])
        self.url_open(f'/feedback/{self.key}/answer', data={f'q{foreign.id}': '3', 'qx': '1'})
        self.assertFalse(self.answers.user_input_line_ids)

    def test_after_the_deadline(self):
        self.answers.deadline = '2026-01-01 00:00:00'
        self.assertIn("This questionnaire is closed", self._open(score=3).text)
        self.assertIn("last day to answer", self._post(nps_question='3').text)
        self.assertFalse(self.answers.user_input_line_ids)

    def test_posts_at_the_same_time_make_one_answer(self):
        """Each post writes the answers' own row first: the second one waits and comes again."""
        for value in '3', '4':
            self._post(nps_question=value)
        self.assertRecordValues(self.answers.user_input_line_ids, [{'value_scale': 4}])

    @mute_logger('odoo.http')
    def test_key_opens_the_page_and_no_chatter(self):
        self._post(nps_question='3')
        self._post(nps_question='4')
        thread = {'thread_model': 'survey.user_input', 'thread_id': self.answers.id,
                  'token': self.key}
        try:
            shown = str(self.make_jsonrpc_request('/mail/chatter_fetch', thread))
        except JsonRpcException:
            shown = ""
        self.assertNotIn("changed from", shown)
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request('/mail/message/post', {
                **thread, 'post_data': {'body': "x", 'message_type': 'comment'}})
        self.assertNotIn("changed from", str(self.make_jsonrpc_request('/mail/data', {
            'fetch_params': [['mail.thread', {
                'thread_model': 'survey.user_input', 'thread_id': self.answers.id,
                'request_list': ['followers', 'attachments', 'activities'],
                'access_params': {'token': self.key}}]]})))
        self.assertFalse(self.answers.message_ids.filtered(lambda m: m.body == "<p>x</p>"))

    # === THE PRINTED CODE === #

    def test_printed_code_rates_once_and_shows_no_rating(self):
        order = self.order.copy({'technician_id': self.technician.id})
        self.assertFalse(order._get_feedback_qr())
        order.date_done = '2026-11-28 08:00:00'
        self.assertTrue(order._get_feedback_qr())
        printed, tap = order._get_feedback_key(), order._get_feedback_survey().question_ids[0]
        page = self.url_open(f'/feedback/{printed}/answer', data={f'q{tap.id}': '3'})
        answers = self.env['survey.user_input'].search([('aftersales_order_id', '=', order.id)])
        self.assertRecordValues(answers, [{
            'nps': 3, 'is_from_report': True, 'partner_id': self.customer.id,
            'aftersales_technician_id': self.technician.id, 'company_id': order.company_id.id}])
        # the page goes on by the key of the answers, which stands on no paper
        self.assertIn(f'/feedback/{answers.access_token}', page.url)
        page = self._open(key=printed)
        self.assertIn("was rated already", page.text)
        self.assertNotIn(answers.access_token, page.text)
        self.assertIn("was rated already", self.url_open(
            f'/feedback/{printed}/answer', data={f'q{tap.id}': '10'}).text)
        self.assertIn("was rated already", self.url_open(
            f'/feedback/{printed}/callback', data={'start': 'x'}).text)
        self.assertEqual(answers.nps, 3)
        # who holds the paper does not speak for the customer
        for path in '/unsubscribe', '':
            self.assertNotIn("nsubscribe", self._open(path, key=printed).text)
        self._post('/unsubscribe', key=printed)
        self.assertFalse(self.customer.aftersales_survey_opt_out)
        # the technician reads the order, so the wish for a call stands beside the answers
        self.assertFalse(order.activity_ids)
        self._post('/callback', key=answers.access_token, start=str(
            answers._get_feedback_calls()[-1][0]))
        self.assertEqual(len(answers.activity_ids), 1)
        self.assertFalse(order.activity_ids)
        self.assertTrue(answers.with_user(answers.activity_ids.user_id).sudo(False).has_access(
            'read'))
        # another customer's report carries another code
        order.partner_id = self.env['res.partner'].create({'name': "Buyer"})
        self.assertEqual(self._open(key=printed).status_code, 404)

    def test_printed_code_neither_learns_nor_touches_what_an_invitation_asks(self):
        printed, invitation = self.order._get_feedback_key(), self.answers.aftersales_invitation_id
        before = self.answers.read(['state', 'nps', 'date_scored', 'date_callback'])
        for path in '/answer', '/finish', '/callback':
            page = self._post(path, key=printed)
            self.assertNotIn(self.key, page.url + page.text)
            self.assertIn("first", page.text)
        tap = self.order._get_feedback_survey().question_ids[0]
        page = self.url_open(f'/feedback/{printed}/finish', data={f'q{tap.id}': '10'})
        self.assertNotIn(self.key, page.url + page.text)
        self.env.invalidate_all()
        self.assertEqual(
            self.answers.read(['state', 'nps', 'date_scored', 'date_callback']), before)
        self.assertNotEqual(invitation.state, 'answered')
        own = self.env['survey.user_input'].search(
            [('aftersales_order_id', '=', self.order.id)]) - self.answers
        self.assertRecordValues(own, [{
            'nps': 10, 'is_from_report': True, 'aftersales_invitation_id': False}])
        # the customer's own key still asks
        self._post('/finish', nps_question='2', csi_question='1')
        self.assertRecordValues(self.answers, [{'nps': 2, 'state': 'done'}])
        self.assertEqual(invitation.state, 'answered')
        self.assertEqual(own.nps, 10)

    def test_keys_for_others_make_no_answers_without_an_answer(self):
        """Who posts nothing learns no key, with which to read what the customer answers later."""
        order = self.order.copy({'technician_id': self.technician.id})
        order.date_done = '2026-11-28 08:00:00'
        survey = self.env.ref('aftersales_survey.survey_opinion')
        start = str(self.answers._get_feedback_calls()[-1][0])
        before = self.env['survey.user_input'].search_count([])
        for key, asked in ((order._get_feedback_key(), order._get_feedback_survey()),
                           (survey.access_token, survey)):
            tap = f'q{asked.question_ids[0].id}'
            for path, data in (('/answer', {'lang': ''}), ('/answer', {tap: ''}),
                               ('/finish', {tap: ' '}), ('/callback', {'start': start})):
                with self.subTest(path=path, data=data):
                    page = self.url_open(f'/feedback/{key}{path}', data=data)
                    self.assertIn(f'/feedback/{key}', page.url)
        self.assertEqual(self.env['survey.user_input'].search_count([]), before)

    def test_wish_for_a_call_is_one_activity(self):
        order = self.order.copy({'technician_id': self.technician.id})
        order.date_done = '2026-11-28 08:00:00'
        tap = order._get_feedback_survey().question_ids[0]
        self.url_open(f'/feedback/{order._get_feedback_key()}/answer', data={f'q{tap.id}': '3'})
        answers = self.env['survey.user_input'].search([('aftersales_order_id', '=', order.id)])
        calls = answers._get_feedback_calls()
        for start, __, __ in (*calls[-2:], calls[-1]):
            self._post('/callback', key=answers.access_token, start=str(start))
        self.assertRecordValues(answers.activity_ids, [{
            'date_deadline': calls[-1][0].date()}])

    def test_card_for_all_makes_answers_of_their_own(self):
        survey = self.env.ref('aftersales_survey.survey_opinion')
        tap, before = survey.question_ids[0], survey.user_input_ids
        for value in '5', '1':
            page = self.url_open(
                f'/feedback/{survey.access_token}/answer', data={f'q{tap.id}': value})
            self.assertNotIn(survey.access_token, page.url)
        self.assertEqual(sorted((survey.user_input_ids - before).mapped('csat')), [1, 5])
        self.env['survey.user_input'].create([{'survey_id': survey.id} for __ in range(28)])
        page = self.url_open(f'/feedback/{survey.access_token}/answer', data={f'q{tap.id}': '1'})
        self.assertIn("try again in a minute", page.text)
        survey.active = False
        self.assertEqual(self._open(key=survey.access_token).status_code, 404)

    def test_colleagues_answer_without_a_name(self):
        survey = self.env.ref('aftersales_survey.survey_staff')
        self.assertEqual(survey.get_start_url(), f'/feedback/{survey.access_token}')
        self.assertEqual(self.answers.get_start_url(), f'/feedback/{self.key}')
        before, tap = survey.user_input_ids, survey.question_ids[0]
        self.authenticate('technician', 'technician')
        page = self.url_open(survey.get_start_url())
        self.assertIn(tap.title, page.text)
        self.url_open(f'/feedback/{survey.access_token}/answer', data={f'q{tap.id}': '3'})
        answers = survey.user_input_ids - before
        self.assertEqual(answers.nps, 3)
        self.assertFalse(answers.partner_id or answers.email or answers.nickname)
        for shown in (answers, answers.user_input_line_ids, answers.message_ids):
            self.assertNotIn(self.technician, shown.create_uid | shown.write_uid)
        self.assertNotIn(self.technician.partner_id, answers.message_ids.author_id)
        # core's own page would name who is logged in
        own = survey.sudo()._create_answer(user=self.technician)
        self.assertFalse(own.partner_id or own.email or own.nickname)

    # === CALL BACK AND UNSUBSCRIBE === #

    def test_customer_is_called_back_at_a_time_that_was_offered(self):
        start = self.answers._get_feedback_calls()[-1][0]
        self.customer.phone = self.order.phone = False
        self.assertIn("no phone number of yours", self._post(
            '/callback', start=str(start), phone=' ').text)
        self.assertIn("time is over", self._post(
            '/callback', start='2020-01-01 09:00:00').text)
        page = self._post('/callback', start=str(start), phone="+86 138\0 0013 8000")
        self.assertEqual(page.status_code, 200)
        self.assertRecordValues(self.answers, [{
            'date_callback': start, 'callback_phone': "+86 138 0013 8000"}])
        self.assertEqual(self.answers.aftersales_invitation_id.date_next_call, start)

    def test_unsubscribed_customers_stay_so(self):
        self.assertIn("no more surveys", self._post('/unsubscribe').text)
        self.assertTrue(self.customer.aftersales_survey_opt_out)
        self.assertIn("wants no surveys", self.customer.message_ids[0].body)
        self.assertFalse(self.order._get_feedback_qr())

    def test_call_back_is_offered_on_the_clock_of_the_desk(self):
        company = self.answers.company_id
        company.partner_id.tz, company.resource_calendar_id.tz = 'Europe/Brussels', 'Asia/Shanghai'
        hours = {start.hour for start, *__ in self.answers._get_feedback_calls()}
        self.assertLessEqual(hours, {1, 6, 10})  # 9, 14 and 18 o'clock in Shanghai
        start = self.answers._get_feedback_calls()[-1][0]
        page = self._post(nps_question='3')
        page = self._post('/callback', start=str(start))
        self.assertRegex(page.text, r"6:00(:00)?\s*PM")

    def test_hours_and_days_of_calls_are_settings(self):
        company = self.answers.company_id
        company.write({'survey_callback_hours': "20-21", 'survey_callback_days': 5})
        slots = self.answers._get_feedback_calls()
        self.assertEqual({hours for __, __, hours in slots}, {"20:00–21:00"})
        self.assertIn(len(slots), (4, 5))  # today is over in the evening
        company.survey_callback_hours = False
        self.assertEqual(self.answers._get_feedback_calls(), [])
        for hours in "17-14", "9-25", "9-12, 11-13", "morning":
            with self.subTest(hours), self.assertRaisesRegex(ValidationError, "no hours"):
                company.survey_callback_hours = hours

    def test_text_is_no_phone_number(self):
        start = str(self.answers._get_feedback_calls()[-1][0])
        for phone in 'abc', '12', '请打给我':
            with self.subTest(phone):
                self.assertIn("is no phone number", self._post(
                    '/callback', start=start, phone=phone).text)
        self.assertFalse(self.answers.date_callback or self.answers.callback_phone)
        self._post('/callback', start=start)
        self.assertTrue(self.answers.date_callback)
