from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PortalCommon


@tagged('post_install', '-at_install')
class TestPortalOrder(PortalCommon):
    """The customer's page: owner, colleague, stranger, token and anonymous."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'description': "It does not cool",
            'warranty_id': cls._create_card(partner_id=cls.owner.partner_id.id).id})
        cls.url = f'/my/service/{cls.order.id}'

    def test_owner_reads_own_order(self):
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        for text in (self.order.name, "It does not cool", "AC-0001"):
            self.assertIn(text, page.text)
        self.assertIn(self.order.name, self.url_open('/my/service').text)

    def test_lists_tell_the_status_in_the_customers_words(self):
        self._move_to(self.order, 'followed_up')
        self.authenticate('owner', 'owner-secret')
        for url in ('/my/service', self.order.warranty_id.get_portal_url()):
            with self.subTest(url=url):
                page = self.url_open(url).text
                self.assertIn(">Done<", page)
                self.assertNotIn("Followed Up", page)

    def test_owner_counts_out_neither_our_promises_nor_our_pictures(self):
        orders = self.env['aftersales.order'].with_user(self.owner)
        self.assertIn(self.order, orders.search([]))
        for path in 'clock_ids.date_deadline', 'clock_ids.result', 'picture_ids.name':
            with self.subTest(path), self.assertRaisesRegex(AccessError, path.split('.')[0]):
                orders.search([(path, '!=', False)])

    def test_colleague_reads_the_companys_order(self):
        company = self.env['res.partner'].create({'name': "Hotel", 'is_company': True})
        (self.owner | self.stranger).partner_id.parent_id = company
        self.authenticate('stranger', 'stranger-secret')
        self.assertEqual(self.url_open(self.url).status_code, 200)

    def test_stranger_gets_no_hint(self):
        self.authenticate('stranger', 'stranger-secret')
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 404)
        self.assertNotIn(self.order.name, page.text)
        self.assertEqual(self.url_open('/my/service/999999999').status_code, 404)
        self.assertNotIn(self.order.name, self.url_open('/my/service').text)

    def test_token_opens_the_order_without_login(self):
        page = self.url_open(self.order.get_portal_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.order.name, page.text)

    def test_wrong_token_and_anonymous_are_refused(self):
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self.url_open(f'{self.url}?access_token=wrong').status_code, 404)

    def test_list_asks_for_a_login(self):
        self.assertIn('/web/login', self.url_open('/my/service').url)

    def test_unknown_sorting_falls_back(self):
        self.authenticate('owner', 'owner-secret')
        self.assertEqual(self.url_open('/my/service?sortby=password').status_code, 200)

    def test_home_counts_the_orders(self):
        self.authenticate('owner', 'owner-secret')
        counters = self.make_jsonrpc_request('/my/counters', {'counters': ['service_count']})
        self.assertEqual(counters['service_count'], 1)

    def test_sheet_is_downloaded_with_the_token(self):
        url = self.order.get_portal_url(report_type='html')
        self.assertIn(self.order.name, self.url_open(url).text)
        self.assertEqual(self.url_open(f'{self.url}?report_type=pdf').status_code, 404)
