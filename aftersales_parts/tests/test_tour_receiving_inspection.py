from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .test_inspection import ReceiptCommon


@tagged('post_install', '-at_install')
class TestTourReceivingInspection(HttpCase, ReceiptCommon):
    """A receipt by clicks: validate, inspect both parts, validate again."""

    def test_receipt_is_inspected_by_clicks(self):
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'order_line': [
                Command.create({'product_id': part.id, 'product_qty': quantity, 'price_unit': 1})
                for part, quantity in ((self.old_board, 200), (self.board, 800))]})
        order.button_confirm()
        receipt = order.picking_ids
        self.storekeeper.password = 'storekeeper'
        self.start_tour(
            f'/odoo/part-receipts/{receipt.id}', 'aftersales_receiving_inspection',
            login=self.storekeeper.login)
        self.assertEqual(receipt.state, 'done')
        quarantine = receipt.picking_type_id.warehouse_id.aftersales_quarantine_id
        free = self.env['stock.quant']._get_available_quantity
        self.assertEqual(
            [free(self.board, self.stock_location), free(self.old_board, self.stock_location),
             free(self.old_board, quarantine)], [800, 0, 200])
