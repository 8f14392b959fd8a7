from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestCollection(AftersalesCommon):
    """Money taken at the customer's: by one checked method, without accounting rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cash, cls.bank = cls.env['account.journal'].create([
            {'name': "Technicians' Cash", 'type': 'cash', 'code': 'TCSH'},
            {'name': "Technicians' Bank", 'type': 'bank', 'code': 'TBNK'}])
        cls.env.company.aftersales_payment_journal_ids = cls.cash
        cls.hour.taxes_id = False
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "Station", 'partner_id': cls.env['res.partner'].create(
                {'name': "Station Ltd"}).id})

    def _create_paid_order(self, state='done', **values):
        """An order of the technician with two hours of 80, accepted by the customer."""
        order = self._create_order(technician_id=self.technician.id, **values)
        self.env['aftersales.labour'].create(
            {'order_id': order.id, 'product_id': self.hour.id, 'quantity': 2.0})
        order.action_create_quotation()
        order.sudo().sale_order_ids.action_confirm()
        self._move_to(order, state)
        return order

    @users('technician')
    def test_payment_settles_the_invoice(self):
        order = self._create_paid_order()
        self.assertFalse(self.env['account.payment'].has_access('create'))
        payment = order._collect(160.0, self.cash.id, "R-1")
        invoice = order.sudo().sale_order_ids.invoice_ids
        self.assertRecordValues(invoice, [{'state': 'posted', 'amount_residual': 0.0}])
        self.assertRecordValues(payment.sudo(), [{
            'amount': 160.0, 'journal_id': self.cash.id, 'aftersales_order_id': order.id,
            'aftersales_receipt': "R-1", 'aftersales_collector_id': self.technician.id}])
        self.assertIn("R-1", payment.sudo().memo)
        self.assertEqual(order._get_amount_due(), 0.0)

    @users('technician')
    def test_payment_in_two_parts(self):
        order = self._create_paid_order()
        order._collect(100.0, self.cash.id, "R-1")
        self.assertEqual(order._get_amount_due(), 60.0)
        with self.assertRaisesRegex(UserError, r"owes \$.?60.00 for this order"):
            order._collect(100.0, self.cash.id, "R-2")
        order._collect(60.0, self.cash.id, "R-2")
        self.assertEqual(len(order.sudo().sale_order_ids.invoice_ids), 1)

    @users('technician')
    def test_dialog_proposes_what_is_owed(self):
        order = self._create_paid_order()
        dialog = Form(self.env['aftersales.collection'].with_context(
            default_order_id=order.id))
        self.assertEqual((dialog.amount, dialog.method), (160.0, str(self.cash.id)))
        dialog.receipt = "R-9"
        dialog.save().action_collect()
        self.assertEqual(order._get_amount_due(), 0.0)

    @users('technician')
    def test_what_is_refused(self):
        order = self._create_paid_order()
        for amount, journal, receipt, sentence in (
                (0.0, self.cash.id, "R-1", "must be positive"),
                (float('nan'), self.cash.id, "R-1", "must be positive"),
                ("160", self.cash.id, "R-1", "must be positive"),
                (160.0, self.bank.id, "R-1", "how the customer paid"),
                (160.0, None, "R-1", "how the customer paid"),
                (160.0, self.cash.id, " ", "number of the receipt")):
            with self.subTest(sentence=sentence), self.assertRaisesRegex(UserError, sentence):
                order._collect(amount, journal, receipt)
        self.assertFalse(order.sudo().sale_order_ids.invoice_ids.filtered('amount_total'))

    @users('technician')
    def test_receipt_is_used_once(self):
        order = self._create_paid_order()
        order._collect(100.0, self.cash.id, "R-1")
        with self.assertRaisesRegex(UserError, f"payment of {order.name} already"):
            order._collect(60.0, self.cash.id, "R-1")

    def test_receipt_is_unique_in_the_database(self):
        """Two technicians who type one number at once both find it unused."""
        payments = self.env['account.payment'].create([{
            'payment_type': 'inbound', 'partner_id': self.customer.id, 'amount': 10.0,
            'journal_id': self.cash.id} for __ in range(2)])
        payments[0].aftersales_receipt = "R-1"
        self.env.flush_all()
        with self.assertRaises(UniqueViolation), mute_logger('odoo.sql_db'), self.cr.savepoint():
            payments[1].aftersales_receipt = "R-1"
            self.env.flush_all()
        payments[0].state = 'canceled'
        payments[1].aftersales_receipt = "R-1"
        self.env.flush_all()

    def test_accountant_types_no_receipt_order_or_collector(self):
        accountant = self._create_person('accountant', 'agent', "Accountant Ada")
        accountant.group_ids = [(4, self.env.ref('account.group_account_invoice').id)]
        order = self._create_order()
        payment = self.env['account.payment'].with_user(accountant).create({
            'payment_type': 'inbound', 'partner_id': self.customer.id, 'amount': 10.0,
            'journal_id': self.cash.id})
        for vals in ({'aftersales_receipt': "R-9"}, {'aftersales_order_id': order.id},
                     {'aftersales_collector_id': accountant.id}):
            with self.assertRaisesRegex(AccessError, "is protected"):
                payment.write(vals)
            with self.assertRaisesRegex(AccessError, "is protected"), self.cr.savepoint():
                payment.copy(vals)

    @users('technician')
    def test_receipt_typed_at_the_same_moment_is_refused_with_a_sentence(self):
        order = self._create_paid_order()
        order._collect(100.0, self.cash.id, "R-1")
        with patch.object(self.env.registry['aftersales.order'], '_ensure_receipt_unused',
                          lambda order, receipt: None), mute_logger('odoo.sql_db'), (
                self.assertRaisesRegex(UserError, "Receipt R-1 stands on another payment")):
            order._collect(60.0, self.cash.id, "R-1")

    @users('technician')
    def test_receipt_of_a_cancelled_payment_may_be_used_again(self):
        order = self._create_paid_order()
        order._collect(100.0, self.cash.id, "R-1").sudo().state = 'canceled'
        self.assertTrue(order._collect(60.0, self.cash.id, "R-1"))

    @users('technician')
    def test_unaccepted_work_is_not_paid(self):
        with self.assertRaisesRegex(UserError, "no quotation that the customer accepted"):
            self._create_order()._collect(160.0, self.cash.id, "R-1")

    def test_stranger_books_nothing(self):
        order = self.env['aftersales.order'].with_user(self.agent).create(
            {'partner_id': self.customer.id})
        with self.assertRaises(AccessError):
            order.with_user(self.other_agent)._collect(10.0, self.cash.id, "R-1")

    @users('technician')
    def test_journals_of_the_outlet_come_first(self):
        self.outlet.payment_journal_ids = self.bank
        order = self._create_paid_order(outlet_id=self.outlet.id)
        with self.assertRaisesRegex(UserError, "how the customer paid"):
            order._collect(160.0, self.cash.id, "R-1")
        self.assertEqual(
            order._collect(160.0, self.bank.id, "R-1").sudo().journal_id, self.bank)

    @users('technician')
    def test_journal_of_another_company_is_not_offered(self):
        other = self.env['res.company'].sudo().create({'name': "Other"})
        foreign = self.env['account.journal'].sudo().with_company(other).create(
            {'name': "Foreign", 'type': 'cash', 'code': 'FCSH', 'company_id': other.id})
        self.env.company.sudo().aftersales_payment_journal_ids += foreign
        self.assertEqual(self._create_order()._get_payment_journals(), self.cash)

    # === THE OUTLET'S OWN MONEY === #

    @users('technician')
    def test_outlet_invoices_itself_and_we_never_do(self):
        self.outlet.collection_mode = 'outlet'
        order = self._create_paid_order(outlet_id=self.outlet.id)
        sale = order.sudo().sale_order_ids
        self.assertRecordValues(sale, [{
            'invoice_status': 'no', 'aftersales_collecting_outlet_id': self.outlet.id}])
        with self.assertRaisesRegex(UserError, "Station invoices"):
            sale._create_invoices()
        with self.assertRaisesRegex(UserError, "Station invoices"):
            self.env['sale.advance.payment.inv'].sudo().create({
                'advance_payment_method': 'percentage', 'amount': 50,
                'sale_order_ids': [Command.set(sale.ids)]}).create_invoices()
        # a later change of the contract does not touch what was quoted
        self.outlet.collection_mode = 'company'
        with self.assertRaisesRegex(UserError, "Station invoices"):
            sale._create_invoices()

    @users('technician')
    def test_outlet_reports_what_it_took(self):
        self.outlet.collection_mode = 'outlet'
        order = self._create_paid_order(outlet_id=self.outlet.id)
        order._collect(170.0)
        self.assertRecordValues(order, [
            {'reported_amount': 170.0, 'reported_user_id': self.technician.id}])
        self.assertTrue(order.date_reported)
        self.assertFalse(self.env['account.payment'].sudo().search(
            [('aftersales_order_id', '=', order.id)]))
        with self.assertRaisesRegex(UserError, "is protected"):
            order.reported_amount = 1.0

    @users('technician')
    def test_outlet_quotes_by_its_public_price_list(self):
        prices = self.env['product.pricelist'].sudo().create({
            'name': "Public", 'item_ids': [Command.create({
                'applied_on': '3_global', 'compute_price': 'fixed', 'fixed_price': 99.0})]})
        self.outlet.write({'collection_mode': 'outlet', 'pricelist_id': prices.id})
        order = self._create_paid_order(outlet_id=self.outlet.id)
        self.assertEqual(order.sudo().sale_order_ids.order_line.price_unit, 99.0)
