import base64
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE, PortalCommon

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestPortal(PortalCommon, ComplaintCommon):
    """What customers see and do: their own complaints in words that they understand."""

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(
            partner_id=self.owner.partner_id.id, user_id=self.desk.id)
        self.url = f'/my/complaints/{self.case.id}'

    def _login(self, login):
        self.authenticate(login, login and f'{login}-secret')

    def _answer(self, case):
        case = self._judge(case)
        self._propose(case)
        case.action_approve()
        case.answer = "We fill it up and pay 100."
        case.action_inform()

    def _assert_ways_are_buttons(self):
        """What opens a form on the customer's page looks like a button."""
        ways = html.fromstring(self.url_open(self.url).text).xpath('//summary')
        self.assertTrue(ways)
        for way in ways:
            self.assertIn('btn', way.classes, way.text)

    def test_owner_and_key_open_the_page_strangers_do_not(self):
        self.case._portal_ensure_token()
        self._login('owner')
        self.assertIn(self.case.name, self.url_open('/my/complaints').text)
        page = self.url_open(self.url).text
        self.assertIn("We come back to you by", page)
        self._login('stranger')
        self.assertNotIn(self.case.name, self.url_open('/my/complaints').text)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        for step in 'accept', 'reject', 'appeal', 'photos':
            self.assertEqual(self._post(f'{self.url}/{step}').status_code, 404, step)
        self._login(None)
        for key, status in (('', 404), ('?access_token=wrong', 404),
                            (f'?access_token={self.case.access_token}', 200)):
            with self.subTest(key):
                self.assertEqual(self.url_open(self.url + key).status_code, status)

    def test_customer_writes_a_complaint_about_an_own_order(self):
        order = self._create_order(partner_id=self.owner.partner_id.id)
        foreign = self._create_order()
        self._login('owner')
        form = {'description': "The visit was late", 'kind': 'service', 'wants_apology': '1',
                'amount_asked': "20,5", 'state': 'closed', 'level': 'urgent'}
        self._post('/my/complaints/new', order_id=order.id, **form)
        self._post('/my/complaints/new', order_id=foreign.id, **form)
        cases = self.env['aftersales.complaint'].search(
            [('description', '=', "The visit was late")], order='id')
        self.assertRecordValues(cases, [
            {'order_id': order_id, 'partner_id': self.owner.partner_id.id, 'channel': 'portal',
             'amount_asked': 20.5, 'wants_apology': True, 'wants_return': False, 'state': 'new',
             'user_id': False} for order_id in (order.id, False)])
        for amount in "much", "-5", "1.2,3.4":
            with self.subTest(amount):
                self.assertIn("as a number that is not below zero", self._post(
                    '/my/complaints/new', description="X", amount_asked=amount).text)

    def test_amounts_are_read_as_the_customer_writes_them(self):
        self.env['res.lang']._activate_lang('de_DE')
        for lang, typed, amount in (
                ('de_DE', "1.234,50", 1234.5), ('de_DE', "1.234", 1234), ('de_DE', "12.5", 12.5),
                ('en_US', "1,234.50", 1234.5), ('en_US', "1,234", 1234), ('en_US', "12,50", 12.5)):
            self.owner.lang = lang
            self._login('owner')
            self._post('/my/complaints/new', description="X", amount_asked=typed)
            with self.subTest(lang=lang, typed=typed):
                self.assertEqual(self.env['aftersales.complaint'].search(
                    [('partner_id', '=', self.owner.partner_id.id)], order='id desc',
                    limit=1).amount_asked, amount)

    def test_form_that_a_thumb_sends_twice_makes_one_complaint(self):
        self._login('owner')
        self.assertIn('name="form_key"', self.url_open('/my/complaints/new').text)
        for __ in range(2):
            self._post('/my/complaints/new', description="It stinks", form_key='abc')
        self.assertEqual(self.env['aftersales.complaint'].search_count(
            [('description', '=', "It stinks")]), 1)

    def test_customer_reads_the_answer_and_accepts_it(self):
        self._login('owner')
        self.case.answer = "A draft of ours"
        self.assertNotIn("A draft of ours", self.url_open(self.url).text)
        self.assertIn("no answer to accept", self._post(f'{self.url}/accept').text)
        self._answer(self.case)
        page = self.url_open(self.url).text
        self.assertIn("We fill it up and pay 100.", page)
        self.assertIn("Your rights by law stay", page)
        self._post(f'{self.url}/accept')
        self.assertRecordValues(self.case, [{'state': 'settled', 'amount_accepted': 100.0}])

    def test_page_promises_nothing_while_the_customer_decides_and_no_day_that_is_over(self):
        self._login('owner')
        self.case.clock_ids.date_deadline = fields.Datetime.now() + timedelta(days=1)
        self.assertIn("complaint_promise", self.url_open(self.url).text)
        self.case.clock_ids.date_deadline = fields.Datetime.now() - timedelta(days=1)
        page = self.url_open(self.url).text
        self.assertNotIn("complaint_promise\"", page)
        self.assertIn("later than we promised", page)
        self._answer(self.case)
        page = self.url_open(self.url).text
        self.assertIn("whether you accept", page)
        self.assertNotIn("We come back to you", page)

    def test_customer_rejects_the_answer_with_a_reason(self):
        self._login('owner')
        self._answer(self.case)
        self._assert_ways_are_buttons()
        self.assertIn("write the reason", self._post(f'{self.url}/reject', reason=" ").text)
        self._post(f'{self.url}/reject', reason="I want a new one")
        self.assertRecordValues(self.case, [
            {'state': 'rejected', 'rejection_reason': "I want a new one"}])
        self.assertEqual(self.case.activity_ids.user_id, self.desk)
        page = self.url_open(self.url).text
        self.assertIn("complaint_rejection", page)
        self.assertIn("I want a new one", page)
        # the next draft stays inside
        self.case.with_user(self.desk).action_reopen()
        self.case.with_user(self.desk).answer = "Perhaps a new one"
        self.assertNotIn("Perhaps a new one", self.url_open(self.url).text)

    def test_unfounded_complaint_is_answered_with_the_way_to_appeal(self):
        self._login('owner')
        self.case.answer = "The warranty ended in May."
        self.case.with_user(self.desk).action_unfounded()
        page = self.url_open(self.url).text
        self.assertIn("The warranty ended in May.", page)
        self.assertIn("complaint_appeal", page)
        self._assert_ways_are_buttons()
        self.case.date_answered = fields.Datetime.now() - timedelta(days=31)
        self.assertIn("time to appeal here is over", self._post(
            f'{self.url}/appeal', reason="No").text)
        self.case.date_answered = fields.Datetime.now()
        self._post(f'{self.url}/appeal', reason="It broke in April")
        self.assertEqual(self.case.state, 'new')
        self.assertIn("It broke in April", self.case.description)

    def test_customer_adds_photos_and_no_other_files(self):
        self._login('owner')

        picture = base64.b64decode(SIGNATURE)
        self._post(f'{self.url}/photos', files=[('photos', ("glass.png", picture, 'image/png'))])
        self.assertEqual(self.case.photo_ids.mapped('name'), ["glass.png"])
        photo = f'{self.url}/photo/{self.case.photo_ids.id}'
        self.assertEqual(self.url_open(photo).status_code, 200)
        self._post(f'{self.url}/photos', files=[('photos', ("x.png", b"<script>", 'image/png'))])
        self.assertEqual(len(self.case.photo_ids), 1)
        many = [('photos', (f"{number}.png", picture, 'image/png')) for number in range(21)]
        self.assertIn("no more than 20 photos", self._post(f'{self.url}/photos', files=many).text)
        self.assertEqual(len(self.case.photo_ids), 1)
        self._post(f'{self.url}/photos', files=many[:20])
        self.assertEqual(len(self.case.photo_ids), 21)
        self._login('stranger')
        self.assertEqual(self.url_open(photo).status_code, 404)

    def test_customers_learn_nothing_about_who_works_on_their_cases(self):
        cases = self.env['aftersales.complaint'].with_user(self.owner)
        self.assertTrue(cases.search_count([('id', '=', self.case.id)]))
        for name in 'user_id', 'create_uid', 'flow':
            with self.subTest(name=name), self.assertRaises(AccessError):
                cases.formatted_read_group([], [name], ['__count'])
