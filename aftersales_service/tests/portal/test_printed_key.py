from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..common import PortalCommon

COMMENT = {
    'body': "Please deliver to my new address", 'message_type': 'comment',
    'subtype_xmlid': 'mail.mt_comment'}


@tagged('post_install', '-at_install')
class TestPrintedKey(PortalCommon):
    """The key on paper opens the public page of the unit, and nothing of its owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(partner_id=cls.owner.partner_id.id)
        cls.card.message_post(**COMMENT | {'body': "Wang Fang lives at the lake"})
        cls.token = cls.card._portal_ensure_token()  # the owner got a mail with it
        cls.address = cls.card._get_qr_address()
        [cls.key] = {
            word for words in parse_qs(urlsplit(cls.address).query).values() for word in words}

    def _call(self, url, **params):
        """Send what core's chatter sends for the card, with a key as its token."""
        return self.make_jsonrpc_request(
            url, {'thread_model': 'aftersales.warranty', 'thread_id': self.card.id, **params})

    def _fetch_thread(self, key):
        return self.make_jsonrpc_request('/mail/data', {'fetch_params': [['mail.thread', {
            'thread_model': 'aftersales.warranty', 'thread_id': self.card.id,
            'request_list': ['activities', 'attachments', 'followers', 'display_name'],
            'access_params': {'token': key}}]]})

    def test_printed_key_opens_the_public_page(self):
        page = self.url_open(self.address)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.card.name, page.text)
        for secret in ("Wang Fang", self.token):
            self.assertNotIn(secret, page.text)

    def test_printed_key_opens_the_conversation_of_no_visitor(self):
        for login in None, 'stranger':
            self.authenticate(login, login and f'{login}-secret')
            with self.subTest(login=login):
                self.assertNotIn(
                    "Wang Fang", str(self._call('/portal/chatter_init', token=self.key)))
                for url, params in (('/mail/chatter_fetch', {}),
                                    ('/mail/message/post', {'post_data': COMMENT})):
                    with self.assertRaises(JsonRpcException), mute_logger('odoo.http'):
                        self._call(url, token=self.key, **params)
                self.assertNotIn('followers', str(self._fetch_thread(self.key)))
        self.assertNotIn("new address", "".join(self.card.message_ids.mapped('body')))

    def test_link_of_the_owners_mail_opens_the_conversation(self):
        """The twin: what the owner alone got is more than what is printed."""
        self.authenticate(None, None)
        found = self._call('/mail/chatter_fetch', token=self.token)
        self.assertIn("at the lake", str(found))
        self.assertNotIn('followers', str(self._fetch_thread(self.token)))

    def test_printed_key_opens_no_mail_link_and_a_wrong_one_no_page(self):
        url = f'/my/warranty/{self.card.id}'
        for query in (f'access_token={self.key}', 'key=wrong', 'key=é', 'key='):
            with self.subTest(query=query):
                self.assertEqual(self.url_open(f'{url}?{query}').status_code, 404)
        other = self._create_card(serial='AC-0002')
        self.assertEqual(
            self.url_open(f'/my/warranty/{other.id}?key={self.key}').status_code, 404)

    def test_paper_carries_no_token(self):
        """Printed twice, the card keeps its key; a copy gets its own."""
        self.assertEqual(self.card._get_qr_address(), self.address)
        copied = self.card.copy({'serial': 'AC-0003'})
        self.assertNotIn(self.key, copied._get_qr_address())
        self.assertNotIn(self.token, self.address)

    def test_printed_key_is_chosen_and_read_by_no_user(self):
        card = self.card.with_user(self.manager)
        for action in (
                lambda: card.read(['public_key']), lambda: card.write({'public_key': 'mine'}),
                lambda: card.search([('public_key', '=', self.key)]),
                lambda: card.with_context(default_public_key='mine').create(
                    {'product_id': self.conditioner.id})):
            with self.assertRaises(AccessError):
                action()
