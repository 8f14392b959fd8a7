from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
class TestTourReturn(HttpCase, ReturnsCommon):
    """Sale, delivery, return and refund, each by whose work it is."""

    def test_from_the_sale_to_the_refund(self):
        new_test_user(
            self.env, 'tour_seller',
            'aftersales_service.group_aftersales_agent,sales_team.group_sale_salesman,'
            'stock.group_stock_user,stock.group_production_lot')
        new_test_user(
            self.env, 'tour_technician',
            'aftersales_service.group_aftersales_technician,stock.group_production_lot')
        lot = self.env['stock.lot'].create(
            {'name': 'TOUR-R1', 'product_id': self.conditioner.id})
        self.env['stock.quant']._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=lot)
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'user_id': self.env['res.users'].search([('login', '=', 'tour_seller')]).id,
            'order_line': [Command.create({'product_id': self.conditioner.id})]})

        self.start_tour(
            f'/odoo/action-sale.action_orders/{sale.id}', 'aftersales_return_desk',
            login='tour_seller', timeout=180)
        record = self.env['aftersales.return'].search([('sale_order_id', '=', sale.id)])
        self.assertEqual(record.line_ids.lot_id, lot)
        sale._create_invoices().action_post()

        self.start_tour(
            f'/odoo/service-returns/{record.id}', 'aftersales_return_workshop',
            login='tour_technician', timeout=180)
        self.assertEqual(record.state, 'settled')
        self.assertRecordValues(record.refund_id, [{
            'move_type': 'out_refund', 'state': 'draft', 'amount_total': 3000.0}])
        self.assertEqual(self._get_stock(self.conditioner, self.stock_location), 1.0)
