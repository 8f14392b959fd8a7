from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnSale(ReturnsCommon):
    """No more is refunded than was invoiced, and nothing that came back is invoiced later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capacitor.invoice_policy = 'order'
        cls.conditioner.invoice_policy = 'order'

    def _settle(self, sale, quantity=None, **values):
        lines = quantity and [{'move_id': sale.picking_ids.move_ids.id, 'quantity': quantity}]
        record = self._create_return(sale, lines=lines, **values)
        self._walk_to_inspected(record)
        record.action_settle()
        return record.sudo()

    def _take_back(self, sale, quantity, **values):
        return self._settle(sale, quantity, reason=self.unwanted, **values)

    def _invoice(self, sale, quantity):
        """Post an invoice of some of the goods."""
        invoice = sale.sudo()._create_invoices()
        invoice.invoice_line_ids.quantity = quantity
        invoice.action_post()
        return invoice

    @classmethod
    def _pay_down(cls, sale, amount):
        """Post the invoice of a down payment."""
        wizard = cls.env['sale.advance.payment.inv'].with_context(
            active_model='sale.order', active_ids=sale.ids).create(
                {'advance_payment_method': 'fixed', 'fixed_amount': amount})
        wizard._create_invoices(sale).action_post()

    @users('agent')
    def test_what_was_credited_is_not_invoiced_again(self):
        for policy in ('order', 'delivery'):
            with self.subTest(policy=policy):
                self.capacitor.sudo().invoice_policy = policy
                sale = self._sell(self.capacitor, 10)
                record = self._take_back(sale, 4)
                self.assertEqual(record.refund_id.amount_total, 180.0)
                self.assertRecordValues(sale.order_line, [
                    {'qty_delivered': 6.0, 'qty_invoiced': 6.0, 'qty_to_invoice': 0.0}])
                self.assertFalse(record.has_uninvoiced)

    @users('agent')
    def test_sale_that_was_never_invoiced_shrinks(self):
        for policy in ('order', 'delivery'):
            with self.subTest(policy=policy):
                self.capacitor.sudo().invoice_policy = policy
                sale = self._sell(self.capacitor, 10, invoice=False)
                record = self._take_back(sale, 4)
                self.assertFalse(record.refund_ids)
                self.assertTrue(record.has_uninvoiced)
                self.assertRecordValues(record.line_ids, [
                    {'quantity_uninvoiced': 4.0, 'refund_amount': 0.0}])
                self.assertEqual(sale.order_line[0].qty_to_invoice, 6.0)
                invoice = sale.sudo()._create_invoices()
                self.assertEqual(invoice.invoice_line_ids[0].quantity, 6.0)

    @users('agent')
    def test_charge_for_goods_never_invoiced_is_invoiced_by_the_sale(self):
        for locked in (False, True):
            with self.subTest(locked=locked):
                sale = self._sell(self.capacitor, 10, invoice=False)
                sale.locked = locked
                self._take_back(sale, 4)
                self.assertEqual(sale.locked, locked)
                # 10 % of the four that came back
                self.assertRecordValues(sale.order_line[1:], [
                    {'name': "Restocking charge", 'price_total': 20.0, 'qty_to_invoice': 1.0}])
                sale.locked = False
                invoice = sale.sudo()._create_invoices()
                self.assertEqual(invoice.amount_total, 320.0)

    @users('agent')
    def test_charge_is_split_between_credit_note_and_sale(self):
        sale = self._sell(self.capacitor, 10, invoice=False)
        self._invoice(sale, 7)
        record = self._take_back(sale, 6)
        # 30 in all: half of what came back was invoiced
        self.assertEqual(record.refund_id.amount_total, 135.0)
        self.assertEqual(sale.order_line[1:].price_total, 15.0)

    @users('agent')
    def test_charge_bears_the_taxes_of_the_goods(self):
        tax = self.env['account.tax'].sudo().create({
            'name': "20 %", 'amount': 20, 'price_include_override': 'tax_excluded'})
        self.capacitor.sudo().taxes_id = tax
        sale = self._sell(self.capacitor, 10, invoice=False)
        self._take_back(sale, 4)
        self.assertRecordValues(
            sale.order_line[1:], [{'price_subtotal': 20.0, 'price_total': 24.0}])

    @users('agent')
    def test_page_says_why_nothing_is_credited(self):
        views = self.env['aftersales.return'].get_view(view_type='form')
        self.assertIn("Some of these goods were never invoiced", views['arch'])
        self.assertIn("quantity_uninvoiced", views['arch'] + self.env[
            'aftersales.return.line'].get_view(view_type='form')['arch'])

    @users('agent')
    def test_invoice_of_a_part_is_credited_in_part(self):
        sale = self._sell(self.capacitor, 10, invoice=False)
        self._invoice(sale, 7)
        record = self._take_back(sale, 6)
        # the customer keeps four of the seven that were invoiced
        self.assertRecordValues(record.line_ids, [
            {'quantity_uninvoiced': 3.0, 'refund_amount': 135.0}])
        self.assertRecordValues(record.refund_id, [{'amount_total': 135.0}])
        self.assertRecordValues(sale.order_line[0], [
            {'product_uom_qty': 4.0, 'qty_invoiced': 4.0, 'qty_to_invoice': 0.0}])

    @users('agent')
    def test_credit_note_by_hand_is_not_given_twice(self):
        sale = self._sell(self.capacitor, 2)
        invoice = sale.invoice_ids
        refund = invoice.sudo()._reverse_moves()
        refund.action_post()
        record = self._take_back(sale, 2)
        self.assertFalse(record.refund_ids)
        self.assertEqual(sale.order_line.qty_to_invoice, 0.0)

    @users('agent')
    def test_draft_invoice_is_no_invoice_yet(self):
        sale = self._sell(self.capacitor, 2, invoice=False)
        sale.sudo()._create_invoices()
        record = self._take_back(sale, 1)
        self.assertFalse(record.refund_ids)
        self.assertTrue(record.has_uninvoiced)

    @users('agent')
    def test_down_payment_comes_back_from_the_sale(self):
        sale = self._sell(serials=['D-1'], invoice=False)
        self._pay_down(sale, 600)
        record = self._settle(sale)
        self.assertFalse(record.refund_ids)
        self.assertTrue(record.has_uninvoiced)
        refund = sale.sudo()._create_invoices(final=True)
        self.assertRecordValues(refund, [{'move_type': 'out_refund', 'amount_total': 600.0}])

    @users('agent')
    def test_invoice_that_deducts_the_down_payment_is_credited_whole(self):
        sale = self._sell(serials=['D-2'], invoice=False)
        self._pay_down(sale, 600)
        sale.sudo()._create_invoices(final=True).action_post()
        record = self._settle(sale)
        self.assertEqual(record.refund_id.amount_total, 3000.0)

    @users('agent')
    def test_invoiced_at_a_lower_price_is_refunded_at_it(self):
        sale = self._sell(serials=['D-3'], invoice=False)
        invoice = sale.sudo()._create_invoices()
        invoice.invoice_line_ids.price_unit = 2500
        invoice.action_post()
        record = self._create_return(sale)
        self.assertEqual(record.line_ids.refund_amount, 2500.0)
        with self.assertRefused("above the price paid", ValidationError):
            record.line_ids.price_unit = 3000
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 2500.0)

    @users('agent')
    def test_sale_in_another_currency_is_credited_in_it(self):
        currency = self.env['res.currency'].sudo().with_context(active_test=False).search(
            [('name', '=', 'CHF')])
        currency.active = True
        currency.rate_ids = [Command.clear(), Command.create(
            {'name': '2026-01-01', 'rate': 2.0, 'company_id': self.company.id})]
        pricelist = self.env['product.pricelist'].sudo().create(
            {'name': "Francs", 'currency_id': currency.id})
        sale = self._sell(self.capacitor, 1, invoice=False)
        order = sale.sudo().copy({'pricelist_id': pricelist.id})
        order.order_line.price_unit = 100.0
        order.action_confirm()
        order.picking_ids.button_validate()
        order._create_invoices().action_post()
        record = self._create_return(order, reason=self.unwanted, lines=[
            {'move_id': order.picking_ids.move_ids.id}])
        # 100 francs are 50 of the company's currency
        self.assertRecordValues(record.line_ids, [
            {'price_unit': 50.0, 'restocking_charge': 5.0, 'refund_amount': 45.0}])
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertRecordValues(record.sudo().refund_id, [
            {'currency_id': currency.id, 'amount_total': 90.0}])

    @users('agent')
    def test_locked_sale_shrinks_too_and_stays_locked(self):
        sale = self._sell(self.capacitor, 3)
        sale.sudo().action_lock()
        self._take_back(sale, 1)
        self.assertTrue(sale.locked)
        self.assertRecordValues(sale.order_line, [
            {'product_uom_qty': 2.0, 'qty_to_invoice': 0.0}])

    @users('agent')
    def test_price_agreed_for_many_stays_when_some_come_back(self):
        sale = self._sell(self.capacitor, 10, invoice=False)
        self.env['product.pricelist.item'].sudo().create({
            'pricelist_id': sale.pricelist_id.id or self.env['product.pricelist'].sudo().create(
                {'name': "Public"}).id, 'applied_on': '3_global', 'min_quantity': 10,
            'compute_price': 'fixed', 'fixed_price': 40.0})
        before = sale.order_line.price_unit
        self._take_back(sale, 9)
        self.assertEqual(sale.order_line[0].price_unit, before)

    @users('agent')
    def test_refund_and_exchange_of_one_delivery(self):
        sale = self._sell(serials=['M-1', 'M-2'])
        record = self._create_return(sale)
        record.line_ids[0].settlement = 'exchange'
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 3000.0)
        # the exchanged unit is still delivered by its sale, and invoiced
        self.assertRecordValues(sale.order_line, [{
            'product_uom_qty': 1.0, 'qty_delivered': 1.0, 'qty_invoiced': 1.0,
            'qty_to_invoice': 0.0}])

    @users('agent')
    def test_new_unit_of_an_exchange_is_refunded_at_the_price_of_the_old_one(self):
        for policy in ('order', 'delivery'):
            with self.subTest(policy=policy):
                self.conditioner.sudo().invoice_policy = policy
                sale = self._sell(serials=[f'X-{policy}'])
                order = self._settle(sale, kind='exchange').exchange_sale_order_id
                self._deliver(order, f'Y-{policy}')
                self.assertEqual(sale.order_line.qty_to_invoice, 0.0)
                record = self._create_return(order, cards=self._get_cards(order))
                record.with_user(self.lead).goodwill_reason = "It fails as well"
                self.assertEqual(record.line_ids.refund_amount, 3000.0)
                self._walk_to_inspected(record)
                record.action_settle()
                self.assertRecordValues(record.sudo().refund_id, [{
                    'amount_total': 3000.0, 'reversed_entry_id': (
                        sale.invoice_ids - record.sudo().refund_id).id}])
                self.assertRecordValues((sale | order).order_line, [
                    {'qty_delivered': 0.0, 'qty_to_invoice': 0.0}] * 2)

    @classmethod
    def _deliver(cls, order, serial):
        lot = cls.env['stock.lot'].create({'name': serial, 'product_id': cls.conditioner.id})
        cls.env['stock.quant']._update_available_quantity(
            cls.conditioner, cls.stock_location, 1, lot_id=lot)
        picking = order.picking_ids
        picking.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [Command.create({
            **picking.move_ids._prepare_move_line_vals(), 'lot_id': lot.id, 'quantity': 1.0})]
        picking.with_env(cls.env).button_validate()

    @users('agent')
    def test_one_of_two_that_is_not_accepted_goes_back_as_delivered(self):
        sale = self._sell(serials=['M-3', 'M-4'])
        record = self._create_return(sale)
        record.action_authorise()
        self._receive(record)
        record.line_ids[0].is_accepted = False
        self._inspect(record, 'A')
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 3000.0)
        record.sudo().picking_ids.filtered(
            lambda picking: picking.state != 'done').button_validate()
        self.assertRecordValues(sale.order_line, [
            {'qty_delivered': 1.0, 'qty_invoiced': 1.0, 'qty_to_invoice': 0.0}])

    @users('agent')
    def test_goods_whose_delivery_is_not_known_leave_their_sale(self):
        self.capacitor.sudo().invoice_policy = 'delivery'
        sale = self._sell(self.capacitor, 2)
        record = self._create_return(sale, lines=[
            {'product_id': self.capacitor.id, 'sale_line_id': sale.order_line.id}])
        record.with_user(self.lead).goodwill_reason = "A good customer"
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 50.0)
        self.assertRecordValues(sale.order_line, [
            {'qty_delivered': 1.0, 'qty_invoiced': 1.0, 'qty_to_invoice': 0.0}])
