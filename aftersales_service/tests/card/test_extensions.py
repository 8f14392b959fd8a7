from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestExtensions(CoversCommon):
    """An extension is a product: sold with a unit, or later for an existing card."""

    @freeze_time('2026-06-01 10:00:00')
    def test_sold_later_it_follows_the_running_cover(self):
        sale = self._sell_extension(self.card)
        cover = self.card.cover_ids.filtered(lambda cover: cover.origin == 'extended')
        self.assertEqual((str(cover.date_start), str(cover.date_end)),
                         ('2027-01-11', '2028-01-11'))
        self.assertEqual(cover.sale_line_id, sale.order_line)
        self.assertEqual(str(self.card.date_end), '2028-01-11')

    @freeze_time('2026-06-01 10:00:00')
    def test_source_opens_for_salespeople_and_is_named_to_the_desk(self):
        sale = self._sell_extension(self.card)
        cover = self.card.cover_ids.filtered(lambda cover: cover.origin == 'extended')
        action = cover.with_user(self.agent).action_view_source()
        self.assertEqual(action['params']['message'], sale.name)
        self.agent.group_ids += self.env.ref('sales_team.group_sale_salesman_all_leads')
        action = cover.with_user(self.agent).action_view_source()
        self.assertEqual((action['res_model'], action['res_id']), ('sale.order', sale.id))

    @freeze_time('2027-06-01 10:00:00')
    def test_sold_after_the_end_it_starts_on_the_day(self):
        self._sell_extension(self.card)
        self.assertEqual(self._get_days(self.card, origin='extended'), [
            ('extended', 'whole_unit', '2027-06-01', '2028-06-01')])

    @freeze_time('2026-06-01 10:00:00')
    def test_a_quotation_promises_nothing(self):
        self._sell_extension(self.card, confirm=False)
        self.assertFalse(self._get_days(self.card, origin='extended'))

    @freeze_time('2026-06-01 10:00:00')
    def test_two_years_follow_each_other(self):
        self._sell_extension(self.card, quantity=2)
        self.assertEqual(str(self.card.date_end), '2029-01-12')

    @freeze_time('2026-06-01 10:00:00')
    def test_terms_of_a_policy_are_sold_at_once(self):
        product = self._create_extension(
            aftersales_extension_months=0, aftersales_extension_policy_id=self.policy.id)
        self._sell_extension(self.card, product)
        self.assertEqual(self._get_days(self.card, origin='extended'), [
            ('extended', 'whole_unit', '2027-01-11', '2028-01-11'),
            ('extended', 'labour', '2027-01-11', '2028-01-11'),
            ('extended', 'component', '2029-01-11', '2032-01-11')])

    @freeze_time('2026-06-01 10:00:00')
    def test_half_an_extension_bears_half(self):
        product = self._create_extension(
            aftersales_extension_kind='labour', aftersales_extension_percent=50.0)
        self._sell_extension(self.card, product)
        verdict = self.card._judge('labour', self.card.date_end.replace(year=2027, month=6))
        self.assertEqual((verdict.is_covered, verdict.percent), (True, 50.0))

    @freeze_time('2026-06-01 10:00:00')
    def test_cancelled_sale_withdraws_it(self):
        sale = self._sell_extension(self.card)
        sale._action_cancel()
        self.assertEqual(str(self.card.date_end), '2027-01-10')
        self.assertEqual(self.card.cover_ids.filtered('void_date').origin, 'extended')
        sale.action_draft()
        sale.action_confirm()
        self.assertEqual(str(self.card.date_end), '2028-01-11')

    @freeze_time('2026-06-01 10:00:00')
    def test_line_of_a_confirmed_sale_extends_as_well(self):
        """Added or changed by a seller after the customer has agreed."""
        seller = new_test_user(self.env, 'seller', 'sales_team.group_sale_salesman_all_leads')
        sale = self.env['sale.order'].create({'partner_id': self.customer.id, 'order_line': [
            Command.create({'product_id': self.hour.id})]})
        sale.action_confirm()
        line = self.env['sale.order.line'].with_user(seller).create({
            'order_id': sale.id, 'product_id': self.extension.id, 'product_uom_qty': 1.0,
            'aftersales_warranty_id': self.card.id})
        self.assertEqual(str(self.card.date_end), '2028-01-11')
        line.product_uom_qty = 2.0
        self.assertEqual(str(self.card.date_end), '2029-01-12')
        line.product_uom_qty = 1.0
        self.assertEqual(str(self.card.date_end), '2028-01-11')
        other = self._create_card(serial='AC-0002')
        line.aftersales_warranty_id = other
        self.assertEqual(
            (str(self.card.date_end), str(other.date_end)), ('2027-01-10', '2028-01-11'))

    def test_extension_that_promises_nothing_is_refused(self):
        draft = self.env['aftersales.warranty.policy'].create({'name': "New", 'active': False})
        product = self._create_extension(
            aftersales_extension_months=0, aftersales_extension_policy_id=draft.id)
        with self.assertRaisesRegex(UserError, "promises nothing"):
            self._sell_extension(self.card, product)

    def test_line_added_for_an_ended_warranty_is_refused(self):
        sale = self._sell_extension(self.card)
        self.card._close(self._today(), "Refunded")
        with self.assertRaisesRegex(UserError, "cannot be extended"):
            sale.order_line.product_uom_qty = 2.0

    def test_without_unit_and_card_it_is_refused(self):
        with self.assertRaisesRegex(UserError, "choose the card"):
            self._sell_extension()

    def test_for_an_ended_warranty_it_is_refused(self):
        self.card._close(self._today(), "Refunded")
        with self.assertRaisesRegex(UserError, "cannot be extended"):
            self._sell_extension(self.card)

    @freeze_time('2026-06-01 10:00:00')
    def test_sold_with_units_it_comes_with_as_many_cards(self):
        __, cards = self._deliver(3, extensions=2)
        self.assertEqual(
            [str(card.date_end) for card in cards], ['2028-06-02', '2028-06-02', '2027-06-01'])

    @freeze_time('2026-06-01 10:00:00')
    def test_second_delivery_gives_only_what_is_left(self):
        __, cards = self._deliver(2, extensions=1)
        again = cards.create([{
            'product_id': cards.product_id.id, 'sale_line_id': cards.sale_line_id.id,
            'delivery_date': '2026-06-01'}])
        again._extend_as_sold()
        self.assertFalse(again.cover_ids.filtered(lambda cover: cover.origin == 'extended'))

    @freeze_time('2026-06-01 10:00:00')
    def test_a_seller_without_after_sales_rights_sells_it(self):
        seller = new_test_user(self.env, 'seller', 'sales_team.group_sale_salesman')
        sale = self._sell_extension(self.card, confirm=False)
        sale.user_id = seller
        sale.with_user(seller).action_confirm()
        self.assertEqual(str(self.card.date_end), '2028-01-11')

    @freeze_time('2026-06-01 10:00:00')
    def test_price_invoice_and_kind_of_sale_stand_on_the_card(self):
        sale, cards = self._deliver(2)
        self.assertEqual(cards.mapped('price'), [sale.amount_total / 2] * 2)
        self.assertFalse(any(cards.mapped('is_distance_sale')))
        sale.order_line.qty_delivered = 2
        sale._create_invoices().action_post()
        self.assertEqual([str(day) for day in cards.mapped('invoice_date')], ['2026-06-01'] * 2)

    def test_online_team_sells_at_a_distance(self):
        team = self.env['crm.team'].create({'name': "Web", 'is_distance_sale': True})
        sale = self._sell_extension(self.card, confirm=False)
        self.assertFalse(sale._is_distance_sale())
        sale.team_id = team
        self.assertTrue(sale._is_distance_sale())

    @freeze_time('2026-06-01 10:00:00')
    def test_changed_dates_keep_what_was_sold(self):
        self._sell_extension(self.card)
        self.card.delivery_date = '2026-02-10'
        self.assertEqual(self._get_days(self.card, origin='extended'), [
            ('extended', 'whole_unit', '2027-02-11', '2028-02-11')])
