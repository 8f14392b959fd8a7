from odoo.fields import Command

from odoo.addons.aftersales_service.tests.returns.common import ReturnsCommon


class CouponCommon(ReturnsCommon):
    """A programme of gift cards whose product books on a liability account, and one of eWallets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owed_account = cls.env['account.account'].create({
            'name': "Owed for Cards", 'code': '219999', 'account_type': 'liability_current'})
        cls.card_product, cls.wallet_product = cls.env['product.product'].create([
            {'name': name, 'type': 'service', 'taxes_id': [Command.clear()],
             'property_account_income_id': cls.owed_account.id}
            for name in ("Shop Card", "Shop Wallet")])
        cls.gift_cards = cls._create_program('gift_card', cls.card_product)
        cls.wallets = cls._create_program('ewallet', cls.wallet_product)
        cls.company.aftersales_coupon_program_id = cls.gift_cards

    @classmethod
    def _create_program(cls, kind, product, **values):
        return cls.env['loyalty.program'].create({
            'name': f"Programme {kind}", 'program_type': kind, 'company_id': cls.company.id,
            'applies_on': 'future', 'trigger': 'auto',
            'rule_ids': [Command.create({
                'reward_point_mode': 'money', 'minimum_qty': 0, 'product_ids': product.ids})],
            'reward_ids': [Command.create({
                'reward_type': 'discount', 'discount_mode': 'per_point', 'discount': 1,
                'discount_applicability': 'order', 'required_points': 1})],
            **values})

    @classmethod
    def _pay(cls, sale):
        invoices = sale.invoice_ids
        cls.env['account.payment.register'].with_context(
            active_model='account.move', active_ids=invoices.ids).create({})._create_payments()
        return invoices

    @classmethod
    def _sell_and_pay(cls, **values):
        sale = cls._sell(**values)
        cls._pay(sale)
        return sale

    def _create_inspected(self, sale, **values):
        record = self._create_return(sale, **values)
        record.line_ids.settlement = 'coupon'
        self._walk_to_inspected(record)
        return record

    def _get_owed(self):
        """Return what the books owe for cards."""
        return -sum(self.env['account.move.line'].sudo().search([
            ('account_id', '=', self.owed_account.id),
            ('parent_state', '=', 'posted')]).mapped('balance'))
