from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import SIGNATURE
from .test_trade_in import TradeInCommon


@tagged('post_install', '-at_install')
class TestTradeInRights(TradeInCommon):
    """Agents work on their own trade-ins and on unassigned ones; leads on all."""

    def setUp(self):
        super().setUp()
        self.own = self._create_as(self.agent, "OWN-1", user_id=self.agent.id)
        self.free = self._create_as(self.agent, "FREE-1", user_id=False)

    def _create_as(self, user, serial, **values):
        return self.env['aftersales.trade.in'].with_user(user).create({
            'sale_order_id': self.sale.id, 'partner_id': self.customer.id,
            'product_id': self.conditioner.id, 'serial': serial, **values})

    def _find(self, user):
        return self.env['aftersales.trade.in'].with_user(user).search(
            [('id', 'in', (self.own | self.free).ids)])

    def test_own_and_unassigned_ones_are_found(self):
        self.assertEqual(self._find(self.other_agent), self.free)
        self.assertEqual(self._find(self.technician), self.free)
        for user in self.agent, self.lead, self.dispatcher:
            self.assertEqual(self._find(user), self.own | self.free)

    def test_colleague_can_do_nothing_with_it(self):
        self.other_agent.group_ids += self.env.ref('base.group_allow_export')
        own = self.own.with_user(self.other_agent)
        for act in (
                lambda: own.read(['value']), lambda: own.export_data(['name', 'value']),
                lambda: own.write({'note': "Mine now"}), own.action_grant, own.action_cancel):
            with self.assertRaises(AccessError), self.cr.savepoint():
                act()
        groups = own.formatted_read_group(
            [('id', 'in', (self.own | self.free).ids)], ['state'], ['value:sum', '__count'])
        self.assertEqual([group['__count'] for group in groups], [1])

    def test_serial_number_of_a_colleague_is_known_all_the_same(self):
        with self.assertRaisesRegex(ValidationError, "traded in already"), self.cr.savepoint():
            self._create_as(self.other_agent, "own-1")

    def test_technician_who_fetches_the_unit_has_its_slip_signed(self):
        self.own.action_grant()
        self.own.action_create_pickup()
        self.own.pickup_order_id.sudo().technician_id = self.technician
        self.own.with_user(self.technician).signed_by = "Li Na"
        self.assertEqual(self.own.signed_by, "Li Na")

    def _create_invented(self, **values):
        """Return a trade-in of a unit that is on no list, at a price of the agent's own."""
        self.rows.create({'grade': 'good', 'percent': 99.0})
        return self.env['aftersales.trade.in'].with_user(self.agent).create({
            'sale_order_id': self.sale.id, 'partner_id': self.customer.id,
            'description': "Golden Conditioner", 'price_new': 4000.0, **values})

    def test_free_price_is_for_team_leads(self):
        trade = self._create_invented()
        self.assertEqual(trade.value, 3960.0)
        with self.assertRaisesRegex(AccessError, "its price when new is free"):
            trade.action_grant()
        # neither the context nor a chosen category is a way around it
        defaults = {f'default_{name}': trade[name] for name in ('description', 'price_new')}
        again = self.env['aftersales.trade.in'].with_user(self.agent).with_context(
            **defaults, default_value=3960.0, default_state='granted',
        ).create({'sale_order_id': self.sale.id, 'partner_id': self.customer.id})
        self.assertEqual(again.state, 'draft')
        with self.assertRaisesRegex(AccessError, "its price when new is free"):
            (self.own | again).with_user(self.agent).action_grant()
        trade.with_user(self.lead).action_grant()
        self.assertEqual(trade.state, 'granted')

    def test_category_follows_the_product(self):
        dear = self.env['product.category'].create({'name': "Dear"})
        self.rows.create({'categ_id': dear.id, 'grade': 'good', 'percent': 99.0})
        self.own.categ_id = dear
        self.assertEqual(self.own.value, 900.0)

    def test_sale_of_another_customer_is_refused(self):
        stranger = self.env['res.partner'].create({'name': "Wang Wei"})
        foreign = self.env['sale.order'].create({
            'partner_id': stranger.id,
            'order_line': [Command.create({'product_id': self.new_unit.id})]})
        for act in (
                lambda: self._create_as(self.agent, "NEW-1", sale_order_id=foreign.id),
                lambda: self.own.write({'sale_order_id': foreign.id}),
                lambda: self.own.write({'partner_id': stranger.id})):
            with self.assertRaisesRegex(ValidationError, "another customer"), self.cr.savepoint():
                act()
        self.own.action_grant()
        self.sale.partner_id = stranger
        with self.assertRaisesRegex(ValidationError, "another customer"):
            self.own.action_settle()
        contact = self.env['res.partner'].create(
            {'name': "Li Na's Son", 'parent_id': self.customer.id})
        self.sale.partner_id = contact
        self.own.action_settle()
        self.assertEqual(self.own.state, 'settled')

    def test_confirmed_sale_is_lowered_by_sales_or_a_lead(self):
        (self.own | self.free).action_grant()
        self.sale.action_confirm()
        with self.assertRaisesRegex(AccessError, "is confirmed, and you may not change it"):
            self.own.action_settle()
        self.assertEqual(self.sale.amount_total, 4000.0)
        self.own.with_user(self.lead).action_settle()
        self.agent.group_ids += self.env.ref('sales_team.group_sale_salesman_all_leads')
        self.free.action_settle()
        self.assertEqual((self.own | self.free).mapped('state'), ['settled', 'settled'])

    def test_two_at_once_are_not_worth_more_than_the_sale(self):
        both = (self.own | self.free).with_user(self.lead)
        both.write({'value': 2500.0, 'value_reason': "Good customer"})
        both.action_grant()
        with self.assertRaisesRegex(UserError, "worth more than sale order"):
            both.action_settle()

    def test_unit_is_a_real_one(self):
        fridge = self.env['product.product'].create({'name': "Fridge", 'is_storable': True})
        self._create_card(serial="OWN-1", product_id=fridge.id)
        with self.assertRaisesRegex(UserError, "belongs to Fridge"):
            self.own.action_grant()
        self.free.product_id = self.hour
        with self.assertRaisesRegex(UserError, "is a service"):
            self.free.action_grant()

    def test_signed_slip_of_a_unit_taken_over_stays(self):
        trade = self.own
        trade.action_grant()
        trade.sudo().action_settle()
        trade.write({'signature': SIGNATURE, 'signed_by': "Li Na"})
        self.env.cr.flush()
        sheet, value = trade.sudo().signed_sheet, trade.signed_sheet_hash
        self.assertTrue(sheet and value)
        trade.sudo()._set_state('received')
        for values in ({'signature': False}, {'signed_by': "Wang Wei"}, {'is_wiped': True}):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                trade.web_save(values, {})
        self.assertEqual((trade.sudo().signed_sheet, trade.signed_sheet_hash), (sheet, value))
