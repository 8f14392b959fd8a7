from odoo.tests import tagged, users

from ..common import SIGNATURE, AftersalesCommon


@tagged('post_install', '-at_install')
class TestServiceSheet(AftersalesCommon):

    def _render(self, order):
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_service_order', order.ids)
        return html.decode()

    @users('technician')
    def test_sheet_shows_the_facts_the_work_and_the_signature(self):
        order = self._create_order(
            warranty_id=self._create_card().id, date_event='2026-06-01 12:00:00',
            solution="Capacitor changed", signature=SIGNATURE, signed_by="Li Na")
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        html = self._render(order)
        for text in (order.name, "AC-0001", "Capacitor changed", "Li Na", "data:image/png",
                     "Whole unit"):
            with self.subTest(text=text):
                self.assertIn(text, html)

    @users('agent')
    def test_sheet_speaks_the_customers_language(self):
        self.customer.lang = 'zh_CN'
        html = self._render(self._create_order())
        self.assertIn("顾客服务要求表", html)
        self.assertNotIn("Customer Service Sheet", html)

    @users('agent')
    def test_bare_order_prints(self):
        order = self.env['aftersales.order'].create({})
        self.assertIn(order.name, self._render(order))
