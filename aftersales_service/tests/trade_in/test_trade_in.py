from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import tagged, users

from ..common import SIGNATURE, AftersalesCommon
from ..cost.common import forget_costs


class TradeInCommon(AftersalesCommon):
    """A valuation table, a sale of a new unit, and where old ones go."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        forget_costs(cls.env)
        cls.goods = cls.env['product.category'].create({'name': "Conditioners"})
        cls.conditioner.categ_id = cls.goods
        service = {'type': 'service', 'list_price': 0.0, 'taxes_id': [Command.clear()]}
        cls.discount, cls.grant = cls.env['product.product'].create([
            {'name': "Trade-in", **service}, {'name': "Subsidy", **service}])
        cls.place = cls.env['stock.location'].create({
            'name': "Old units", 'location_id': cls.stock_location.location_id.id})
        cls.env.company.write({
            'aftersales_trade_in_product_id': cls.discount.id,
            'aftersales_trade_in_location_id': cls.place.id})
        cls.rows = cls.env['aftersales.trade.in.value'].create([
            {'categ_id': cls.goods.id, 'grade': 'good', 'age_to': 24, 'percent': 30.0},
            {'categ_id': cls.goods.id, 'grade': 'good', 'age_from': 24, 'percent': 10.0},
            {'grade': 'broken', 'amount': 25.0}])
        cls.programme = cls.env['aftersales.trade.in.programme'].create({
            'name': "National subsidy", 'percent': 20.0, 'cap': 500.0,
            'product_id': cls.grant.id})
        cls.new_unit = cls.env['product.product'].create({
            'name': "New Conditioner", 'list_price': 4000.0, 'taxes_id': [Command.clear()]})
        cls.sale = cls.env['sale.order'].create({
            'partner_id': cls.customer.id,
            'order_line': [Command.create({'product_id': cls.new_unit.id})]})

    def _create_trade(self, **values):
        return self.env['aftersales.trade.in'].create({
            'sale_order_id': self.sale.id, 'partner_id': self.customer.id,
            'product_id': self.conditioner.id, 'serial': "OLD-1",
            'date_bought': Date.subtract(Date.today(), months=30), **values})

    def _receive(self, trade):
        trade.action_grant()
        trade.action_settle()
        trade.write({'signature': SIGNATURE, 'signed_by': "Li Na"})
        trade.action_receive()


@tagged('post_install', '-at_install')
class TestTradeIn(TradeInCommon):

    @users('agent')
    def test_value_by_category_age_and_condition(self):
        trade = self._create_trade()
        self.assertEqual((trade.value_proposed, trade.value), (300.0, 300.0))
        trade.date_bought = Date.subtract(Date.today(), months=23)
        self.assertEqual(trade.value, 900.0)
        trade.grade = 'broken'
        self.assertEqual(trade.value, 25.0)
        trade.grade = 'worn'
        self.assertEqual(trade.value, 0.0)

    @users('agent')
    def test_value_by_the_table_is_protected(self):
        trade = self._create_trade()
        for vals in ({'value_proposed': 9000.0}, {'state': 'settled'}, {'receipt_id': False},
                     {'date_received': '2026-06-01 10:00:00'}, {'pickup_order_id': False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is protected"):
                trade.write({'value': 9000.0, **vals})
        for vals in {'value_proposed': 9000.0}, {'receipt_id': 1}:
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is protected"):
                self._create_trade(serial="OLD-2", value=9000.0, **vals)
        for vals in ({'value': 9000.0}, {'value': 300.0, 'subsidy': 3000.0},
                     {'programme_id': self.programme.id, 'subsidy': 3000.0}):
            trade.write(vals)
            with self.subTest(vals=vals), self.assertRaisesRegex(
                    AccessError, "Team leads grant more"):
                trade.action_grant()

    @users('manager')
    def test_overlapping_rows_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "two values"), self.cr.savepoint():
            self.rows.with_env(self.env).create(
                {'categ_id': self.goods.id, 'grade': 'good', 'age_from': 23})
        self.rows[0].with_env(self.env).date_to = '2025-12-31'
        self.assertTrue(self.rows.with_env(self.env).create({
            'categ_id': self.goods.id, 'grade': 'good', 'age_to': 24, 'percent': 20.0,
            'date_from': '2026-01-01'}))

    @users('agent')
    def test_settled_value_and_subsidy_are_lines_of_their_own(self):
        trade = self._create_trade(programme_id=self.programme.id)
        self.assertEqual(trade.subsidy, 500.0)
        trade.action_grant()
        trade.action_settle()
        self.assertRecordValues(trade.sudo().sale_line_ids, [
            {'product_id': self.discount.id, 'price_total': -300.0},
            {'product_id': self.grant.id, 'price_total': -500.0}])
        self.assertEqual(self.sale.amount_total, 3200.0)
        self.assertEqual(trade.state, 'settled')

    @users('agent')
    def test_more_than_the_table_says_is_for_team_leads(self):
        trade = self._create_trade(value=301.0, value_reason="Good customer")
        with self.assertRaisesRegex(AccessError, "Team leads"):
            trade.action_grant()
        lead_trade = trade.with_user(self.lead)
        lead_trade.value_reason = False
        with self.assertRaisesRegex(UserError, "Say why"):
            lead_trade.action_grant()
        lead_trade.value_reason = "Good customer"
        lead_trade.action_grant()
        self.assertEqual(trade.state, 'granted')

    @users('agent')
    def test_lines_are_written_in_the_customers_language(self):
        self.env['res.lang'].sudo()._activate_lang('zh_CN')
        self.programme.with_context(lang='zh_CN').name = "国家补贴"
        self.customer.lang = 'zh_CN'
        trade = self._create_trade(programme_id=self.programme.id)
        trade.action_grant()
        trade.action_settle()
        self.assertIn("国家补贴", trade.sudo().sale_line_ids.mapped('name'))

    @users('agent')
    def test_price_above_the_products_is_for_team_leads(self):
        trade = self._create_trade(price_new=30_000.0)
        self.assertEqual(trade.value, 3000.0)
        with self.assertRaisesRegex(AccessError, "above that of the product"):
            trade.action_grant()
        trade.with_user(self.lead).action_grant()
        self.assertEqual(trade.state, 'granted')

    @users('agent')
    def test_serial_number_is_given_once(self):
        first = self._create_trade()
        for serial in ("OLD-1", " old-1 "):
            with self.assertRaisesRegex(ValidationError, "traded in already"):
                self._create_trade(serial=serial)
        first.action_cancel()
        second = self._create_trade()
        with self.assertRaisesRegex(ValidationError, "traded in already"):
            first.action_draft()
        self.assertEqual(second.state, 'draft')

    @users('agent')
    def test_worth_more_than_the_sale_is_refused(self):
        trade = self._create_trade(description="Gold", product_id=False, price_new=0.0)
        trade.with_user(self.lead).write({'value': 4001.0, 'value_reason': "Mistake"})
        trade.with_user(self.lead).action_grant()
        with self.assertRaisesRegex(UserError, "worth more than sale order"):
            trade.action_settle()
        self.assertFalse(trade.sudo().sale_line_ids)

    @users('agent')
    def test_settling_needs_a_sale_and_a_product(self):
        trade = self._create_trade(sale_order_id=False)
        trade.action_grant()
        with self.assertRaisesRegex(UserError, "Choose the sale order"):
            trade.action_settle()
        other = self._create_trade(serial="OLD-2")
        other.action_grant()
        self.env.company.sudo().aftersales_trade_in_product_id = False
        with self.assertRaisesRegex(UserError, "product of trade-ins"):
            other.action_settle()

    @users('agent')
    def test_programme_that_is_over_pays_nothing(self):
        trade = self._create_trade(programme_id=self.programme.id)
        trade.action_grant()
        self.programme.date_to = '2020-12-31'
        with self.assertRaisesRegex(UserError, "is not valid today"):
            trade.action_settle()

    @users('agent')
    def test_unit_comes_into_stock_against_a_signed_slip(self):
        trade = self._create_trade()
        trade.action_grant()
        trade.action_settle()
        with self.assertRaisesRegex(UserError, "must sign"):
            trade.action_receive()
        trade.write({'signature': SIGNATURE, 'signed_by': "Li Na"})
        trade.action_receive()
        move = trade.sudo().receipt_id
        self.assertRecordValues(move, [{
            'state': 'done', 'location_dest_id': self.place.id, 'quantity': 1.0,
            'origin': trade.name}])
        self.assertEqual(move.lot_ids.name, "OLD-1")
        self.assertEqual(move.lot_ids.product_qty, 1.0)

    @users('agent')
    def test_unit_of_another_make_needs_no_stock(self):
        trade = self._create_trade(
            product_id=False, description="Other Make 3000", grade='broken')
        self.assertEqual(trade.value, 25.0)
        self._receive(trade)
        self.assertEqual((trade.state, trade.receipt_id), ('received', trade.receipt_id.browse()))

    @users('agent')
    def test_unit_without_product_and_words_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Say which unit"):
            self._create_trade(product_id=False, description=" ")

    @users('agent')
    def test_device_with_data_must_be_wiped(self):
        trade = self._create_trade(has_data=True, signature=SIGNATURE)
        trade.action_grant()
        trade.action_settle()
        with self.assertRaisesRegex(UserError, "data is wiped"):
            trade.action_receive()
        trade.is_wiped = True
        trade.action_receive()
        self.assertEqual(trade.state, 'received')

    @users('agent')
    def test_recycling_needs_a_certificate(self):
        trade = self._create_trade()
        self._receive(trade)
        with self.assertRaisesRegex(UserError, "what became"):
            trade.action_dispose()
        trade.disposal = 'recycle'
        with self.assertRaisesRegex(UserError, "certificate"):
            trade.action_dispose()
        trade.certificate = "REC-77"
        trade.action_dispose()
        self.assertEqual(trade.state, 'disposed')

    @users('agent')
    def test_cancelled_trade_in_leaves_the_sale(self):
        trade = self._create_trade()
        trade.action_grant()
        trade.action_settle()
        trade.action_cancel()
        self.assertFalse(trade.sudo().sale_line_ids)
        self.assertEqual(self.sale.amount_total, 4000.0)

    @users('agent')
    def test_cancelled_trade_in_counts_nothing_on_a_confirmed_sale(self):
        trade = self._create_trade()
        trade.action_grant()
        trade.action_settle()
        self.sale.action_confirm()
        trade.action_cancel()
        self.assertEqual(self.sale.amount_total, 4000.0)

    @users('agent')
    def test_states_and_granted_values_are_not_typed(self):
        trade = self._create_trade()
        with self.assertRaisesRegex(UserError, "is protected"):
            trade.state = 'received'
        trade.action_grant()
        with self.assertRaisesRegex(UserError, "granted already"):
            trade.value = 10_000.0
        with self.assertRaisesRegex(UserError, "cannot become"):
            trade.action_receive()
        with self.assertRaisesRegex(UserError, "Only drafts"):
            trade.sudo().unlink()

    @users('agent')
    def test_pickup_order_carries_the_unit(self):
        trade = self._create_trade()
        trade.action_grant()
        trade.action_create_pickup()
        order = trade.pickup_order_id
        self.assertRecordValues(order, [{
            'partner_id': self.customer.id, 'serial': "OLD-1",
            'product_id': self.conditioner.id}])
        self.assertTrue(order.type_id.is_pickup)
        trade.action_create_pickup()
        self.assertEqual(trade.pickup_order_id, order)

    @users('agent')
    def test_trade_in_from_a_service_order_knows_the_unit(self):
        order = self._create_order(warranty_id=self._create_card(serial="AC-7").id)
        action = order.action_view_trade_ins()
        trade = self.env['aftersales.trade.in'].with_context(**action['context']).create({})
        self.assertRecordValues(trade, [{
            'partner_id': self.customer.id, 'product_id': self.conditioner.id,
            'serial': "AC-7", 'date_bought': Date.to_date('2026-01-10')}])

    @users('agent')
    def test_costs_hold_the_gain_but_not_the_price(self):
        trade = self._create_trade()
        self._receive(trade)
        trade.write({'disposal': 'reuse', 'recovered_value': 450.0})
        trade.action_dispose()
        self.assertRecordValues(
            trade.sudo().cost_line_ids, [{'kind': 'recovered', 'amount': -450.0}])
        with self.assertRaises(AccessError):
            trade.action_view_costs()

    @users('agent')
    def test_slip_shows_unit_value_and_signature(self):
        trade = self._create_trade(accessories="Remote control", has_data=True, is_wiped=True)
        self._receive(trade)
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_trade_in_slip', trade.ids)
        for text in ("Take-back Slip", "OLD-1", "Remote control", "300.00", "Li Na"):
            self.assertIn(text, html.decode())

    def test_employee_and_other_company_see_nothing(self):
        trade = self._create_trade()
        with self.assertRaises(AccessError):
            trade.with_user(self.employee).read(['name'])
        company = self.env['res.company'].create({'name': "Second"})
        self.agent.write({'company_ids': [(4, company.id)], 'company_id': company.id})
        agent = self.env(user=self.agent, context={'allowed_company_ids': company.ids})
        self.assertFalse(agent['aftersales.trade.in'].search([]))
