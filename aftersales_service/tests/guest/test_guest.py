import base64
import json
import re

from lxml import html

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import SIGNATURE
from ..message.common import MessageCommon

MINE, OTHER = '+16505550177', '+16505550188'


@tagged('post_install', '-at_install')
class TestGuest(HttpCase, MessageCommon):
    """Who scanned the code on a unit needs a phone number and a code, no login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref('base.us')
        cls._switch_on('guest_code')
        cls.owner = cls.env['res.partner'].create({'name': "Wang Fang", 'phone': MINE})
        policy = cls.env['aftersales.warranty.policy'].create({
            'name': "From first use", 'start_event': 'activation',
            'term_ids': [(0, 0, {'name': "Whole Unit", 'kind': 'whole_unit', 'months': 12})]})
        cls.card, cls.bare = (
            cls._create_card(partner_id=partner, serial=serial, policy_id=policy.id)
            for partner, serial in ((cls.owner.id, 'G-1'), (False, 'G-2')))

    def setUp(self):
        super().setUp()
        self.url = self._scan(self.card)

    def _scan(self, card):
        return card._get_qr_address().removeprefix(card.get_base_url())

    def _open(self, url):
        return html.fromstring(self.url_open(url).text)

    def _open_guest(self):
        return self._open(self.url.replace('?', '/guest?'))

    def _send(self, action, **answers):
        """Send a form of the page as the browser does."""
        [form] = self._open_guest().xpath(f"//form[contains(@action, '/guest/{action}?')]")
        values = {field.get('name'): field.get('value') or '' for field in form.xpath(
            ".//input[@type='hidden']")}
        files = answers.pop('files', None)
        with self._catch():
            return self.url_open(form.get('action'), data=values | answers, files=files)

    def _prove(self, phone):
        self._send('code', phone=phone)
        [(__, parameters, number)] = self.handed
        self.assertEqual(number, phone)
        self._send('verify', code=parameters['guest_code'])

    def _get_order(self):
        return self.env['aftersales.order'].search(
            [('channel', '=', 'qr')], order='id desc', limit=1)

    def test_page_of_the_unit_leads_to_the_guests_page(self):
        self.assertIn('/guest?key=', self.url_open(self.url).text)
        self.assertNotIn("Wang Fang", self.url_open(self.url.replace('?', '/guest?')).text)
        for wrong in (f'/my/warranty/{self.card.id}/guest',
                      f'/my/warranty/{self.card.id}/guest?key=x',
                      f'/my/warranty/{self.bare.id}/guest?{self.url.split("?")[1]}',
                      '/my/warranty/99999999999/guest?key=x'):
            with self.subTest(wrong):
                self.assertEqual(self.url_open(wrong).status_code, 404)

    def test_number_that_is_not_proved_registers_a_request_and_shows_nothing(self):
        page = self._send('request', description="It hums", name="Neighbour", phone=OTHER, files=[
            ('photos', ('hum.png', base64.b64decode(SIGNATURE), 'image/png'))])
        order = self._get_order()
        self.assertRecordValues(order, [{
            'warranty_id': self.card.id, 'serial': self.card.serial,
            'description': "It hums", 'phone_sanitized': OTHER,
            'user_name': "Neighbour", 'user_id': False}])
        # messages with the key of the page go to that number: it is not the owner's order
        self.assertEqual(order.partner_id.phone_sanitized, OTHER)
        self.assertEqual(order._get_page_photos().mapped('name'), ['hum.png'])
        self.assertIn(order.name, page.text)
        self.assertNotIn('access_token', page.text)
        self.assertNotIn("Wang Fang", page.text)

    def test_owner_proves_the_number_follows_the_order_and_activates(self):
        self._prove(MINE)
        page = self._send('request', description="It hums")
        self.assertIn(f'/my/service/{self._get_order().id}', page.url)
        self.assertEqual(self._get_order().partner_id, self.owner)
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.card.activation_date)
        page = self._send('activate')
        self.assertIn("The unit is activated", page.text)
        self.assertEqual(self.card.activation_date, self.card.company_id._get_aftersales_day(
            fields.Datetime.now()))

    def test_stranger_proves_a_number_and_neither_activates_nor_sees_the_owner(self):
        self._prove(OTHER)
        page = self._open_guest()
        self.assertFalse(page.xpath("//form[@id='guest_activate']"))
        with self.assertRaisesRegex(UserError, "cannot be activated"):
            self.card._activate_as_guest(OTHER, "Stranger")
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open(self.url.replace('?', '/guest/activate?'), data={'csrf_token': token})
        self.assertFalse(self.card.activation_date)
        page = self._send('request', description="It hums")
        self.assertIn(f'/my/service/{self._get_order().id}', page.url)
        self.assertNotIn("Wang Fang", page.text)

    def test_unit_without_an_owner_is_claimed_by_who_proves_a_number(self):
        self.url = self._scan(self.bare)
        token = self._open_guest().xpath(
            "//input[@name='csrf_token']/@value")[0]
        self.url_open(self.url.replace('?', '/guest/activate?'), data={
            'csrf_token': token, 'name': "Zhao"})
        self.assertFalse(self.bare.partner_id or self.bare.activation_date)
        self._prove(OTHER)
        self._send('activate', name="Zhao Li")
        self.assertRecordValues(self.bare.partner_id, [{
            'name': "Zhao Li", 'phone_sanitized': OTHER}])
        self.assertTrue(self.bare.activation_date)

    def test_wrong_codes_lock_and_codes_are_limited(self):
        self.env.company.write({'aftersales_code_tries': 2, 'aftersales_code_limit': 2})
        self._send('code', phone=MINE)
        code = self.handed[0][1]['guest_code']
        wrong = f'{(int(code) + 1) % 10 ** 6:06d}'
        self.assertIn("1 tries are left", self._send('verify', code=wrong).text)
        self.assertIn("locked", self._send('verify', code=wrong).text)
        self.assertIn("does not hold", self._send('verify', code=code).text)
        self._send('code', phone=MINE)
        self.assertEqual(len(self.handed), 1)
        page = self._send('code', phone=OTHER)
        self.assertEqual(self.handed, [])
        self.assertIn("Too many codes", page.text)
        self.assertFalse(self._open_guest().xpath("//*[@id='guest_proved']"))

    def test_proof_counts_for_this_unit_only(self):
        self._prove(MINE)
        self.url = self._scan(self.bare)
        self.assertFalse(self._open_guest().xpath("//*[@id='guest_proved']"))

    def test_without_a_provider_no_code_is_offered_and_requests_are_taken(self):
        self.env['aftersales.notifier'].search([]).active = False
        page = self._open_guest()
        self.assertFalse(page.xpath("//*[@id='guest_phone']"))
        self._send('request', description="It hums", phone=MINE)
        self.assertEqual(self._get_order().partner_id, self.owner)

    def test_bad_answers_get_a_sentence_and_keep_what_was_typed(self):
        for answers, sentence in (
                ({'description': " ", 'phone': MINE}, "in a few words"),
                ({'description': "It hums", 'phone': "12"}, "no phone number"),
                ({'description': "It hums", 'phone': MINE, 'date_wanted': '2020-01-01T08:00'},
                 "cannot come at that time")):
            with self.subTest(sentence):
                page = html.fromstring(self._send('request', **answers).text)
                self.assertIn(sentence, page.text_content())
                self.assertEqual(
                    page.xpath("//textarea")[0].text_content(), answers['description'])
        self.assertFalse(self._get_order())

    def test_national_number_is_of_the_country_where_the_unit_is(self):
        self.owner.country_id = self.env.ref('base.cn')
        for phone, number in (("139 0000 1234", '+8613900001234'), (OTHER, OTHER)):
            with self.subTest(phone):
                self._send('request', description="It hums", phone=phone)
                self.assertEqual(self._get_order().phone_sanitized, number)
        page = self._send('request', description="It hums", phone="139 0000").text
        self.assertIn("no phone number", page)

    def test_requests_for_one_unit_are_limited(self):
        self.env.company.aftersales_portal_limit = 1
        self._send('request', description="It hums", phone=MINE)
        page = self._send('request', description="It stinks", phone=OTHER)
        self.assertIn("call us", page.text)
        self.assertEqual(self._get_order().description, "It hums")

    def test_stranger_floods_no_desk_and_the_owner_still_gets_through(self):
        for number in range(5):
            self._send('request', description=f"Fault {number}", phone=OTHER)
        orders = self.env['aftersales.order'].search([('warranty_id', '=', self.card.id)])
        self.assertEqual(len(orders.filtered(lambda order: order.channel == 'qr')), 3)
        self._prove(MINE)
        self._send('request', description="It hums")
        self.assertEqual(self._get_order().description, "It hums")

    def test_code_is_nowhere_to_be_read(self):
        self._send('code', phone=MINE)
        code = self.handed[0][1]['guest_code']
        record = self.env['aftersales.guest.code'].search([])
        texts = record.read() + record.customer_message_ids.read() + record.export_data(
            ['phone', 'state'])['datas']
        self.assertFalse(re.search(code, json.dumps(texts, default=str)))
