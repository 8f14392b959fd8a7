from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users
from odoo.tools import mute_logger

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnRefusals(ReturnsCommon):
    """Bad input gets a sentence with the rule's name, and loses nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2'])
        with freeze_time('2026-01-10 12:00:00'):
            cls.parts = cls._sell(cls.capacitor, 5)
        cls.parts_move = cls.parts.picking_ids.move_ids
        cls.other_company = cls.env['res.company'].create({'name': "Second Company"})

    @users('agent')
    def test_return_without_proof(self):
        card = self._create_card(serial='NP-1', delivery_date='2026-01-10', price=100)
        record = self._create_return(cards=card)
        with self.assertRefused(
                "Art. 9: with a proof of purchase - there is none; Shop Returns: return without"):
            record.action_authorise()

    @users('agent')
    def test_serial_number_that_was_not_sold_by_us(self):
        """It is registered as an unknown unit, and may only be repaired against payment."""
        record = self._create_return(lines=[
            {'serial': 'FOREIGN-1', 'product_id': self.conditioner.id, 'price_unit': 3000}])
        self.assertRecordValues(record.line_ids, [{
            'is_unknown': True, 'settlement': 'none', 'basis': 'none', 'refund_amount': 0.0}])
        self.assertIn("was not sold by us", record.line_ids.verdict)
        record.line_ids.settlement = 'refund'
        with self.assertRefused("Unknown unit: the serial number FOREIGN-1"):
            record.action_authorise()
        record.line_ids.settlement = 'none'
        record.action_authorise()
        self.assertEqual(record.state, 'authorised')

    @users('agent')
    def test_serial_number_finds_the_card(self):
        record = self._create_return(lines=[
            {'serial': 'R-2', 'product_id': self.conditioner.id}])
        self.assertRecordValues(record.line_ids, [
            {'is_unknown': False, 'lot_id': self._get_cards(self.sale)[1].lot_id.id,
             'price_unit': 3000.0}])

    @users('agent')
    def test_more_than_was_delivered(self):
        def ask(quantity):
            return self._create_return(self.parts, reason=self.unwanted, lines=[
                {'move_id': self.parts_move.id, 'quantity': quantity}])

        with self.assertRefused("5.0 of 5.0 delivered can still", ValidationError):
            ask(6)
        first = ask(2)
        with self.assertRefused("5.0 of 5.0 delivered .* not 6.0", ValidationError):
            ask(4)
        first.action_authorise()
        with self.assertRefused("3.0 of 5.0 delivered .* not 4.0", ValidationError):
            ask(4)
        ask(3)

    @users('agent')
    def test_more_than_was_sold_without_telling_the_delivery(self):
        goods = {'product_id': self.capacitor.id, 'sale_line_id': self.parts.order_line.id}
        with self.assertRefused("5.0 of 5.0 delivered can still be returned, not 6.0",
                                ValidationError):
            self._create_return(self.parts, lines=[{**goods, 'quantity': 6}])
        self._create_return(self.parts, lines=[{**goods, 'quantity': 3}])
        with self.assertRefused("not 6.0", ValidationError):
            self._create_return(self.parts, lines=[{**goods, 'quantity': 3}])

    @users('agent')
    def test_serial_number_without_its_delivery_is_returned_once(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'L-1', 'product_id': self.conditioner.id})
        goods = [{'product_id': self.conditioner.id, 'lot_id': lot.id}]
        record = self._create_return(lines=goods)
        with self.assertRefused(f"on return {record.name} already", ValidationError):
            self._create_return(lines=goods)

    @users('agent')
    def test_unit_that_was_missing_in_the_parcel_is_owed_nothing_and_may_come_later(self):
        record = self._create_return(self.sale)
        record.action_authorise()
        picking = record.sudo().picking_ids
        missing = self._get_cards(self.sale)[1]
        picking.move_line_ids.filtered(lambda line: line.lot_id == missing.lot_id).unlink()
        picking.move_ids.picked = True
        picking.with_context(cancel_backorder=True)._action_done()
        self.assertEqual(record.state, 'received')
        self.assertRecordValues(record.line_ids, [
            {'quantity_received': 1.0, 'refund_amount': 3000.0},
            {'quantity_received': 0.0, 'refund_amount': 0.0}])
        with self.assertRefused("A team lead decides on more", AccessError):
            record.line_ids[1].refund_amount = 1
        self._inspect(record)
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 3000.0)
        self.assertFalse(missing.void_date)
        self._create_return(self.sale, missing).action_authorise()

    @users('agent')
    def test_what_the_warehouse_returned_by_itself_counts(self):
        wizard = self.env['stock.return.picking'].sudo().create(
            {'picking_id': self.parts.picking_ids.id})
        wizard.product_return_moves.quantity = 4
        wizard._create_return()
        with self.assertRefused("1.0 of 5.0 delivered", ValidationError):
            self._create_return(
                self.parts, lines=[{'move_id': self.parts_move.id, 'quantity': 2}])

    @users('agent')
    def test_quantity_of_nothing(self):
        with mute_logger('odoo.sql_db'), self.assertRaisesRegex(
                CheckViolation, "quantity_positive"), self.cr.savepoint():
            self._create_return(
                self.parts, lines=[{'move_id': self.parts_move.id, 'quantity': 0}])

    @users('agent')
    def test_second_return_of_the_same_unit(self):
        record = self._create_return(self.sale, self.card)
        with self.assertRefused(f"on return {record.name} already", ValidationError):
            self._create_return(self.sale, self.card)
        with self.assertRefused("on return", ValidationError):
            self._create_return(self.sale, lines=[
                {'move_id': self.card.move_id.id, 'lot_id': self.card.lot_id.id}])
        record.close_reason = "Typed twice"
        record.action_cancel()
        self._create_return(self.sale, self.card)

    @users('agent')
    def test_unit_on_two_lines_of_one_return(self):
        with self.assertRefused("a unit is returned once", ValidationError):
            self._create_return(self.sale, self.card | self.card, lines=[
                {'warranty_id': self.card.id}, {'warranty_id': self.card.id}])

    @users('agent')
    def test_one_unit_is_one(self):
        with self.assertRefused("is one unit", ValidationError):
            self._create_return(self.sale, lines=[
                {'warranty_id': self.card.id, 'quantity': 2}])

    @users('agent')
    def test_refund_above_the_price(self):
        record = self._create_return(self.sale, self.card)
        with self.assertRefused("above the price paid", ValidationError):
            record.line_ids.refund_amount = 3000.01
        with self.assertRefused("cannot be negative", ValidationError):
            record.line_ids.refund_amount = -1

    @users('manager')
    def test_overlapping_return_policies(self):
        self.shop_policy.date_to = '2026-06-30'
        policies = self.env['aftersales.return.policy']
        vals = {'name': "Shop Returns, July", 'code': 'shop', 'window_days': 14}
        with self.assertRefused("“Shop Returns.*” overlap", ValidationError):
            policies.create({**vals, 'date_from': '2026-06-30'})
        july = policies.create({**vals, 'date_from': '2026-07-01'})
        policies.create({**vals, 'code': 'other', 'date_from': '2026-07-01'})
        find = self.env['aftersales.return.policy'].search([('code', '=', 'shop')])._find
        day = fields.Date.to_date
        self.assertEqual(find(self.conditioner, day('2026-06-30')), self.shop_policy)
        self.assertEqual(find(self.conditioner, day('2026-07-01')), july)

    @users('agent')
    def test_goods_that_the_policy_names_as_not_returnable(self):
        goods = self.env['product.category'].sudo().create({'name': "Hygiene"})
        self.conditioner.sudo().categ_id = goods.create(
            {'name': "Razors", 'parent_id': goods.id})
        self.shop_policy.sudo().excluded_categ_ids = goods
        record = self._create_return(self.sale, self.card, reason=self.unwanted)
        with self.assertRefused("Shop Returns: these goods are not returnable"):
            record.action_authorise()

    @users('agent')
    def test_used_goods(self):
        record = self._create_return(self.sale, reason=self.unwanted, lines=[
            {'warranty_id': self.card.id, 'is_used': True}])
        with self.assertRefused("only unused goods"):
            record.action_authorise()

    @users('agent')
    def test_too_many_returns_of_a_customer(self):
        self.shop_policy.sudo().write({'max_returns': 1, 'max_days': 30})
        cards = self._get_cards(self.sale)
        self._create_return(self.sale, cards[0], reason=self.unwanted).action_authorise()
        with self.assertRefused("has returned too often"):
            self._create_return(
                self.sale, cards[1], reason=self.unwanted).action_authorise()
        # what the law gives is never too often
        self._create_return(self.sale, cards[1], reason=self.faulty).line_ids._judge()

    @users('agent')
    def test_returns_before_the_period_of_the_policy_do_not_count(self):
        self.shop_policy.sudo().write({'max_returns': 1, 'max_days': 30})
        earlier, asked = (
            self._create_return(self.sale, card, reason=self.unwanted) for card in self.cards)
        for day, basis in (('2025-12-14', 'none'), ('2025-12-13', 'policy')):
            with self.subTest(day=day):
                earlier.sudo().request_date = day
                asked.action_judge()
                self.assertEqual(asked.line_ids.basis, basis)

    @users('agent')
    def test_closing_with_goods_that_were_not_received(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        with self.assertRefused("cannot become “Settled”"):
            record.action_settle()
        with self.assertRefused("cannot become “Inspected”"):
            record.action_inspected()
        with self.assertRefused("The goods were not received"):
            record.sudo()._set_state('received')

    @users('agent')
    def test_state_cannot_be_typed(self):
        record = self._create_return(self.sale, self.card)
        for name, value in (('state', 'settled'), ('rma', 'RMA1'), ('approver_id', 2),
                            ('refund_id', False), ('inspector_id', 2),
                            ('access_token', 'known-to-me')):
            with self.subTest(field=name), self.assertRefused("is protected"):
                record.write({name: value})
        for name, value in (('refund_limit', 9000), ('basis', 'goodwill'),
                            ('quantity_received', 1)):
            with self.subTest(field=name), self.assertRefused("is protected"):
                record.line_ids.write({name: value})
        vals = {'partner_id': self.customer.id, 'reason_id': self.faulty.id}
        with self.assertRefused("is protected"):
            self.env['aftersales.return'].create({'state': 'settled', **vals})
        with self.assertRefused("decided by a team lead"):
            self.env['aftersales.return'].with_context(
                default_goodwill_reason="A friend").create(vals)
        record = self.env['aftersales.return'].create(vals)
        self.assertTrue(record._portal_ensure_token())  # the system makes it
        proposed = record.with_context(
            default_access_token='known-to-me', default_rma='RMA1', default_state='settled',
            default_description="Too loud",
        ).create({'partner_id': self.customer.id, 'reason_id': self.faulty.id})
        self.assertRecordValues(proposed.sudo(), [{
            'access_token': False, 'rma': False, 'state': 'request',
            'description': "Too loud"}])

    @users('agent')
    def test_what_was_authorised_cannot_be_changed(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        with self.assertRefused("cannot be changed any more"):
            record.reason_id = self.unwanted
        with self.assertRefused("cannot be changed like this any more"):
            record.line_ids.price_unit = 9000
        with self.assertRefused("only while a return is requested"):
            record.line_ids = [Command.create({'product_id': self.capacitor.id})]
        with self.assertRefused("stays on record"):
            record.sudo().unlink()

    @users('agent')
    def test_refusal_needs_a_reason(self):
        record = self._create_return(self.sale, self.card)
        with self.assertRefused("Say why the return is refused"):
            record.action_refuse()
        record.close_reason = "Opened and scratched"
        record.action_refuse()
        self.assertEqual(record.state, 'refused')
        with self.assertRefused("cannot become “Authorised”"):
            record.action_authorise()

    @users('agent')
    def test_cancelling_takes_the_announcement_back(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        record.close_reason = "The customer keeps it"
        record.action_cancel()
        self.assertEqual(record.sudo().picking_ids.state, 'cancel')

    @users('employee')
    def test_other_employees_see_no_returns(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.return'].search([])

    @users('agent')
    def test_agent_receives_no_goods(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        with self.assertRaises(AccessError):
            record.action_receive()

    def test_technician_receives_goods(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        record.with_user(self.technician).action_receive()
        self.assertEqual(record.state, 'received')

    @users('agent')
    def test_returns_of_another_company_are_not_seen(self):
        record = self.env['aftersales.return'].sudo().create({
            'company_id': self.other_company.id, 'partner_id': self.customer.id,
            'reason_id': self.faulty.id})
        self.assertNotIn(record.id, self.env['aftersales.return'].search([]).ids)
