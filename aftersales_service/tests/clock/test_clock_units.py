from datetime import date

from odoo.tests import freeze_time, tagged, users

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestClockUnits(ClockCommon):
    """Promises in days, by law, and with a given deadline; instants are written by hand."""

    def _promise(self, **values):
        self.target.search([('kind', '=', 'close')]).unlink()
        return self.target.create({'kind': 'close', 'calendar_id': self.desk.id, **values})

    @freeze_time(NOON)
    @users('agent')
    def test_calendar_days_end_with_the_last_day_of_the_zone(self):
        self.desk.tz = 'Asia/Shanghai'
        self._promise(duration=10, unit='days')
        # Saturday, 13 June; the 24 hours of the technician come first
        self.assertEqual(
            self._get_deadline(self._create_order(), 'close'), '2026-06-13 15:59:59')

    @freeze_time(NOON)
    @users('agent')
    def test_legal_days_move_to_the_next_working_day(self):
        self._promise(duration=10, unit='legal')
        order = self._create_order()
        self.assertEqual(self._get_deadline(order, 'close'), '2026-06-15 23:59:59')
        self.env['resource.calendar.leaves'].sudo().create({
            'name': "Holiday", 'calendar_id': self.desk.id,
            'date_from': '2026-06-15 00:00:00', 'date_to': '2026-06-15 23:59:59'})
        self.env.cr.precommit.run()
        self.assertEqual(self._get_deadline(order, 'close'), '2026-06-16 23:59:59')
        self.assertEqual(
            self._get_deadline(self._create_order(), 'close'), '2026-06-16 23:59:59')

    @freeze_time(NOON)
    @users('agent')
    def test_days_without_calendar_are_the_companys(self):
        self.env.company.sudo().resource_calendar_id = self.desk
        self._promise(duration=10, unit='legal', calendar_id=False)
        clock = self._get_clock(self._create_order(), 'close')
        self.assertEqual(clock.calendar_id, self.desk)
        self.assertEqual(str(clock.date_deadline), '2026-06-15 23:59:59')

    @freeze_time(NOON)
    @users('agent')
    def test_new_holiday_of_the_companys_calendar_counts_for_the_next_promise(self):
        """Also where no clock runs by that calendar: its working time may be cached."""
        self.env.company.sudo().resource_calendar_id = self.desk
        self._promise(duration=10, unit='legal', calendar_id=False)
        self.target.search([('kind', '!=', 'close')]).unlink()
        self._create_order(close_reason="Twice").action_cancel()
        self.env['resource.calendar.leaves'].sudo().create({
            'name': "Holiday", 'calendar_id': self.desk.id,
            'date_from': '2026-06-15 00:00:00', 'date_to': '2026-06-15 23:59:59'})
        self.assertEqual(
            self._get_deadline(self._create_order(), 'close'), '2026-06-16 23:59:59')

    @freeze_time(NOON)
    @users('agent')
    def test_hold_leaves_out_its_days(self):
        self._promise(duration=10, unit='days')
        order = self._create_order()
        order._pause_clocks(
            self.reason, start='2026-06-04 10:00:00', stop='2026-06-06 11:00:00')
        self.assertEqual(self._get_deadline(order, 'close'), '2026-06-15 23:59:59')

    @users('agent')
    def test_law_knows_no_grade_season_or_hold(self):
        grade = self.env['aftersales.customer.grade'].sudo().create(
            {'name': "Best", 'clock_factor': 0.5})
        self.customer.aftersales_grade_id = grade
        target = self._promise(duration=10, unit='days')
        with freeze_time(NOON):
            self.assertEqual(
                self._get_deadline(self._create_order(), 'close'), '2026-06-08 23:59:59')
        target.is_fixed = True
        with freeze_time(NOON):
            order = self._create_order(close_reason="Twice")
            order._pause_clocks(self.reason)
        clock = self._get_clock(order, 'close')
        self.assertEqual(clock.result, 'running')
        self.assertEqual(str(order.date_deadline), '2026-06-13 23:59:59')
        self.assertTrue(order.is_paused)  # the other promises wait
        with freeze_time('2026-06-14 00:00:00'):
            clock.sudo()._stop(clock.sudo().date_deadline.replace(day=14))
        self.assertEqual(clock.result, 'missed')

    @freeze_time(NOON)
    @users('agent')
    def test_given_deadline_needs_no_promised_time_and_stays(self):
        self.target.search([('kind', '=', 'head_office')]).unlink()
        order = self._create_order()
        now = order.date_event
        clock = order._start_clocks({order: [('head_office', now, date(2026, 6, 10))]})
        self.assertEqual(str(clock.date_deadline), '2026-06-10 23:59:59')
        self.assertEqual(str(clock.date_next_alert), '2026-06-09 11:59:59')  # 80 % of it
        order._pause_clocks(self.reason)
        order.severity = '3'
        self.assertRecordValues(clock, [{'result': 'running', 'unit': 'date'}])
        self.assertEqual(str(clock.date_deadline), '2026-06-10 23:59:59')
        self.assertFalse(order._start_clocks({order: [('head_office', now)]}))

    @freeze_time(NOON)
    @users('agent')
    def test_authority_extends_a_period(self):
        order = self._create_order()
        order._pause_clocks(self.reason)
        clock = self._get_clock(order, 'close').sudo()
        clock._give_deadline(date(2026, 7, 1))
        self.assertRecordValues(clock, [{'result': 'running', 'is_fixed': True}])
        self.assertEqual(str(order.date_deadline), '2026-07-01 23:59:59')
