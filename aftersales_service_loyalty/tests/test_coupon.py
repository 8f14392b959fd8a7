from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from odoo.addons.mail.tests.common import MockEmail

from .common import CouponCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestCoupon(CouponCommon, MockEmail):
    """The books, the card and the customer agree on what a coupon is worth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time('2026-01-10 12:00:00'):
            cls.sale = cls._sell_and_pay(serials=['K-1'])
        cls.card = cls._get_cards(cls.sale)

    @users('agent')
    def test_customer_holds_a_card_of_the_value_and_nothing_is_owed_in_money(self):
        record = self._create_inspected(self.sale)
        self.assertEqual(record.line_ids.refund_amount, 3000.0)
        record.action_settle()
        record = record.sudo()
        self.assertRecordValues(record.refund_id, [{
            'move_type': 'out_refund', 'state': 'posted', 'amount_total': 0.0,
            'amount_residual': 0.0, 'reversed_entry_id': (
                self.sale.invoice_ids - record.refund_id).id}])
        self.assertEqual(
            record.refund_id.invoice_line_ids.mapped('price_total'), [3000.0, -3000.0])
        self.assertRecordValues(record.coupon_id, [{
            'program_id': self.gift_cards.id, 'partner_id': self.customer.id,
            'points': 3000.0}])
        self.assertRecordValues(record.coupon_id.history_ids, [{
            'issued': 3000.0, 'order_model': 'aftersales.return', 'order_id': record.id}])
        self.assertEqual(self._get_owed(), 3000.0)
        self.assertEqual(self.customer.credit, 0.0)
        # what was sold is taken back like by any refund
        self.assertTrue(self.card.void_date)
        self.assertEqual(self.sale.order_line.qty_delivered, 0.0)
        self.assertEqual(self.sale.order_line.qty_to_invoice, 0.0)

    @users('agent')
    def test_card_pays_for_the_next_sale(self):
        record = self._create_inspected(self.sale)
        record.action_settle()
        order = self.env['sale.order'].sudo().create({
            'partner_id': self.customer.id,
            'order_line': [Command.create({'product_id': self.capacitor.id})]})
        status = order._try_apply_code(record.sudo().coupon_id.code)
        self.assertNotIn('error', status)
        order._apply_program_reward(self.gift_cards.reward_ids, record.sudo().coupon_id)
        order.action_confirm()
        self.assertEqual(order.amount_total, 0.0)
        self.assertEqual(record.sudo().coupon_id.points, 2950.0)

    @users('agent')
    def test_taxes_and_charges_are_in_the_value(self):
        tax = self.env['account.tax'].sudo().create({
            'name': "VAT 13 %", 'amount': 13, 'type_tax_use': 'sale'})
        self.conditioner.sudo().taxes_id = tax
        sale = self._sell_and_pay(serials=['K-2'])
        record = self._create_inspected(sale, reason=self.unwanted)
        record.action_settle()
        # 3,390 less the shop's charge of 10 %
        self.assertEqual(record.sudo().coupon_id.points, 3051.0)
        self.assertRecordValues(record.sudo().refund_id, [
            {'amount_total': 0.0, 'amount_tax': 351.0}])
        self.assertEqual(self._get_owed(), 3051.0)

    @users('agent')
    def test_ewallet_is_topped_up(self):
        self.company.sudo().aftersales_coupon_program_id = self.wallets
        wallet = self.env['loyalty.card'].sudo().create({
            'program_id': self.wallets.id, 'partner_id': self.customer.id, 'points': 12.0})
        record = self._create_inspected(self.sale)
        record.action_settle()
        self.assertEqual(record.sudo().coupon_id, wallet)
        self.assertEqual((wallet.points, self._get_owed()), (3012.0, 3000.0))

    @users('agent')
    def test_money_and_coupon_of_one_invoice_are_credited_apart(self):
        sale = self._sell_and_pay(serials=['K-3', 'K-4'])
        record = self._create_return(sale)
        record.line_ids[0].settlement = 'coupon'
        self._walk_to_inspected(record)
        record.action_settle()
        refunds = record.sudo().refund_ids.sorted('amount_total')
        self.assertRecordValues(refunds, [
            {'amount_total': 0.0, 'state': 'posted'},
            {'amount_total': 3000.0, 'state': 'draft'}])
        self.assertEqual(record.sudo().coupon_id.points, 3000.0)

    @users('agent')
    def test_coupon_ends_with_its_programme_and_core_mails_it(self):
        self.gift_cards.sudo().date_to = '2026-12-31'
        self.gift_cards.sudo().mail_template_id = self.env['mail.template'].sudo().create({
            'name': "Your card", 'model_id': self.env['ir.model']._get_id('loyalty.card'),
            'subject': "A card of {{ object.points }}", 'use_default_to': True,
            'email_from': "shop@example.com"})
        record = self._create_inspected(self.sale)
        with self.mock_mail_gateway():
            record.action_settle()
        self.assertEqual(str(record.sudo().coupon_id.expiration_date), '2026-12-31')
        mail = self._new_mails.filtered(lambda mail: mail.model == 'loyalty.card')
        self.assertRecordValues(mail, [{'subject': "A card of 3000.0"}])
        self.assertIn(self.customer, mail.recipient_ids)

    @users('lead')
    def test_second_person_approves_coupons_too(self):
        self.company.sudo().aftersales_return_limit = 2999
        record = self._create_inspected(self.sale)
        self.assertTrue(record.is_approval_needed)
        with self.assertRefused("a second person, a team lead, must approve"):
            record.action_settle()
        record.with_user(self.other_lead).action_approve()
        record.action_settle()
        self.assertEqual(record.sudo().coupon_id.points, 3000.0)

    @users('agent')
    def test_settlement_that_fails_later_leaves_no_card(self):
        record = self._create_inspected(self.sale)
        # the goods cannot be put away: their place is another company's
        other = self.env['res.company'].sudo().create({'name': "Second Company"})
        self.ways['restock'].sudo().location_id = self.env['stock.warehouse'].sudo().search(
            [('company_id', '=', other.id)]).lot_stock_id
        with self.assertRefused("belongs to another company"):
            record.action_settle()
        self.assertFalse(self.gift_cards.sudo().coupon_ids)
        self.assertEqual((record.state, self._get_owed()), ('inspected', 0.0))
