"""Two people finish one order at once: two real transactions on committed data."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE

STATES = ('assessed', 'in_repair')


@tagged('post_install', '-at_install')
class TestTwoUsers(TwoTransactionsCase):
    """One wins, the other is refused, and nothing is done twice."""

    def _make(self, env):
        self._make_users(
            env, 'aftersales_service.group_aftersales_dispatcher',
            'first_dispatcher', 'second_dispatcher')
        kind = env.ref('aftersales_service.aftersales_order_type_repair_carry_in')
        order = env['aftersales.order'].create({
            'type_id': kind.id, 'caller_name': "Two Users", 'phone': '+1 650 555 0188',
            'signature': SIGNATURE, 'signed_by': "Li Na"})
        self.order_id, self.partner_id = order.id, order.partner_id.id
        for state in STATES:
            order._set_state(state)

    def _remove(self, env):
        env['aftersales.order'].browse(self.order_id).unlink()
        env['res.partner'].browse(self.partner_id).unlink()

    @contextmanager
    def _order_of(self, number):
        """Give a user the order in a transaction of its own, which ends with the block."""
        with self._transaction(self.user_ids[number]) as env:
            yield env['aftersales.order'].browse(self.order_id)

    def test_one_wins_and_the_other_is_notified(self):
        with self._order_of(0) as winner, self._order_of(1) as loser:
            winner.action_done()
            with self.assertRaisesRegex(UserError, "Another user is changing these records"):
                loser.action_done()
            loser.env.cr.rollback()
        with self._order_of(1) as order:
            self.assertEqual((order.state, order.write_uid.id), ('done', self.user_ids[0]))

    def test_user_who_read_before_starts_again_and_does_nothing_twice(self):
        with self._order_of(1) as late:
            self.assertEqual(late.state, 'in_repair')
            with self._order_of(0) as winner:
                winner.action_done()
                done = winner.date_done
            self._assert_repeated(late, late.action_done)
            late.action_done()
            self.assertEqual((late.state, late.date_done), ('done', done))

    def test_different_step_of_the_late_one_is_refused(self):
        with self._order_of(0) as winner:
            winner.action_done()
        with self._order_of(1) as late:
            late.sudo().close_reason = "Bought a new one"  # noted while the work was going on
            with self.assertRaisesRegex(UserError, "cannot become"):
                late.action_cancel()
            late.env.cr.rollback()
