from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestDeliveryOrder(DeliveryCommon):
    """A delivery begins at the sale, knows its transfer and says how much it brings."""

    def test_sale_opens_the_delivery_of_its_transfer(self):
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id, 'order_line': [Command.create(
                {'product_id': self.kettle.id, 'product_uom_qty': 2})]})
        with self.assertRaisesRegex(UserError, "confirm the sale"):
            sale.action_view_aftersales_deliveries()
        sale.action_confirm()
        sale.action_view_aftersales_deliveries()
        order = self.env['aftersales.order'].search([('transfer_id', 'in', sale.picking_ids.ids)])
        self.assertRecordValues(order, [{
            'type_id': self.type_delivery.id, 'product_id': self.kettle.id,
            'delivered_quantity': 2.0, 'partner_id': self.customer.id}])
        sale.action_view_aftersales_deliveries()
        self.assertEqual(order.search_count([('transfer_id', 'in', sale.picking_ids.ids)]), 1)
        slip = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.action_report_delivery_confirmation', order.ids)[0].decode()
        self.assertIn('<td class="text-end"><span>2</span></td>', slip)

    def test_transfer_is_named_by_the_flow_alone(self):
        picking = self.env['stock.picking'].search([], limit=1)
        order = self._create_delivery().with_user(self.agent)
        with self.assertRaises(AccessError):
            order.transfer_id = picking
