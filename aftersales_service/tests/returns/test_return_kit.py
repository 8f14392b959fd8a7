from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnKit(ReturnsCommon):
    """A kit is sold as one and delivered in parts: they are never worth more than it cost.

    Without core's manufacturing, the deliveries are what it would make of a kit: a move of
    each component for the one line sold.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls.env['product.product']
        cls.kit = product.create({
            'name': "Kit", 'type': 'consu', 'list_price': 3450.0, 'taxes_id': False,
            'warranty_policy_id': cls.policy.id})
        cls.inside, cls.outside, cls.pipe = product.create([
            {'name': name, 'is_storable': True, 'standard_price': cost, 'taxes_id': False}
            for name, cost in (("Inside Unit", 200.0), ("Outside Unit", 700.0), ("Pipe", 50.0))])
        cls.shop_policy.restocking_percent = 0

    @classmethod
    def _sell_kit(cls, policy='order', invoice=True, quantity=1):
        """Sell kits of one inside unit, one outside unit and two pipes; deliver and invoice."""
        cls.kit.invoice_policy = policy
        sale = cls.env['sale.order'].create({
            'partner_id': cls.customer.id, 'order_line': [Command.create({
                'product_id': cls.kit.id, 'product_uom_qty': quantity})]})
        sale.action_confirm()
        picking, line = sale.picking_ids, sale.order_line
        whole = picking.move_ids
        common = {
            'picking_id': picking.id, 'sale_line_id': line.id,
            'location_id': picking.location_id.id, 'location_dest_id': picking.location_dest_id.id}
        cls.env['stock.move'].create([
            {'product_id': cls.inside.id, 'product_uom_qty': quantity, **common},
            {'product_id': cls.outside.id, 'product_uom_qty': quantity, **common},
            {'product_id': cls.pipe.id, 'product_uom_qty': 2 * quantity, **common}])
        whole._action_cancel()
        whole.unlink()
        for move in picking.move_ids:
            cls.env['stock.quant']._update_available_quantity(
                move.product_id, cls.stock_location, move.product_uom_qty)
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        if policy == 'delivery':  # as core's manufacturing counts the kits
            line.qty_delivered_method = 'manual'
            line.qty_delivered = quantity
        if invoice:
            sale._create_invoices().action_post()
        return sale

    def _return(self, sale, *products, **values):
        moves = sale.picking_ids.move_ids
        return self._create_return(sale, reason=self.unwanted, lines=[
            {'move_id': move.id, 'quantity': move.quantity}
            for move in moves if move.product_id in products], **values)

    @users('agent')
    def test_whole_kit_is_credited_at_its_price(self):
        sale = self._sell_kit()
        record = self._return(sale, self.inside, self.outside, self.pipe)
        self.assertEqual(record.line_ids.mapped('price_unit'), [690.0, 2415.0, 172.5])
        self.assertEqual(record.amount_price, 3450.0)
        self._walk_to_inspected(record)
        record.action_settle()
        credit = record.sudo().refund_ids
        self.assertEqual(credit.amount_total, 3450.0)
        self.assertEqual(sale.order_line.qty_invoiced, 0.0)

    @users('agent')
    def test_part_of_a_kit_is_a_part_of_its_price(self):
        for policy in ('order', 'delivery'):
            sale = self._sell_kit(policy=policy, quantity=2)
            record = self._return(sale, self.inside)
            self.assertEqual(record.line_ids.price_unit, 690.0)
            self._walk_to_inspected(record)
            if policy == 'delivery':  # no kit is whole any more
                sale.order_line.qty_delivered = 0
            record.action_settle()
            self.assertEqual(record.sudo().refund_ids.amount_total, 1380.0)
            self.assertEqual(sale.order_line.qty_invoiced, 1.6)

    @users('agent')
    def test_sum_of_all_returns_stays_below_what_was_paid(self):
        sale = self._sell_kit()
        first = self._return(sale, self.outside)
        # costs that change later share otherwise
        self.inside.sudo().standard_price = 4000.0
        with self.assertRefused("for which ..3,450.00 was paid", ValidationError):
            self._return(sale, self.inside)
        # as core's manufacturing counts the kits
        sale.order_line.qty_delivered_method = 'manual'
        sale.order_line.qty_delivered = 1
        with self.assertRefused("for which ..3,450.00 was paid", ValidationError):
            self._create_return(sale, reason=self.unwanted, lines=[
                {'sale_line_id': sale.order_line.id, 'product_id': self.kit.id}])
        self.assertEqual(first.amount_price, 2415.0)

    @users('agent')
    def test_kit_that_was_never_invoiced_leaves_the_sale(self):
        sale = self._sell_kit(invoice=False)
        for product in (self.inside, self.outside, self.pipe):
            record = self._return(sale, product)
            self._walk_to_inspected(record)
            record.action_settle()
            self.assertFalse(record.sudo().refund_ids)
        self.assertEqual(sale.order_line.product_uom_qty, 0.0)

    def test_policy_of_a_kit_that_makes_no_card_says_so(self):
        sale = self._sell_kit()
        self.assertFalse(self._get_cards(sale))
        self.assertIn("“Kit” is delivered as its components", str(sale.message_ids.mapped('body')))
        self.outside.warranty_policy_id = self.policy
        sale = self._sell_kit()
        self.assertEqual(self._get_cards(sale).price, 2415.0)
        self.assertNotIn("makes no card", str(sale.message_ids.mapped('body')))
