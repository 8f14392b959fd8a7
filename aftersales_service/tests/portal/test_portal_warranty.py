from lxml import html

from odoo.tests import tagged

from ..common import PortalCommon


@tagged('post_install', '-at_install')
class TestPortalWarranty(PortalCommon):
    """The page behind the card's QR code: owner, stranger, token and anonymous."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(partner_id=cls.owner.partner_id.id)
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'warranty_id': cls.card.id})
        cls.url = f'/my/warranty/{cls.card.id}'

    def test_owner_sees_unit_covers_orders_and_the_way_to_service(self):
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        for text in (self.card.name, "AC-0001", "Air Conditioner", "Whole unit", "Wang Fang",
                     self.order.name, f'href="/my/service/{self.order.id}"',
                     'href="/my/service/new?serial=AC-0001"'):
            with self.subTest(text=text):
                self.assertIn(text, page.text)

    def test_owner_finds_own_cards_and_a_stranger_none(self):
        self.authenticate('owner', 'owner-secret')
        self.assertIn(f'href="{self.url}"', self.url_open('/my/warranty').text)
        self.authenticate('stranger', 'stranger-secret')
        page = self.url_open('/my/warranty').text
        self.assertIn("no warranty cards", page)
        self.assertNotIn(self.card.name, page)

    def test_rows_keep_their_columns(self):
        """An empty cell is a cell: a unit without serial number, an order without product."""
        self._create_card(partner_id=self.owner.partner_id.id, lot_id=False)
        self.env['aftersales.order'].create({'partner_id': self.owner.partner_id.id})
        self.authenticate('owner', 'owner-secret')
        for url in ('/my/warranty', '/my/service'):
            rows = html.fromstring(self.url_open(url).text).findall('.//tbody/tr')
            with self.subTest(url=url):
                self.assertEqual([len(row.findall('td')) for row in rows], [4] * 2)

    def test_card_leads_to_a_request_for_its_unit(self):
        self.authenticate('owner', 'owner-secret')
        page = html.fromstring(self.url_open('/my/service/new?serial=AC-0001').text)
        [unit] = page.xpath("//select[@name='warranty_id']/option[@selected]/@value")
        self.assertEqual(unit, str(self.card.id))

    def test_covers_say_whether_they_run(self):
        """Whole unit and labour ended in 2021, the compressor's three years in 2023."""
        self.card.delivery_date = '2020-01-10'
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url).text
        self.assertIn("Out of Warranty", page)
        self.assertEqual(page.count("Expired on"), 3)
        self.card.delivery_date = False
        self.assertIn("No warranty was promised", self.url_open(self.url).text)

    def test_stranger_gets_no_hint(self):
        self.authenticate('stranger', 'stranger-secret')
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 404)
        self.assertNotIn(self.card.name, page.text)
        self.assertEqual(self.url_open('/my/warranty/999999999').status_code, 404)

    def test_token_opens_the_card_but_names_no_owner(self):
        """Every person before the machine may scan the code."""
        page = self.url_open(self.card._get_qr_address())
        self.assertEqual(page.status_code, 200)
        for text in (self.card.name, "AC-0001", "Whole unit", self.order.name):
            self.assertIn(text, page.text)
        self.assertNotIn("Wang Fang", page.text)
        self.assertNotIn(f'/my/service/{self.order.id}', page.text)

    def test_token_prints_no_card(self):
        url = self.card.get_portal_url(report_type='html')
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate('owner', 'owner-secret')
        self.assertIn("Wang Fang", self.url_open(f'{self.url}?report_type=html').text)

    def test_wrong_token_and_anonymous_are_refused(self):
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self.url_open(f'{self.url}?access_token=wrong').status_code, 404)

    def test_new_owner_does_not_open_the_orders_of_the_one_before(self):
        self.card.partner_id = self.stranger.partner_id
        self.authenticate('stranger', 'stranger-secret')
        page = self.url_open(self.url)
        self.assertIn(self.order.name, page.text)
        self.assertNotIn(f'/my/service/{self.order.id}', page.text)
