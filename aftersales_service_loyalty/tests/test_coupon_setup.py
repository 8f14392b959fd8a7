from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged, users

from .common import CouponCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestCouponRefusals(CouponCommon):
    """Where no coupon can be given, the user gets the reason, and nothing is settled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time('2026-01-10 12:00:00'):
            cls.sale = cls._sell_and_pay(serials=['K-1'])

    def _create_coupon_return(self, sale=None):
        record = self._create_return(sale or self.sale)
        record.line_ids.settlement = 'coupon'
        return record

    @users('agent')
    def test_no_programme(self):
        self.company.sudo().aftersales_coupon_program_id = False
        record = self._create_coupon_return()
        with self.assertRefused("Choose the programme of coupons in the settings first"):
            record.action_authorise()
        record.line_ids.settlement = 'refund'
        record.action_authorise()

    def test_cards_are_no_work_that_a_technician_offers(self):
        offered = self.env['aftersales.order']._get_labour_products(self.company)
        self.assertIn(self.hour, offered)
        self.assertFalse(offered & (self.card_product | self.wallet_product))

    @users('agent')
    def test_programme_that_is_over_or_has_no_product(self):
        record = self._create_coupon_return()
        self.gift_cards.sudo().date_to = '2026-01-11'
        with self.assertRefused("is not valid today"):
            record.action_authorise()
        self.gift_cards.sudo().write({'date_to': False, 'date_from': '2026-01-13'})
        with self.assertRefused("is not valid today"):
            record.action_authorise()
        self.gift_cards.sudo().write({'date_from': '2026-01-12', 'date_to': '2026-01-12'})
        self.gift_cards.sudo().rule_ids.product_ids = False
        with self.assertRefused("has no product by which its cards are sold"):
            record.action_authorise()

    @users('agent')
    def test_programme_that_ends_before_the_settlement(self):
        record = self._create_inspected(self.sale)
        self.gift_cards.sudo().active = False
        with self.assertRefused("cannot be settled: .*is not valid today"):
            record.action_settle()
        self.assertFalse(record.sudo().refund_ids)

    @users('agent')
    def test_goods_that_are_not_paid_give_no_coupon(self):
        sale = self._sell(serials=['K-5'])
        record = self._create_inspected(sale)
        with self.assertRefused("is not paid: credit invoice INV.* instead"):
            record.action_settle()
        self._pay(sale)
        record.action_settle()
        self.assertEqual(record.sudo().coupon_id.points, 3000.0)

    @users('agent')
    def test_coupon_that_cannot_be_given_becomes_money(self):
        record = self._create_inspected(self._sell(serials=['K-7']))
        with self.assertRefused("cannot be changed like this"):
            record.line_ids.settlement = 'exchange'
        record.line_ids.settlement = 'refund'
        record.action_settle()
        self.assertRecordValues(record.sudo().refund_id, [
            {'amount_total': 3000.0, 'state': 'draft'}])
        self.assertFalse(record.sudo().coupon_id)

    @users('agent')
    def test_goods_that_were_never_invoiced_give_no_coupon(self):
        record = self._create_inspected(self._sell(serials=['K-6'], invoice=False))
        with self.assertRefused("never invoiced: there is nothing to give a coupon for"):
            record.action_settle()

    @users('agent')
    def test_coupon_goes_to_who_paid(self):
        stranger = self.env['res.partner'].create({'name': "A Friend"})
        record = self._create_inspected(self.sale, partner_id=stranger.id)
        with self.assertRefused("was invoiced to Li Na: a coupon goes to who paid"):
            record.action_settle()

    @users('agent')
    def test_what_the_law_does_not_give_is_no_coupon_either(self):
        with freeze_time('2026-03-01 12:00:00'):
            record = self._create_coupon_return()
            with self.assertRefused("no coupon"):
                record.action_authorise()

    @users('agent')
    def test_makers_get_no_coupons(self):
        record = self._create_return(kind='vendor', lines=[
            {'product_id': self.capacitor.id, 'price_unit': 20, 'settlement': 'coupon'}])
        with self.assertRefused("Coupons are for customers"):
            record.action_authorise()

    @users('agent')
    def test_agent_reads_no_codes_and_types_no_value(self):
        record = self._create_inspected(self.sale)
        with self.assertRefused("is protected"):
            record.write({'coupon_value': 9000})
        record.action_settle()
        with self.assertRaises(AccessError):
            record.read(['coupon_id'])
        with self.assertRaises(AccessError):
            self.env['loyalty.card'].search([])

    @users('manager')
    def test_administrator_chooses_a_programme_of_the_company(self):
        programs = self.env['loyalty.program'].search([('program_type', '=', 'gift_card')])
        self.assertIn(self.gift_cards, programs)
        with self.assertRaises(AccessError):
            programs.write({'name': "Mine"})
        company = self.company.sudo()
        promotion = self._create_program('promotion', self.card_product)
        other = self._create_program(
            'gift_card', self.card_product,
            company_id=self.env['res.company'].sudo().create({'name': "Second"}).id)
        for program in (promotion, other):
            with self.assertRefused("Coupons are gift cards or eWallets", ValidationError):
                company.aftersales_coupon_program_id = program
