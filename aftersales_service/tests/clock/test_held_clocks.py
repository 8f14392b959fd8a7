from odoo.exceptions import AccessError, UserError
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
        order.sudo()._pause_clocks(
            self.reason, start='2026-06-03 12:00:00', stop='2026-06-05 12:00:00')
        self.assertEqual(clock.result, 'missed')

    @users('agent')
    def test_agent_holds_from_now_on(self):
        """An agent who dates a hold back would undo that a promise is late."""
        with freeze_time(NOON):
            order = self._create_order()
        late = self._get_clock(order, 'assess')
        dialogs = self.env['aftersales.clock.hold'].with_context(
            active_model=order._name, active_ids=order.ids)
        with freeze_time('2026-06-10 12:00:00'):
            with self.assertRaisesRegex(AccessError, "A hold begins now"), self.cr.savepoint():
                dialogs.create({
                    'reason_id': self.reason.id, 'date_start': '2026-06-03 13:00:00',
                    'note': "Was away"}).action_hold()
            # the dialog was open for a while
            dialogs.create({
                'reason_id': self.reason.id, 'date_start': '2026-06-10 11:55:00'}).action_hold()
            self.assertEqual(str(self._get_hold(order).date_start), '2026-06-10 12:00:00')
        self.assertEqual(str(late.date_deadline), '2026-06-04 12:00:00')

    def test_lead_dates_a_hold_back_for_a_reason(self):
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        with freeze_time(NOON):
            order = self._create_order().with_user(lead)
        with freeze_time('2026-06-10 12:00:00'):
            with self.assertRaisesRegex(UserError, "why the hold began before"):
                order._pause_clocks(self.reason, start='2026-06-03 13:00:00')
            order._pause_clocks(
                self.reason, "The customer wrote on the 3rd", start='2026-06-03 13:00:00')
        self.assertFalse(self._get_clock(order.sudo(), 'assess').date_deadline)

    @users('agent')
    def test_late_promise_of_a_cancelled_order_was_not_kept(self):
        with freeze_time(NOON):
            order = self._create_order(close_reason="Solved itself")
        with freeze_time('2026-06-04 12:00:01'):
            order.action_cancel()
        self.assertEqual(
            {clock.kind: clock.result for clock in order.clock_ids},
            {'assess': 'missed', 'arrive': 'missed', 'close': 'void'})

    @users('agent')
    def test_agent_makes_a_late_promise_no_longer_one(self):
        with freeze_time(NOON):
            order = self._create_order(severity='3')
        clock = self._get_clock(order, 'arrive')
        self.assertEqual(str(clock.date_deadline), '2026-06-03 14:00:00')
        with freeze_time('2026-06-03 15:00:00'):
            order.severity = '1'
            self.assertEqual(str(clock.date_deadline), '2026-06-03 14:00:00')
            lead = self._create_person('lead', 'team_lead', "Lead Lea")
            order.with_user(lead).write({'severity': '0'})
            self.assertEqual(str(clock.date_deadline), '2026-06-04 12:00:00')

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
