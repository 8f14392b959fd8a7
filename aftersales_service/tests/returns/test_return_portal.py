import base64
from unittest.mock import patch

from odoo.tests import tagged

from ..common import SIGNATURE, PortalCommon
from .common import ReturnsCommon


@tagged('post_install', '-at_install')
class TestReturnPortal(PortalCommon, ReturnsCommon):
    """The customer asks for a return and follows it; others cannot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['P-1'], partner=cls.owner.partner_id)
        cls.url = f'/my/returns/new/{cls.card.id}'

    def _get_returns(self):
        return self.env['aftersales.return'].search([('is_portal', '=', True)])

    def test_owner_asks_with_a_photo_and_follows(self):
        self.authenticate('owner', 'owner-secret')
        self.assertIn(self.url, self.url_open(f'/my/warranty/{self.card.id}').text)
        self.assertIn("Does not like it", self.url_open(self.url).text)
        page = self._post(
            self.url, reason_id=self.faulty.id, kind='exchange', description="It hums",
            partner_id=self.stranger.partner_id.id, state='settled',
            files=[('photos', ('unit.png', base64.b64decode(SIGNATURE), 'image/png'))])
        record = self._get_returns()
        self.assertIn(record.name, page.text)
        self.assertRecordValues(record, [{
            'partner_id': self.owner.partner_id.id, 'state': 'request', 'kind': 'exchange',
            'description': "It hums", 'sale_order_id': self.sale.id, 'user_id': False}])
        self.assertEqual(record.line_ids.warranty_id, self.card)
        self.assertEqual(record.photo_ids.mapped('name'), ['unit.png'])
        photo = f'/my/returns/{record.id}/photo/{record.photo_ids.id}'
        self.assertIn(photo, page.text)
        self.assertEqual(self.url_open(photo).headers['Content-Type'], 'image/png')
        self.assertIn(record.name, self.url_open('/my/returns').text)
        self.authenticate('stranger', 'stranger-secret')
        self.assertEqual(self.url_open(photo).status_code, 404)

    def test_form_that_a_thumb_sends_twice_shows_the_first_return(self):
        self.authenticate('owner', 'owner-secret')
        self.assertIn('name="form_key"', self.url_open(self.url).text)
        for __ in range(2):
            page = self._post(
                self.url, reason_id=self.faulty.id, description="It hums", form_key='abc')
            self.assertIn(self._get_returns().name, page.text)
            self.assertNotIn("alert-danger", page.text)
        self.assertEqual(len(self._get_returns()), 1)

    def test_delivery_that_is_busy_is_named_in_plain_words(self):
        self.authenticate('owner', 'owner-secret')
        moves = self.registry['stock.move']
        with patch.object(moves, 'try_lock_for_update', lambda move, **kwargs: move[:0]):
            page = self._post(self.url, reason_id=self.faulty.id, description="It hums")
        self.assertIn("Wait a moment", page.text)
        self.assertFalse(self._get_returns())

    def test_label_comes_with_the_authorisation(self):
        record = self._create_return(
            self.sale, self.card, partner_id=self.owner.partner_id.id,
            request_date='2026-01-12')
        self.authenticate('owner', 'owner-secret')
        url = f'/my/returns/{record.id}'
        self.assertEqual(self.url_open(f'{url}?report_type=html').status_code, 404)
        record.action_authorise()
        self.assertIn(record.rma, self.url_open(url).text)
        self.assertIn(record.rma, self.url_open(f'{url}?report_type=html').text)

    def test_bad_input_is_explained_and_what_was_typed_stays(self):
        self.authenticate('owner', 'owner-secret')
        page = self._post(self.url, reason_id='', description="It hums loudly")
        self.assertIn("Choose a reason", page.text)
        self.assertIn("It hums loudly", page.text)
        page = self._post(self.url, reason_id=self.faulty.id, description=" ")
        self.assertIn("Tell us in a few words", page.text)
        agreed = self.env.ref('aftersales_service.aftersales_return_reason_agreement')
        page = self._post(self.url, reason_id=agreed.id, description="Agreed")
        self.assertIn("Choose a reason", page.text)
        page = self._post(
            self.url, reason_id=self.faulty.id, description="It hums",
            files=[('photos', ('virus.exe', b'MZ', 'image/png'))])
        self.assertIn("is not a photo", page.text)
        self.assertFalse(self._get_returns())

    def test_second_request_for_the_unit_is_notified(self):
        record = self._create_return(
            self.sale, self.card, partner_id=self.owner.partner_id.id)
        self.authenticate('owner', 'owner-secret')
        page = self._post(self.url, reason_id=self.faulty.id, description="Again")
        self.assertIn(f"is on return {record.name} already", page.text)

    def test_stranger_and_anonymous_find_no_such_page(self):
        record = self._create_return(
            self.sale, self.card, partner_id=self.owner.partner_id.id)
        for login in ('stranger', None):
            if login:
                self.authenticate(login, f'{login}-secret')
            else:
                self.logout()
            for url in (self.url, f'/my/returns/{record.id}', '/my/returns/999999999',
                        '/my/returns/new/999999999'):
                with self.subTest(login=login, url=url):
                    self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate('stranger', 'stranger-secret')
        self.assertNotIn(record.name, self.url_open('/my/returns').text)
        self.assertEqual(self._post(
            self.url, reason_id=self.faulty.id, description="Mine").status_code, 404)

    def test_goods_sent_back_to_the_maker_are_not_the_customers_returns(self):
        own, to_maker = (self._create_return(
            partner_id=self.owner.partner_id.id, kind=kind, lines=[{
                'product_id': self.compressor.id}]) for kind in ('return', 'vendor'))
        self.authenticate('owner', 'owner-secret')
        page = self.url_open('/my/returns').text
        self.assertIn(own.name, page)
        self.assertNotIn(to_maker.name, page)

    def test_token_of_the_mail_opens_the_page(self):
        record = self._create_return(
            self.sale, self.card, partner_id=self.owner.partner_id.id)
        self.assertEqual(self.url_open(record.get_portal_url()).status_code, 200)
        self.assertEqual(
            self.url_open(f'/my/returns/{record.id}?access_token=wrong').status_code, 404)
