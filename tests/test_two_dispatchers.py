"""Two dispatchers give the last place of an outlet's day at once: two real transactions."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.tests import tagged

DAY, OTHER_DAY = '2026-06-02 08:00:00', '2026-06-03 08:00:00'


@tagged('post_install', '-at_install')
class TestTwoDispatchers(TwoTransactionsCase):
    """The outlet gets no order more than it takes on a day, also when two count at once."""

    def _make(self, env):
        self._make_users(
            env, 'aftersales_service.group_aftersales_dispatcher',
            'early_dispatcher', 'late_dispatcher')
        partner = env['res.partner'].create({'name': "Two Dispatchers"})
        outlet = env['aftersales.outlet'].create({
            'name': "Small Station", 'partner_id': partner.id, 'state': 'active',
            'accept_minutes': 30, 'capacity_ids': [(0, 0, {'orders_per_day': 1})]})
        kind = env.ref('aftersales_service.aftersales_order_type_repair_on_site')
        orders = env['aftersales.order'].create([{
            'type_id': kind.id, 'partner_id': partner.id, 'outlet_id': outlet.id,
            'date_planned': DAY}] * 2)
        self.partner_id, self.outlet_id, self.order_ids = partner.id, outlet.id, orders.ids

    def _remove(self, env):
        env['aftersales.order'].browse(self.order_ids).unlink()
        outlet = env['aftersales.outlet'].browse(self.outlet_id)
        location = outlet.stock_location_id
        outlet.unlink()
        location.unlink()
        env['res.partner'].browse(self.partner_id).unlink()

    @contextmanager
    def _order(self, number):
        """Give a dispatcher an order in a transaction of its own, which ends with the block."""
        with self._transaction(self.user_ids[number]) as env:
            yield env['aftersales.order'].browse(self.order_ids[number])

    def _offer(self, order):
        order.action_offer_to_outlet()
        order.env.flush_all()

    def _dispatch(self, order):
        """Give the order to the outlet by the dialog for many; return why it was refused."""
        wizard = order.env['aftersales.dispatch'].create({
            'order_ids': [(6, 0, order.ids)], 'outlet_id': self.outlet_id})
        wizard.action_dispatch()
        order.env.flush_all()
        return wizard.refusal_ids.mapped('reason')

    def test_last_place_is_offered_once(self):
        with self._order(1) as late:
            self.assertFalse(late.offer_id)  # this transaction sees the day empty from now on
            with self._order(0) as early:
                self._offer(early)
            self._assert_repeated(late, self._offer, late)
            with self.assertRaisesRegex(UserError, "No active outlet has room"):
                self._offer(late)
            self._roll_back(late)
            late.date_planned = OTHER_DAY
            self._offer(late)
        with self._order(0) as order:
            self.assertEqual(
                order.browse(self.order_ids).mapped('offer_state'), ['offered', 'offered'])

    def test_last_place_is_given_once_by_the_dialog_for_many(self):
        with self._order(1) as late:
            self.assertFalse(late.offer_id)
            with self._order(0) as early:
                self.assertFalse(self._dispatch(early))
            self._assert_repeated(late, self._dispatch, late)
            self.assertEqual(self._dispatch(late), ["Small Station is full on 2026-06-02."])

    def test_outlet_without_limit_is_shared_freely(self):
        with self._order(0) as order:
            order.env['aftersales.outlet.capacity'].search(
                [('outlet_id', '=', self.outlet_id)]).unlink()
        with self._order(1) as late:
            self.assertFalse(late.offer_id)
            with self._order(0) as early:
                self._offer(early)
            self._offer(late)
