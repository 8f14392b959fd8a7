from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .. import people
from .common import OutletCommon

COMMENT = {
    'body': "When do you come?", 'message_type': 'comment', 'subtype_xmlid': 'mail.mt_comment'}

NOTE = {'body': "Costs us more", 'attachments': [('margin.txt', b'9')]}


@tagged('post_install', '-at_install')
class TestCustomerKey(HttpCase, OutletCommon):
    """The key of the customer's page: the customer has it, an outlet's people get it nowhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = people.get_visitor(cls.env, 'owner')
        cls.owner.name = "Li's Account"
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'site_id': cls.customer.id,
            'outlet_id': cls.north.id, 'description': "It does not cool"})
        cls.order.action_offer_to_outlet()
        cls.order.with_user(cls.wang).action_accept_offer()
        cls.key = cls.order._portal_ensure_token()

    def _as(self, user):
        return self.order.with_user(user)

    # === THE OUTLET === #

    def test_outlet_reads_the_order_but_not_its_key(self):
        order = self._as(self.wang)
        self.assertTrue(order.read(['name', 'phone']))
        for read in (
                lambda: order.read(['access_token']),
                lambda: order.search_read([('id', '=', order.id)], ['access_token']),
                lambda: order.web_read({'access_token': {}}),
                lambda: order.export_data(['access_token']),
                lambda: order.formatted_read_group([], ['access_token'], ['__count']),
                lambda: order.search([('access_token', '=', self.key)]),
                lambda: order.search([('access_token', '=like', self.key[:1] + '%')]),
                lambda: order.search([], order='access_token'),
                lambda: order.search([('visit_ids.order_ids.access_token', '!=', False)]),
                lambda: order.mapped('access_token')):
            # core refuses every export of portal users so, and the others as rights
            with self.subTest(), self.assertRaises(UserError), self.cr.savepoint():
                read()
        self.assertNotIn('access_token', order.fields_get())

    def test_outlet_gets_no_link_with_the_key(self):
        with self.assertRaises(AccessError):
            self._as(self.wang).get_portal_url()
        fresh = self.order.copy({'outlet_id': self.north.id})
        fresh.action_offer_to_outlet()
        fresh.with_user(self.wang).action_accept_offer()
        fresh.access_token = False
        with self.assertRaises(AccessError):
            fresh.with_user(self.wang).get_portal_url()
        self.assertFalse(fresh.access_token)  # not even made

    def test_link_of_a_mail_leads_the_outlet_to_its_own_page(self):
        self.authenticate('wang', 'wang')
        page = self.url_open(f'/mail/view?model=aftersales.order&res_id={self.order.id}')
        self.assertTrue(page.url.endswith(f'/my/outlet/{self.order.id}'), page.url)
        self.assertNotIn(self.key, page.text)
        for path in ('/my/outlet?section=waiting', '/my/jobs', '/my'):
            self.assertNotIn(self.key, self.url_open(path).text)

    def test_outlet_reads_no_message_that_tells_the_key(self):
        self.order.date_planned = '2026-06-02 09:00:00'
        self.order._set_state('assessed')
        self.order._set_state('scheduled')
        self.assertTrue(self.order.customer_message_ids)
        self.order.customer_message_ids._process()
        messages = self.env['mail.message'].with_user(self.wang).search([
            ('model', '=', 'aftersales.order'), ('res_id', '=', self.order.id)])
        self.assertNotIn(self.key, "".join(messages.mapped('body')))

    def test_outlet_does_not_rate_itself(self):
        with self.assertRaisesRegex(UserError, "rate the finished work"):
            self._as(self.wang).message_post(**COMMENT, rating_value=5)
        self.authenticate('wang', 'wang')
        self.make_jsonrpc_request('/mail/message/post', {
            'thread_model': 'aftersales.order', 'thread_id': self.order.id,
            'post_data': {'body': "Very good!", 'rating_value': '5'}})
        self.assertFalse(self.order.rating_ids)
        self.assertIn("Very good!", "".join(self.order.message_ids.mapped('body')))

    # === THE CUSTOMER AND THE DESK === #

    def test_customer_has_a_link(self):
        self.assertIn(self.key, self._as(self.owner).get_portal_url())
        self.authenticate('owner', 'owner')
        page = self.url_open(f'/mail/view?model=aftersales.order&res_id={self.order.id}')
        self.assertIn(f'/my/service/{self.order.id}', page.url)
        self.assertEqual(page.status_code, 200)

    def test_customer_writes_on_own_page(self):
        self.order.message_subscribe(self.agent.partner_id.ids)
        self.authenticate('owner', 'owner')
        for post_data in ({}, {'token': self.key}):
            answer = self.make_jsonrpc_request('/mail/message/post', {
                'thread_model': 'aftersales.order', 'thread_id': self.order.id,
                'post_data': COMMENT, **post_data})
            self.assertTrue(answer)
        found = self.make_jsonrpc_request('/mail/chatter_fetch', {
            'thread_model': 'aftersales.order', 'thread_id': self.order.id})
        self.assertEqual(len(found['messages']), 2)

    def test_visitor_with_the_key_writes_without_a_login(self):
        self.assertTrue(self.make_jsonrpc_request('/mail/message/post', {
            'thread_model': 'aftersales.order', 'thread_id': self.order.id,
            'post_data': COMMENT, 'token': self.key}))

    def test_outlet_writes_to_the_customer(self):
        self.order.message_subscribe(self.owner.partner_id.ids)
        message = self._as(self.wang).message_post(**COMMENT)
        self.assertIn(self.owner.partner_id, message.notified_partner_ids)

    def test_desk_has_the_link(self):
        self.order.user_id = self.agent
        self.assertIn(self.key, self._as(self.agent).get_portal_url())
        self.order.user_id = self.other_agent
        self.order.create_uid.invalidate_recordset()
        with self.assertRaises(AccessError):
            self._as(self.agent).get_portal_url()

    # === WHAT CORE'S CHATTER IS ASKED === #

    def _fetch_thread(self, **access_params):
        """Ask for the order's thread as core's web client does."""
        return str(self.make_jsonrpc_request('/mail/data', {'fetch_params': [['mail.thread', {
            'thread_model': 'aftersales.order', 'thread_id': self.order.id,
            'request_list': ['activities', 'attachments', 'followers'],
            'access_params': access_params}]]}))

    def test_visitors_read_no_files_of_notes_no_activities_no_followers(self):
        self.order.message_subscribe(self.agent.partner_id.ids)
        self.order.message_post(**NOTE)
        self.order.activity_schedule(
            'mail.mail_activity_data_todo', summary="Margin", user_id=self.agent.id)
        for login in None, 'owner', 'wang':
            self.authenticate(login, login)
            for access_params in {}, {'token': 'junk'}, {'token': 'é'}, {'token': self.key}:
                with self.subTest(login=login, **access_params):
                    found = self._fetch_thread(**access_params)
                    for secret in 'margin.txt', 'Margin', self.agent.name:
                        self.assertNotIn(secret, found)
        self.order.user_id = self.agent
        self.authenticate('agent', 'agent')
        found = self._fetch_thread()
        for known in 'margin.txt', 'Margin', self.agent.name:
            self.assertIn(known, found)

    def test_wrong_key_opens_no_conversation(self):
        self.order.message_post(**COMMENT)
        for login in None, 'owner':
            self.authenticate(login, login)
            for key, is_open in ('junk', False), ('é', False), (self.key, True):
                with self.subTest(login=login, key=key):
                    params = {'thread_model': 'aftersales.order', 'thread_id': self.order.id}
                    if is_open:
                        self.assertTrue(self.make_jsonrpc_request(
                            '/mail/chatter_fetch', {**params, 'token': key})['messages'])
                    else:
                        with self.assertRaises(JsonRpcException), mute_logger('odoo.http'):
                            self.make_jsonrpc_request(
                                '/mail/chatter_fetch', {**params, 'token': key})

    def test_owner_with_an_old_link_reads_and_writes(self):
        """The page gives core's chatter no key that opens nothing."""
        self.authenticate('owner', 'owner')
        page = self.url_open(f'/my/service/{self.order.id}?access_token=old')
        self.assertEqual(page.status_code, 200)
        self.assertNotIn('data-token="old"', page.text)

    def test_key_with_odd_letters_opens_nothing(self):
        for key in 'é', '密', "%00", self.key + 'é':
            self.assertEqual(self.url_open(
                f'/my/service/{self.order.id}?access_token={key}').status_code, 404)
