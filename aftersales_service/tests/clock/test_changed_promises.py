from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged, users

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestChangedPromises(ClockCommon):
    """Promises follow what an order becomes; every expected instant is written by hand."""

    @users('agent')
    def test_order_that_turns_out_urgent_is_promised_again(self):
        with freeze_time(NOON):
            order, other = self._create_order(), self._create_order()
        with freeze_time('2026-06-03 13:00:00'):
            (order | other).severity = '1'  # as before
            order.severity = '3'
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-03 14:00:00')
        self.assertEqual(str(order.date_deadline), '2026-06-03 14:00:00')
        self.assertEqual(str(self._get_clock(order, 'arrive').date_next_alert),
                         '2026-06-03 13:36:00')
        self.assertEqual(self._get_deadline(other, 'arrive'), '2026-06-04 12:00:00')
        with freeze_time('2026-06-03 13:30:00'):
            order.severity = '0'
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-04 12:00:00')

    @users('agent')
    def test_order_of_another_type_keeps_the_promises_of_that_type(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-03 13:00:00'):
            order.type_id = self.type_consultation
            self.assertEqual(
                {clock.kind: clock.result for clock in order.clock_ids},
                {'assess': 'void', 'arrive': 'void', 'close': 'running'})
            self.assertEqual(str(order.date_deadline), '2026-06-07 16:00:00')
            order.type_id = self.type_on_site
        self.assertEqual(str(order.date_deadline), '2026-06-04 12:00:00')

    @users('agent')
    def test_place_found_later_moves_the_promise_but_no_hold(self):
        zone = self.env['aftersales.zone'].sudo().create({'name': "Far"})
        self.target.create({'kind': 'arrive', 'duration': 48, 'zone_id': zone.id})
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason, stop='2026-06-03 15:00:00')
            order.zone_id = zone
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-05 15:00:00')

    @users('agent')
    def test_promise_that_begins_during_a_hold_waits_too(self):
        with freeze_time(NOON):
            order = self._create_order()
            self._move_to(order, 'dispatched')
            order._pause_clocks(self.reason)
        with freeze_time('2026-06-03 18:00:00'):
            order.action_next()
        self.assertEqual(self._get_clock(order, 'repair').result, 'paused')
        self.assertFalse(order.date_deadline)
        with freeze_time('2026-06-03 22:00:00'):
            order.action_resume()
        self.assertEqual(self._get_deadline(order, 'repair'), '2026-06-04 08:00:00')

    @users('agent')
    def test_end_of_an_order_ends_its_hold(self):
        with freeze_time(NOON):
            order = self._create_order(close_reason="Solved itself")
            order._pause_clocks(self.reason)
        with freeze_time('2026-06-03 18:00:00'):
            order.action_cancel()
        hold = self.env['aftersales.clock.pause'].search(
            [('res_model', '=', order._name), ('res_id', '=', order.id)])
        self.assertEqual(str(hold.date_stop), '2026-06-03 18:00:00')
        with freeze_time('2026-06-04 12:00:00'), self.assertRaisesRegex(
                UserError, f"are closed: {order.name}"):
            order._pause_clocks(self.reason)
        self.env.flush_all()  # another request
        with freeze_time('2026-06-04 12:00:00'):
            order.action_reopen()
            order._pause_clocks(self.reason)
        self.assertTrue(order.is_paused)
