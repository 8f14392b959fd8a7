from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .common import AftersalesCommon
from .test_tours import ALL_GROUPS
from .visit.phone import Phone


@tagged('post_install', '-at_install')
class TestTourRequest(HttpCase, AftersalesCommon):
    """From the customer's request on the portal to the paid invoice, from an empty company.

    Boss, customer and desk click through tours, the technician taps on a phone.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.account_sale_tax_id = False  # prices are what the tour reads
        cls.wu_mei = new_test_user(
            cls.env, 'tour_customer', 'base.group_portal', name="Wu Mei at home", tz='UTC')
        cls.boss = new_test_user(
            cls.env, 'tour_manager', ','.join((*ALL_GROUPS, 'product.group_product_manager')),
            tz='UTC')
        cls.env['aftersales.order'].search([]).unlink()

    def test_portal_request_to_paid_invoice(self):
        self.start_tour(
            '/odoo/action-sale.product_template_action/new', 'aftersales_request_goods',
            login='tour_manager')
        self.start_tour('/my', 'aftersales_request_customer', login='tour_customer')
        order = self.env['aftersales.order'].search([])
        self.assertRecordValues(order, [{
            'partner_id': self.wu_mei.partner_id.id, 'channel': 'portal', 'state': 'registered',
            'phone': '+1 650 555 0177'}])
        self.start_tour(
            '/odoo/service-orders', 'aftersales_request_desk', login='tour_manager', timeout=120)
        self.assertRecordValues(order, [{
            'state': 'dispatched', 'technician_id': self.technician.id}])
        self._work_on_the_phone()
        self.assertEqual((order.state, order.signed_by), ('on_site', "Wu Mei at home"))
        self.start_tour(
            '/odoo/service-orders', 'aftersales_request_quotation', login='tour_manager',
            timeout=120)
        self.start_tour('/my', 'aftersales_request_accept', login='tour_customer', timeout=120)
        self.assertRecordValues(order.sale_order_ids, [{
            'state': 'sale', 'signed_by': "Wu Mei at home", 'amount_total': 50.0}])
        self._complete_on_the_phone()
        self.assertRecordValues(order, [{'state': 'done', 'solution': "Capacitor changed"}])
        self.start_tour(
            '/odoo/service-orders', 'aftersales_request_invoice', login='tour_manager',
            timeout=120)
        invoice = order.sale_order_ids.invoice_ids
        self.assertRecordValues(invoice, [{
            'state': 'posted', 'amount_total': 50.0, 'amount_residual': 0.0,
            'partner_id': self.wu_mei.partner_id.id}])

    def _work_on_the_phone(self):
        """Drive to the customer, answer the checks, note the part, report and sign."""
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('.card.job', "Wu Mei at home")
        phone.drive_there()
        phone.repair_with("TOUR-CAP", is_paid=True)
        phone.see('.next .big', "Show the Price")
        phone.see('.next .hint', "not accepted the price yet")
        phone.see('.queue-badge', "✓")
        phone.close()

    def _complete_on_the_phone(self):
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('.card.job', "Wu Mei at home")
        phone.next("Complete")
        phone.see('.job-page', "This visit is over")
        phone.see('.queue-badge', "✓")
        phone.close()
