from odoo.tests import HttpCase, tagged

from .common import SIGNATURE, AftersalesCommon
from .visit.phone import Phone


@tagged('post_install', '-at_install')
class TestCustomerLink(HttpCase, AftersalesCommon):
    """The customer opens the link of a message in a browser without a login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hour.taxes_id = False
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'technician_id': cls.technician.id,
            'date_planned': '2026-06-02 08:00:00', 'signature': SIGNATURE,
            'labour_ids': [(0, 0, {'product_id': cls.hour.id})]})
        while cls.order.state != 'on_site':
            cls.order.action_next()
        cls.order.write({'signature': False, 'solution': "Filter cleaned"})

    def setUp(self):
        super().setUp()
        self.link = self.order.get_portal_url()
        self.env.flush_all()
        self.phone = Phone(self, None)

    def _open(self, path):
        self.phone.open(path)
        self._settle()

    def _settle(self):
        """Wait until the page is there with all that it loads late."""
        self.phone.wait('document.readyState === "complete"')
        self.phone.settle()

    def _open_quotation(self, dialog):
        with self.phone.at_rest():
            self.order._create_quotations()
        self._open(self.link)
        self.phone.tap('#service_order_quotations .btn', "Read and Accept")
        self.phone.see('.o_portal_sale_sidebar')
        self._settle()
        # core empties the field once the window has faded in
        self.phone.ask('addEventListener("shown.bs.modal", () => { window.hasFadedIn = true; })')
        self.phone.tap(f"a[data-bs-target='#{dialog}']")
        self.phone.wait('window.hasFadedIn')

    def _sign(self):
        # the name stands there already, written by core; a finger draws on an empty field
        self.phone.tap('.o_web_sign_draw_button')
        self.phone.wait('document.querySelector(".o_web_sign_signature").style.touchAction '
                        '=== "none"')
        self.phone.draw('.o_web_sign_signature')
        self.phone.tap('.o_portal_sign_submit')

    def test_signs_the_work(self):
        self._open(self.link)
        self._sign()
        self.phone.see('#service_order_facts', "Signed by")
        self._settle()
        with self.phone.at_rest():
            self.assertEqual(self.order.signed_by, "Li Na")

    def test_accepts_the_quotation(self):
        self._open_quotation('modalaccept')
        self._sign()
        self.phone.wait('location.search.includes("sign_ok")')
        self._settle()
        with self.phone.at_rest():
            self.assertRecordValues(self.order.sale_order_ids, [{
                'state': 'sale', 'signed_by': "Li Na"}])

    def test_refuses_the_quotation(self):
        self._open_quotation('modaldecline')
        self.phone.type('#modaldecline textarea', "Too expensive")
        self.phone.tap('#modaldecline button[type=submit]')
        self.phone.see('body', "This quotation has been cancelled")
        self._settle()
        with self.phone.at_rest():
            self.assertEqual(self.order.sale_order_ids.state, 'cancel')
