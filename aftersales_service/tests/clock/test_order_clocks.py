from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged, users

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestOrderClocks(ClockCommon):
    """Promises of an order; every expected instant is written by hand."""

    @freeze_time(NOON)
    @users('agent')
    def test_order_starts_the_promises_of_its_type(self):
        order = self._create_order()
        self.assertEqual(
            {clock.kind: str(clock.date_deadline) for clock in order.clock_ids},
            {'assess': '2026-06-04 12:00:00', 'arrive': '2026-06-04 12:00:00',
             'close': '2026-06-07 16:00:00'})
        self.assertEqual(str(order.date_deadline), '2026-06-04 12:00:00')
        consultation = self._create_order(type_id=self.type_consultation.id)
        self.assertEqual(consultation.clock_ids.mapped('kind'), ['close'])

    @freeze_time(NOON)
    @users('agent')
    def test_most_specific_promise_counts(self):
        self.assertEqual(
            self._get_deadline(self._create_order(severity='3'), 'arrive'),
            '2026-06-03 14:00:00')

    @freeze_time(NOON)
    @users('agent')
    def test_written_requests_wait_for_an_answer(self):
        self.target.create({'kind': 'answer', 'duration': 1})
        self.assertFalse(self._get_clock(self._create_order(channel='phone'), 'answer'))
        self.assertTrue(self._get_clock(self._create_order(channel='email'), 'answer'))

    @freeze_time(NOON)
    @users('agent')
    def test_good_customers_are_served_earlier(self):
        grade = self.env['aftersales.customer.grade'].sudo().create(
            {'name': "Best", 'clock_factor': 0.5})
        self.customer.aftersales_grade_id = grade
        self.assertEqual(
            self._get_deadline(self._create_order(), 'arrive'), '2026-06-04 00:00:00')

    @freeze_time(NOON)
    @users('agent')
    def test_peak_season_widens_promises_in_its_area(self):
        state = self.env.ref('base.state_us_5')
        self.env['aftersales.peak'].sudo().create({
            'name': "Heat", 'date_from': '2026-06-01', 'date_to': '2026-06-03',
            'clock_factor': 2, 'state_ids': [Command.link(state.id)]})
        self.assertEqual(
            self._get_deadline(self._create_order(), 'arrive'), '2026-06-04 12:00:00')
        self.customer.state_id = state
        self.assertEqual(
            self._get_deadline(self._create_order(), 'arrive'), '2026-06-05 12:00:00')
        with freeze_time('2026-06-04 12:00:00'):
            late = self._create_order()
        self.assertEqual(self._get_deadline(late, 'arrive'), '2026-06-05 12:00:00')

    @users('agent')
    def test_kept_promise_is_met_and_broken_one_missed(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-04 12:00:00'):
            order.action_next()
        self.assertEqual(self._get_clock(order, 'assess').result, 'met')
        with freeze_time('2026-06-04 12:00:01'):
            self._move_to(order, 'on_site')
        self.assertRecordValues(self._get_clock(order, 'arrive'), [{
            'result': 'missed', 'date_stopped': datetime(2026, 6, 4, 12, 0, 1)}])

    @users('agent')
    def test_repair_clock_starts_on_site(self):
        with freeze_time(NOON):
            order = self._create_order()
        with freeze_time('2026-06-04 08:00:00'):
            self._move_to(order, 'on_site')
        self.assertEqual(self._get_deadline(order, 'repair'), '2026-06-04 18:00:00')

    @users('agent')
    def test_cancelled_order_voids_its_promises(self):
        with freeze_time(NOON):
            order = self._create_order(close_reason="Solved itself")
            order.action_cancel()
        self.assertEqual(set(order.clock_ids.mapped('result')), {'void'})
        self.assertFalse(order.date_deadline)

    # === PAUSES === #

    @users('agent')
    def test_paused_clock_has_no_deadline_and_goes_on_later(self):
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason)
        self.assertEqual(set(order.clock_ids.mapped('result')), {'paused'})
        self.assertTrue(order.is_paused)
        self.assertFalse(order.date_deadline)
        with freeze_time('2026-06-03 15:00:00'):
            order.action_resume()
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-04 15:00:00')
        self.assertEqual(self._get_deadline(order, 'assess'), '2026-06-04 15:00:00')
        self.assertFalse(order.is_paused)

    @users('agent')
    def test_pause_over_a_weekend(self):
        with freeze_time('2026-06-05 15:00:00'):  # Friday
            order = self._create_order()
        with freeze_time('2026-06-05 16:00:00'):
            order._pause_clocks(self.reason)
        with freeze_time('2026-06-08 10:00:00'):  # Monday
            order.action_resume()
        # worked: Fri 15-16, then from Mon 10 the remaining 7 hours: until Mon 17
        self.assertEqual(self._get_deadline(order, 'assess'), '2026-06-08 17:00:00')
        # around the clock the pause counts in full: 66 hours
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-09 09:00:00')

    @users('agent')
    def test_two_pauses(self):
        with freeze_time(NOON):
            order = self._create_order()
        for start, stop in [('2026-06-03 13:00:00', '2026-06-03 14:00:00'),
                            ('2026-06-03 16:00:00', '2026-06-04 10:00:00')]:
            order.sudo()._pause_clocks(self.reason, start=start, stop=stop)
        # desk hours paused: one, and Wed 16-17 with Thu 9-10
        self.assertEqual(self._get_deadline(order, 'assess'), '2026-06-04 15:00:00')
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-05 07:00:00')

    @users('agent')
    def test_pause_across_a_stage_change(self):
        with freeze_time(NOON):
            order = self._create_order()
            order._pause_clocks(self.reason)
        with freeze_time('2026-06-03 18:00:00'):
            order.action_next()
        self.assertEqual(self._get_clock(order, 'assess').result, 'met')
        self.assertEqual(self._get_clock(order, 'arrive').result, 'paused')
        with freeze_time('2026-06-03 22:00:00'):
            order.action_resume()
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-04 22:00:00')

    @users('agent')
    def test_pause_twice_is_refused(self):
        order = self._create_order()
        order._pause_clocks(self.reason)
        with self.assertRaisesRegex(UserError, "on hold already"):
            order._pause_clocks(self.reason)

    @users('agent')
    def test_force_majeure_needs_a_proof(self):
        self.reason.needs_proof = True
        orders = self._create_order() | self._create_order()
        with self.assertRaisesRegex(UserError, "needs a proof"), self.cr.savepoint():
            orders._pause_clocks(self.reason)
        proof = self.env['ir.attachment'].create({'name': "warning.txt", 'raw': b'storm'})
        hold = self.env['aftersales.clock.hold'].with_context(
            active_model='aftersales.order', active_ids=orders.ids).create({
                'reason_id': self.reason.id, 'proof_ids': [Command.set(proof.ids)]})
        self.assertEqual(hold.record_count, 2)
        hold.action_hold()
        self.assertEqual(orders.mapped('is_paused'), [True, True])

    @users('other_agent')
    def test_stranger_stops_and_starts_no_clock(self):
        order = self.env['aftersales.order'].with_user(self.agent).create({})
        with self.assertRaises(AccessError):
            order.with_user(self.env.user)._pause_clocks(self.reason)
        with self.assertRaises(AccessError):
            order.with_user(self.env.user).action_resume()
        with self.assertRaises(AccessError):
            order.with_user(self.env.user).action_start_clocks()

    @users('agent')
    def test_agent_cannot_move_a_deadline(self):
        order = self._create_order()
        with self.assertRaises(AccessError):
            order.clock_ids[0].date_deadline = '2030-01-01 00:00:00'
        with self.assertRaises(AccessError):
            self.target[0].with_user(self.env.user).duration = 999

    @users('manager')
    def test_promises_and_holds_go_with_their_order(self):
        order = self._create_order()
        order._pause_clocks(self.reason)
        domain = [('res_model', '=', order._name), ('res_id', '=', order.id)]
        order.unlink()
        for model in ('aftersales.clock', 'aftersales.clock.pause'):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].sudo().search(domain))

    # === LATER THAN THE ORDER === #

    @freeze_time(NOON)
    @users('manager')
    def test_open_orders_get_the_promises_they_lack(self):
        order = self._create_order(date_event='2026-06-03 10:00:00')
        kept = self._get_clock(order, 'assess')
        (order.sudo().clock_ids - kept).unlink()
        closed = self._create_order()
        closed.close_reason = "Twice"
        closed.action_cancel()
        (order | closed).action_start_clocks()
        self.assertEqual(self._get_clock(order, 'assess'), kept)
        self.assertEqual(self._get_deadline(order, 'arrive'), '2026-06-04 10:00:00')
        self.assertEqual(self._get_deadline(order, 'close'), '2026-06-07 14:00:00')
        self.assertEqual(str(order.date_deadline), '2026-06-04 10:00:00')
        self.assertEqual(set(closed.clock_ids.mapped('result')), {'void'})

    # === CALENDAR === #

    @freeze_time(NOON)
    def test_closing_day_moves_running_deadlines(self):
        order = self._create_order()
        self.env['resource.calendar.leaves'].create({
            'name': "Inventory", 'calendar_id': self.desk.id,
            'date_from': '2026-06-04 00:00:00', 'date_to': '2026-06-04 23:59:59'})
        self.env.cr.precommit.run()
        self.assertEqual(self._get_deadline(order, 'assess'), '2026-06-05 12:00:00')
        self.assertEqual(str(order.date_deadline), '2026-06-04 12:00:00', "the arrival is first")

    @freeze_time(NOON)
    def test_order_follows_its_first_promise_when_working_hours_change(self):
        self.target[1:3].unlink()  # nothing but the assessment is due before 2026-06-07
        order = self._create_order()
        self.assertEqual(str(order.date_deadline), '2026-06-04 12:00:00')
        self.env['resource.calendar.leaves'].create({
            'name': "Inventory", 'calendar_id': self.desk.id,
            'date_from': '2026-06-04 00:00:00', 'date_to': '2026-06-04 23:59:59'})
        self.env.cr.precommit.run()
        self.assertEqual(str(order.date_deadline), '2026-06-05 12:00:00')

    @freeze_time(NOON)
    def test_pause_corrected_by_hand_moves_the_order(self):
        order = self._create_order()
        order._pause_clocks(self.reason, start='2026-06-03 12:00:00', stop='2026-06-03 14:00:00')
        self.assertEqual(str(order.date_deadline), '2026-06-04 14:00:00')
        pause = self.env['aftersales.clock.pause'].search(
            [('res_model', '=', order._name), ('res_id', '=', order.id)])
        pause.date_stop = '2026-06-03 13:00:00'
        self.assertEqual(str(order.date_deadline), '2026-06-04 13:00:00')

    @freeze_time(NOON)
    def test_new_opening_hours_move_running_deadlines(self):
        running, finished = self._create_order(), self._create_order()
        finished.action_next()
        self.desk.attendance_ids.filtered(
            lambda attendance: attendance.dayofweek == '2').hour_to = 20
        self.env.cr.precommit.run()
        self.assertEqual(self._get_deadline(running, 'assess'), '2026-06-03 20:00:00')
        self.assertEqual(self._get_deadline(finished, 'assess'), '2026-06-04 12:00:00')

    def test_calendar_without_hours_gives_no_deadline(self):
        self.desk.attendance_ids.unlink()
        self.assertFalse(self._get_clock(self._create_order(), 'assess').date_deadline)

    # === ALERTS === #

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_service.ir_cron_clock_alert').method_direct_trigger()

    def test_alerts_climb_once_each(self):
        with freeze_time(NOON):
            order = self._create_order(user_id=self.agent.id, severity='3')
        clock = self._get_clock(order, 'arrive')
        self.assertEqual(str(clock.date_next_alert), '2026-06-03 13:36:00')  # 80 % of 2 h
        with freeze_time('2026-06-03 13:36:00'):
            self._run_cron()
            self._run_cron()
        self.assertEqual(clock.percent_alerted, 80)
        self.assertEqual(order.activity_ids.user_id, self.agent)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertEqual(str(clock.date_next_alert), '2026-06-03 14:00:00')
        with freeze_time('2026-06-03 16:00:00'):
            self._run_cron()
        self.assertEqual(clock.percent_alerted, 200)
        self.assertFalse(clock.date_next_alert)
        notices = self.env['mail.message'].search([
            ('model', '=', order._name), ('res_id', '=', order.id),
            ('message_type', '=', 'user_notification')])
        self.assertIn(self.manager.partner_id, notices.notified_partner_ids)

    def test_paused_and_kept_promises_send_no_alert(self):
        with freeze_time(NOON):
            paused, kept = self._create_order(severity='3'), self._create_order(severity='3')
            paused._pause_clocks(self.reason)
            self._move_to(kept, 'closed')
        with freeze_time('2026-07-01 12:00:00'):
            self._run_cron()
        self.assertFalse((paused | kept).activity_ids)

    # === SPEED === #

    def test_queries_of_new_deadlines_do_not_grow_with_the_orders(self):
        counts = []
        for number in (10, 50):
            orders = self.env['aftersales.order'].create([{}] * number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.clock_ids._reschedule()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
