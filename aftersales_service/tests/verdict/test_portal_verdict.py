from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..appraisal.test_appraisal import AppraisalCommon
from ..common import PortalCommon
from .common import DAY_5


@tagged('post_install', '-at_install')
class TestPortalVerdict(PortalCommon, AppraisalCommon):
    """The customer reads what is covered and owed, on the card's page and the order's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card.partner_id = cls.owner.partner_id
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'warranty_id': cls.card.id,
            'date_event': DAY_5, 'outlet_id': cls.outlet.id})
        cls.sheet = cls.env['aftersales.appraisal'].create({
            'order_id': cls.order.id, 'remedy': 'refund', 'responsibility': 'maker',
            'test_results': "12 A", 'conclusion': "Blocked"})
        cls.url = f'/my/service/{cls.order.id}'
        cls.paper = f'{cls.url}/document/appraisal_{cls.sheet.id}'

    def test_owner_reads_covers_remedies_and_why_not_more(self):
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url).text
        for text in ("Whole unit", "Refund</strong>", "Art. 9", "3,000.00",
                     "after 2 repairs - 0 are done"):
            with self.subTest(text=text):
                self.assertIn(text, page)
        self.assertNotIn("what_if", page)

    def test_owner_reads_what_covers_each_line(self):
        self.order.write({
            'part_ids': [fields.Command.create({
                'product_id': self.compressor.id, 'product_uom_qty': 1})],
            'labour_ids': [fields.Command.create({'product_id': self.hour.id, 'quantity': 2})]})
        self.authenticate('owner', 'owner-secret')
        lines = self.url_open(self.url).text.split('id="service_order_lines"')[1]
        self.assertIn("Covered 100 % - Factory, Compressor, until", lines)
        self.assertIn("Covered 100 % - Factory, Labour, until", lines)
        self.order.labour_ids.is_covered = False
        page = self.url_open(self.url).text
        self.assertIn("Chargeable</span>", page)
        self.assertNotIn("Paid</span>", page)

    def test_owner_reads_the_accepted_price_and_what_is_still_to_accept(self):
        self.hour.taxes_id = False
        self.order.labour_ids = [fields.Command.create(
            {'product_id': self.hour.id, 'is_covered': False, 'cover_reason': "Paid"})]
        self.order._create_quotations().action_confirm()
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': self.compressor.id,
            'is_aftersales_covered': False, 'aftersales_cover_reason': "Paid"})
        self.assertFalse(part.sale_line_id)
        self.order._create_quotations()
        self.authenticate('owner', 'owner-secret')
        above, offers = self.url_open(self.url).text.split('id="service_order_quotations"')
        # what waits for the customer stands above all that is read only
        self.assertNotIn('id="service_order_steps"', above)
        self.assertEqual(offers.count("Price Accepted"), 1)
        self.assertEqual(offers.count("Read and Accept"), 1)
        sale = self.order.sale_order_ids.filtered(lambda sale: sale.state == 'sale')
        sale.order_line.product_uom_qty += 1
        offers = self.url_open(self.url).text.split('id="service_order_quotations"')[1]
        self.assertIn("You pay the price that you accepted", offers)

    def test_promise_without_rules_is_read_as_covered(self):
        self.policy.remedy_ids.unlink()
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url).text
        self.assertIn("Repair under your warranty", page)
        self.assertNotIn("Paid repair", page)

    def test_card_page_by_token_keeps_the_price_to_the_owner(self):
        self.card.delivery_date = fields.Date.today()
        page = self.url_open(self.card._get_qr_address()).text
        self.assertIn("<strong>Refund</strong>", page)
        self.assertNotIn("3,000.00", page)
        self.authenticate('owner', 'owner-secret')
        self.assertIn("3,000.00", self.url_open(f'/my/warranty/{self.card.id}').text)

    def test_pages_speak_the_readers_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        rule = self.policy.remedy_ids[0]
        rule.with_context(lang='fr_FR').article = "Article 9 du règlement"
        self.owner.lang = 'fr_FR'
        self.authenticate('owner', 'owner-secret')
        self.assertIn("Article 9 du règlement", self.url_open(f'/fr{self.url}').text)

    def test_only_issued_sheets_are_the_customers(self):
        self.authenticate('owner', 'owner-secret')
        self.assertNotIn("Fault Appraisal Sheet", self.url_open(self.url).text)
        self.assertEqual(self.url_open(self.paper).status_code, 404)
        self.sheet.action_issue()
        self.assertIn("Fault Appraisal Sheet", self.url_open(self.url).text)
        self.assertIn("Art. 9 gives: Refund", self.url_open(self.paper).text)

    def test_stranger_and_anonymous_get_nothing_and_the_token_opens(self):
        self.sheet.action_issue()
        for login in None, 'stranger':
            with self.subTest(login=login):
                self.authenticate(login, login and 'stranger-secret')
                for url in self.url, self.paper:
                    self.assertNotIn("Art. 9", self.url_open(url).text)
        self.authenticate(None, None)
        token = self.order._portal_ensure_token()
        self.assertIn("Art. 9 gives", self.url_open(f'{self.paper}?access_token={token}').text)
        self.assertNotIn("Art. 9", self.url_open(f'{self.paper}?access_token=wrong').text)

    def test_portal_users_read_issued_sheets_only_and_write_none(self):
        sheets = self.env['aftersales.appraisal'].with_user(self.owner)
        self.assertNotIn(self.sheet, sheets.search([]))
        self.sheet.action_issue()
        self.assertIn(self.sheet, sheets.search([]))
        self.assertNotIn(
            self.sheet, self.env['aftersales.appraisal'].with_user(self.stranger).search([]))
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.owner).conclusion = "Mine"
