from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestHeldClocks(ClockCommon):
    """A hold keeps no promise: a clock is judged by the time used when it was stopped."""

    def _stop_assessment(self, order, moment):
        with freeze_time(moment):
            order.action_next()
        return self._get_clock(order, 'assess')

    def _get_hold(self, order):
        return self.env['aftersales.clock.pause'].search(
            [('res_model', '=', order._name), ('res_id', '=', order.id)])

    @users('agent')
    def test_promise_late_before_the_hold_stays_late(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-10 12:00:00'):
            order._pause_clocks(self.reason)
        self.assertTrue(order.is_paused)
        self.assertEqual(self._get_clock(order, 'assess').result, 'paused')
        self.assertEqual(str(order.date_deadline), '2026-06-04 12:00:00')
        clock = self._stop_assessment(order, '2026-06-23 12:00:00')
        self.assertRecordValues(clock, [{'result': 'missed'}])
        self.assertEqual(str(clock.date_deadline), '2026-06-04 12:00:00')

    @users('agent')
    def test_promise_held_in_time_is_kept_by_the_time_it_used(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-04 11:59:00'):
            order._pause_clocks(self.reason)
        self.assertFalse(self._get_clock(order, 'assess').date_deadline)
        self.assertEqual(self._stop_assessment(order, '2026-06-23 12:00:00').result, 'met')

    @users('agent')
    def test_time_used_before_and_after_a_first_hold_counts(self):
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason, stop='2026-06-03 13:00:00')
        with freeze_time('2026-06-04 13:00:01'):  # 8 hours and a second were used
            order._pause_clocks(self.reason)
        self.assertEqual(self._stop_assessment(order, '2026-06-23 12:00:00').result, 'missed')

    def test_phone_that_syncs_during_a_hold_says_when_it_was(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-05 12:00:00'):
            order._pause_clocks(self.reason)
        clock = self._stop_assessment(order, '2026-06-05 13:00:00')
        self.assertEqual(clock.result, 'missed')
        clock._date_back(clock.date_deadline)
        self.assertEqual(clock.result, 'met')

    @users('agent')
    def test_hold_called_off_keeps_no_promise(self):
        with freeze_time(NOON):
            order = self._create_order(close_reason="Solved itself")
            order._pause_clocks(self.reason)
            order.action_cancel()
        self.assertEqual(set(order.clock_ids.mapped('result')), {'void'})

    @users('agent')
    def test_hold_entered_later_changes_no_judgement(self):
        with freeze_time(NOON):
            order = self._create_order()
        clock = self._stop_assessment(order, '2026-06-05 12:00:00')
        self.assertEqual(clock.result, 'missed')
        order._pause_clocks(
            self.reason, start='2026-06-03 12:00:00', stop='2026-06-05 12:00:00')
        self.assertEqual(clock.result, 'missed')

    def test_hold_that_goes_on_changes_no_judgement(self):
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason)
        clock = self._stop_assessment(order, '2026-06-05 12:00:00')
        self.desk.attendance_ids.unlink()  # judged again there would be no deadline
        deadline = clock.date_deadline
        with freeze_time('2026-06-23 12:00:00'):
            order.action_resume()
        self.assertEqual((clock.result, clock.date_deadline), ('met', deadline))

    def test_corrected_hold_judges_again(self):
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason, stop='2026-06-04 17:00:00')
        clock = self._stop_assessment(order, '2026-06-05 12:00:00')
        self.assertEqual(clock.result, 'met')
        hold = self._get_hold(order)
        with self.assertRaises(AccessError):
            hold.with_user(self.agent).date_stop = '2026-06-03 13:00:00'
        hold.with_user(self.manager).date_stop = '2026-06-03 13:00:00'
        self.assertEqual(clock.result, 'missed')
        hold.with_user(self.manager).date_stop = '2026-06-04 17:00:00'
        self.assertEqual(clock.result, 'met')
        hold.unlink()
        self.assertEqual(clock.result, 'missed')
