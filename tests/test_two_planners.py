"""Two planners give the last place of a slot at once: two real transactions."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import ValidationError
from odoo.tests import tagged

DAY, OTHER_DAY = '2026-06-02', '2026-06-03'


@tagged('post_install', '-at_install')
class TestTwoPlanners(TwoTransactionsCase):
    """The slot takes no order more than it has places, also when two count at once."""

    def _make(self, env):
        slot = env['aftersales.slot'].create(
            {'hour_from': 6.0, 'hour_to': 7.0, 'capacity': 1})
        partner = env['res.partner'].create({'name': "Two Planners"})
        kind = env.ref('aftersales_service.aftersales_order_type_delivery')
        orders = env['aftersales.order'].create(
            [{'type_id': kind.id, 'partner_id': partner.id}] * 2)
        self.slot_id, self.partner_id, self.order_ids = slot.id, partner.id, orders.ids

    def _remove(self, env):
        env['aftersales.order'].browse(self.order_ids).unlink()
        env['aftersales.slot'].browse(self.slot_id).unlink()
        env['res.partner'].browse(self.partner_id).unlink()

    @contextmanager
    def _order(self, number):
        """Give one of the orders in a transaction of its own, which ends with the block."""
        with self._transaction() as env:
            yield env['aftersales.order'].browse(self.order_ids[number])

    def _plan(self, order, day=DAY):
        order.write({'slot_id': self.slot_id, 'slot_date': day})
        order.env.flush_all()

    def test_last_place_is_given_once(self):
        with self._order(1) as late:
            self.assertFalse(late.slot_id)  # this transaction sees the slot empty from now on
            with self._order(0) as winner:
                self._plan(winner)
            self._assert_repeated(late, self._plan, late)
            with self.assertRaisesRegex(ValidationError, "is full: it takes 1"):
                self._plan(late)
            self._roll_back(late)
            self._plan(late, OTHER_DAY)
        with self._order(1) as late:
            self.assertEqual(str(late.slot_date), OTHER_DAY)

    def test_slot_without_limit_is_shared_freely(self):
        with self._order(0) as order:
            order.env['aftersales.slot'].browse(self.slot_id).capacity = 0
        with self._order(1) as late:
            self.assertFalse(late.slot_id)
            with self._order(0) as winner:
                self._plan(winner)
            self._plan(late)
        with self._order(0) as order:
            orders = order.browse(self.order_ids)
            self.assertEqual(orders.slot_id.ids, [self.slot_id])
