import base64
import json
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged

from ..common import SIGNATURE, PortalCommon


@tagged('post_install', '-at_install')
class TestPortalRequest(PortalCommon):
    """What a customer may ask for, and what is refused to everybody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(partner_id=cls.owner.partner_id.id)
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'technician_id': cls.technician.id})
        cls.url = f'/my/service/{cls.order.id}'

    def _get_new_order(self):
        return self.env['aftersales.order'].search(
            [('channel', '=', 'portal')], order='id desc', limit=1)

    def test_customer_asks_for_service_with_a_photo(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post(
            '/my/service/new', description="It leaks", serial='AC-0001', phone='650-555-0111',
            files=[('photos', ('leak.png', base64.b64decode(SIGNATURE), 'image/png'))])
        order = self._get_new_order()
        self.assertIn(order.name, page.text)
        self.assertRecordValues(order, [{
            'partner_id': self.owner.partner_id.id, 'warranty_id': self.card.id,
            'description': "It leaks", 'user_id': False, 'phone_sanitized': '+16505550111'}])
        self.assertEqual(order.message_ids.attachment_ids.mapped('name'), ['leak.png'])
        # the customer's own photo stands on the page, and in the conversation
        self.assertIn('leak.png', page.text)
        self.assertEqual(order._get_page_photos().mapped('name'), ['leak.png'])
        [message] = order.message_ids.filtered('attachment_ids')
        self.assertEqual(message.subtype_id, self.env.ref('mail.mt_comment'))
        self.assertEqual(message.author_id, self.owner.partner_id)

    def test_customer_chooses_unit_address_and_time(self):
        flat, other = self.env['res.partner'].create([
            {'name': "Flat", 'parent_id': self.owner.partner_id.id, 'type': 'delivery',
             'street': "12 Oak Street", 'city': "Reno"},
            {'name': "Neighbour", 'street': "13 Oak Street"}])
        self.owner.tz = 'Asia/Shanghai'
        self.authenticate('owner', 'owner-secret')
        page = html.fromstring(self.url_open('/my/service/new').text)
        units = page.xpath("//select[@name='warranty_id']/option/@value")
        self.assertEqual(units, ['', str(self.card.id)])
        self.assertIn(str(flat.id), page.xpath("//select[@name='site_id']/option/@value"))
        self.assertNotIn(str(other.id), page.xpath("//select[@name='site_id']/option/@value"))
        day = f'{fields.Datetime.now() + timedelta(days=3):%Y-%m-%d}'
        self._post('/my/service/new', description="It leaks", warranty_id=self.card.id,
                   site_id=flat.id, date_wanted=f'{day}T09:30')
        self.assertRecordValues(self._get_new_order(), [{
            'warranty_id': self.card.id, 'serial': self.card.serial, 'site_id': flat.id,
            'date_wanted': fields.Datetime.to_datetime(f'{day} 01:30:00')}])
        self._post('/my/service/new', description="It leaks", site_id=other.id)
        self.assertEqual(self._get_new_order().site_id, self.owner.partner_id)

    def test_impossible_time_is_refused_where_it_was_entered(self):
        self.authenticate('owner', 'owner-secret')
        for wish in ('2020-01-01T09:30', '9999-12-31T23:59', "soon"):
            with self.subTest(wish):
                page = html.fromstring(self._post(
                    '/my/service/new', description="It leaks", date_wanted=wish).text)
                self.assertTrue(page.xpath("//div[@role='alert']"))
                self.assertIn("It leaks", page.xpath("//textarea/text()")[0])
                self.assertFalse(self._get_new_order())

    def test_form_that_a_thumb_sends_twice_makes_one_order(self):
        self.authenticate('owner', 'owner-secret')
        orders = self.env['aftersales.order']
        before = orders.search_count([])
        page = html.fromstring(self.url_open('/my/service/new').text)
        [key] = page.xpath("//input[@name='form_key']/@value")
        for __ in range(2):
            page = self._post('/my/service/new', description="It leaks", form_key=key)
            self.assertIn(self._get_new_order().name, page.text)
        self.assertEqual(orders.search_count([]), before + 1)
        self._post('/my/service/new', description="It leaks and stinks", form_key=key)
        self.assertEqual(orders.search_count([]), before + 2)
        self.authenticate('stranger', 'stranger-secret')
        self._post('/my/service/new', description="It leaks", form_key=key)
        self.assertEqual(orders.search_count([]), before + 3)

    def test_form_that_was_refused_is_sent_again(self):
        self.authenticate('owner', 'owner-secret')
        self._post('/my/service/new', description="It leaks", form_key='k', files=[
            ('photos', ('leak.png', b"a letter", 'image/png'))])
        self.assertFalse(self._get_new_order())
        self._post('/my/service/new', description="It leaks", form_key='k')
        self.assertTrue(self._get_new_order())

    def test_request_of_a_retailers_people_is_noted_as_such(self):
        shop = self.env['res.partner'].create(
            {'name': "Corner Shop", 'is_company': True, 'is_aftersales_retailer': True})
        self.owner.partner_id.parent_id = shop
        self.authenticate('owner', 'owner-secret')
        self._post('/my/service/new', description="My customer's unit leaks")
        order = self.env['aftersales.order'].search([], order='id desc', limit=1)
        self.assertRecordValues(order, [{
            'channel': 'retailer', 'description': "My customer's unit leaks"}])

    def test_form_leads_back_to_the_orders(self):
        self.authenticate('owner', 'owner-secret')
        page = html.fromstring(self.url_open('/my/service/new').text)
        crumbs = page.xpath("//ol[contains(@class, 'o_portal_submenu')]//li")
        self.assertEqual([crumb.text_content().strip() for crumb in crumbs[1:]], [
            "Service Orders", "Ask for Service"])
        [link] = crumbs[1].xpath('a/@href')
        self.assertEqual(link.rstrip('?'), '/my/service')

    def test_card_without_a_serial_number_is_the_unit_of_the_request(self):
        self.authenticate('owner', 'owner-secret')
        bare = self._create_card(partner_id=self.owner.partner_id.id, serial=False)
        link = f'/my/service/new?warranty_id={bare.id}'
        self.assertIn(link, self.url_open(f'/my/warranty/{bare.id}').text)
        page = html.fromstring(self.url_open(link).text)
        [hidden] = page.xpath("//select[@name='warranty_id']/option[@selected]/@value")
        self._post('/my/service/new', description="It leaks", warranty_id=hidden)
        self.assertRecordValues(self._get_new_order(), [{
            'warranty_id': bare.id, 'product_id': self.conditioner.id}])
        self._post('/my/service/new', description="It leaks", warranty_id=hidden, serial='XY-1')
        self.assertRecordValues(self._get_new_order(), [{
            'warranty_id': bare.id, 'serial': 'XY-1'}])

    def test_card_of_somebody_else_is_no_unit_of_the_request(self):
        bare = self._create_card(partner_id=self.owner.partner_id.id, serial=False)
        self.authenticate('stranger', 'stranger-secret')
        page = self.url_open(f'/my/service/new?warranty_id={bare.id}')
        self.assertNotIn(bare.name, page.text)
        for card_id in (bare.id, 'x', '9' * 30):
            self._post('/my/service/new', description="It leaks", warranty_id=card_id)
            self.assertFalse(self._get_new_order().warranty_id)

    def test_second_open_order_of_a_unit_is_warned_of_and_made(self):
        self.order.warranty_id = self.card
        self.authenticate('owner', 'owner-secret')
        form = self.url_open('/my/service/new?serial=AC-0001').text
        self.assertIn("open order of this unit already", form)
        self.assertIn(self.order.name, form)
        page = self._post('/my/service/new', description="It drips", serial='AC-0001')
        second = self._get_new_order()
        self.assertEqual(second.warranty_id, self.card)
        self.assertIn("open order of this unit already", page.text)
        self.assertIn(self.order.name, page.text)

    def test_open_order_of_somebody_else_is_not_shown(self):
        self.order.write({'warranty_id': self.card.id, 'partner_id': self.customer.id})
        self.authenticate('owner', 'owner-secret')
        form = self.url_open('/my/service/new?serial=AC-0001').text
        self.assertNotIn("open order of this unit already", form)
        page = self._post('/my/service/new', description="It drips", serial='AC-0001')
        self.assertNotIn(self.order.name, page.text)

    def test_serial_of_somebody_else_links_nothing(self):
        self.authenticate('stranger', 'stranger-secret')
        self._post('/my/service/new', description="It leaks", serial='AC-0001')
        order = self._get_new_order()
        self.assertRecordValues(order, [{
            'partner_id': self.stranger.partner_id.id, 'warranty_id': False,
            'serial': 'AC-0001', 'cover_state': 'none'}])

    def test_request_without_words_is_refused_and_kept(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post('/my/service/new', description=" ", serial='AC-0001')
        self.assertIn("Tell us in a few words", page.text)
        [unit] = html.fromstring(page.text).xpath("//select[@name='warranty_id']/option[@selected]")
        self.assertIn('AC-0001', unit.text_content())
        page = self._post('/my/service/new', description=" ", serial='XY-1')
        self.assertIn('value="XY-1"', page.text)
        self.assertFalse(self._get_new_order())

    def test_file_that_is_no_image_is_refused(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post('/my/service/new', description="It leaks", files=[
            ('photos', ('leak.png', b'#!/bin/sh', 'image/png'))])
        self.assertIn("leak.png is not a photo", page.text)
        self.assertFalse(self._get_new_order())

    def test_photo_over_the_limit_is_refused(self):
        self.env.company.aftersales_photo_limit = 1
        self.authenticate('owner', 'owner-secret')
        page = self._post('/my/service/new', description="It leaks", files=[
            ('photos', ('leak.png', base64.b64decode(SIGNATURE) + bytes(2 ** 20), 'image/png'))])
        self.assertIn("leak.png is larger than 1 MB", page.text)
        self.assertFalse(self._get_new_order())

    def test_fields_outside_the_form_are_not_taken(self):
        self.authenticate('owner', 'owner-secret')
        self._post('/my/service/new', description="It leaks", charge_kind='goodwill',
                   technician_id=self.technician.id)
        order = self._get_new_order()
        self.assertRecordValues(order, [{'charge_kind': 'paid', 'technician_id': False}])

    def test_customer_reminds_and_cancels(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post(f'{self.url}/remind')
        self.assertEqual(self.order.reminder_count, 1)
        self.assertIn("asked again", page.text)
        self._post(f'{self.url}/cancel', reason="Bought a new one")
        self.assertRecordValues(self.order, [
            {'state': 'cancelled', 'close_reason': "Bought a new one"}])

    def test_customer_reminds_once_in_a_while(self):
        self.authenticate('owner', 'owner-secret')
        self._post(f'{self.url}/remind')
        self.assertIn("We know that you are waiting", self._post(f'{self.url}/remind').text)
        self.assertEqual(self.order.reminder_count, 1)
        self.order.date_reminded -= timedelta(minutes=61)
        self._post(f'{self.url}/remind')
        self.assertEqual(self.order.reminder_count, 2)
        # the desk counts each call
        self.order.with_user(self.dispatcher).action_remind()
        self.assertEqual(self.order.reminder_count, 3)
        self.env.company.aftersales_reminder_wait = 0
        self._post(f'{self.url}/remind')
        self.assertEqual(self.order.reminder_count, 4)

    def test_customer_asks_for_so_much_in_an_hour(self):
        self.env.company.aftersales_portal_limit = 2
        self.authenticate('owner', 'owner-secret')
        for __ in range(2):
            self._post('/my/service/new', description="It leaks")
        page = self._post('/my/service/new', description="It leaks")
        self.assertIn("You sent 2 requests within an hour", page.text)
        orders = self.env['aftersales.order'].search([('channel', '=', 'portal')])
        self.assertEqual(len(orders), 2)
        self.authenticate('stranger', 'stranger-secret')
        self._post('/my/service/new', description="It leaks")
        self.authenticate('owner', 'owner-secret')
        self.env.cr.execute(
            "UPDATE aftersales_order SET create_date = create_date - interval '61 minutes' "
            "WHERE id IN %s", [tuple(orders.ids)])
        orders.invalidate_recordset()
        self._post('/my/service/new', description="It leaks")
        self.assertEqual(self.env['aftersales.order'].search_count(
            [('partner_id', '=', self.owner.partner_id.id), ('channel', '=', 'portal')]), 3)

    def test_finished_work_is_not_cancelled(self):
        self._move_to(self.order, 'done')
        self.authenticate('owner', 'owner-secret')
        page = self._post(f'{self.url}/cancel', reason="Too late")
        self.assertIn("cannot become", page.text)
        self.assertEqual(self.order.state, 'done')

    def test_begun_work_is_not_cancelled_by_its_customer(self):
        self._move_to(self.order, 'on_site')
        self.authenticate('owner', 'owner-secret')
        self.assertNotIn('/cancel"', self.url_open(self.url).text)
        page = self._post(f'{self.url}/cancel', reason="Too late")
        self.assertIn("The work has begun", page.text)
        self.assertEqual(self.order.state, 'on_site')

    def test_stranger_and_anonymous_act_on_nothing(self):
        for login in (None, 'stranger'):
            self.authenticate(login, login and f'{login}-secret')
            for action in ('remind', 'cancel'):
                with self.subTest(login=login, action=action):
                    page = self._post(f'{self.url}/{action}', reason="x")
                    self.assertEqual(page.status_code, 404)
        self.assertRecordValues(self.order, [{'state': 'registered', 'reminder_count': 0}])

    def test_form_asks_for_a_login(self):
        self.assertIn('/web/login', self.url_open('/my/service/new').url)

    def test_signature_needs_the_token(self):
        def sign(token):
            return self.make_jsonrpc_request(f'{self.url}/sign', {
                'access_token': token, 'name': "Li", 'signature': SIGNATURE})
        self.assertIn('no finished work', sign(self.order._portal_ensure_token())['error'])
        self._move_to(self.order, 'on_site')
        self.order.signature = False
        self.assertIn('no finished work', sign(self.order.access_token)['error'])
        self.order.solution = "Cleaned"
        self.assertIn('error', sign('wrong'))
        self.assertFalse(self.order.signature)
        self.assertNotIn('error', sign(self.order._portal_ensure_token()))
        self.assertEqual(self.order.signed_by, "Li")
        # an erasure takes the name off the order: it stands nowhere else
        self.assertEqual(
            self.order.message_ids[0].preview, "Signed on the customer's page.")
        self.assertIn('error', sign(self.order.access_token))

    def _get_sign_url(self, page):
        """Return where the page's own form sends the signature."""
        [props] = html.fromstring(page.text).xpath(
            "//owl-component[@name='portal.signature_form']/@props")
        return json.loads(props)['callUrl']

    def test_customer_signs_by_the_link_without_a_login(self):
        labour = self.env['aftersales.labour'].create(
            {'order_id': self.order.id, 'product_id': self.hour.id})
        self.order._create_quotations()
        self._move_to(self.order, 'on_site')
        self.order.write({'signature': False, 'solution': "Filter cleaned"})
        self.authenticate(None, None)
        page = self.url_open(self.order.get_portal_url())
        [card] = html.fromstring(page.text).xpath("//div[@id='service_order_sign']")
        for shown in "Filter cleaned", labour.name, "80.00", "Total with taxes":
            self.assertIn(shown, card.text_content())
        url = self._get_sign_url(page)
        values = {'name': "Li", 'signature': SIGNATURE}
        foreign = self.order.copy()._portal_ensure_token()
        for wrong in (url.split('?')[0], f'{url}x', f"{url.split('=')[0]}={foreign}"):
            self.assertIn('error', self.make_jsonrpc_request(wrong, values))
        self.assertFalse(self.order.signature)
        answer = self.make_jsonrpc_request(url, values)
        self.assertNotIn('error', answer)
        self.assertEqual(self.order.signed_by, "Li")
        self.assertIn("Signed by", self.url_open(answer['redirect_url']).text)
