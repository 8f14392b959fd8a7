from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .test_trade_in import TradeInCommon


@tagged('post_install', '-at_install')
class TestTradeInRights(TradeInCommon):
    """Agents work on their own trade-ins and on those that nobody has; leads on all."""

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
