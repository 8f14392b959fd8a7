from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProofCommon

NOON = '2026-06-03 12:00:00'  # a Wednesday
LAW = '2026-06-13 23:59:59'  # ten days later, a Saturday


@tagged('post_install', '-at_install')
class TestClocks(ProofCommon):
    """Clocks of a document of its own: kinds, criterion, units, the law's deadline, alerts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.env['resource.calendar'].create({
            'name': "Desk", 'tz': 'UTC', 'company_id': False,
            'attendance_ids': [Command.clear()] + [Command.create({
                'name': str(day), 'dayofweek': str(day), 'hour_from': 9, 'hour_to': 17,
                'day_period': 'full_day'}) for day in range(5)]})
        cls.env['aftersales.clock.target'].create([
            {'res_model': 'aftersales.proof.case', 'calendar_id': cls.desk.id, **values}
            for values in (
                {'kind': 'proof_answer', 'duration': 8},
                {'kind': 'proof_answer', 'duration': 2, 'proof_level': 'high'},
                {'kind': 'proof_decide', 'duration': 3, 'unit': 'days'},
                {'kind': 'proof_decide', 'duration': 3, 'unit': 'legal', 'is_fixed': True,
                 'proof_level': 'high'})])

    def _read(self, case):
        return {clock.kind: str(clock.date_deadline or '') for clock in case.clock_ids}

    @freeze_time(NOON)
    def test_kinds_units_and_its_own_criterion(self):
        low, high = self._create_case(), self._create_case(level='high')
        self.assertEqual(self._read(low), {
            'proof_answer': '2026-06-04 12:00:00', 'proof_decide': '2026-06-06 23:59:59',
            'proof_law': LAW})
        # the legal period rolls over the weekend
        self.assertEqual(self._read(high), {
            'proof_answer': '2026-06-03 14:00:00', 'proof_decide': '2026-06-08 23:59:59',
            'proof_law': LAW})
        self.assertEqual(str(low.date_deadline), '2026-06-04 12:00:00')
        order = self._create_order()
        self.assertFalse(order.clock_ids.filtered(lambda clock: 'proof' in clock.kind))

    @freeze_time(NOON)
    def test_law_knows_no_grade_no_peak_season_and_no_hold(self):
        grade = self.env['aftersales.customer.grade'].create(
            {'name': "Gold", 'clock_factor': 0.5})
        self.customer.aftersales_grade_id = grade
        self.env['aftersales.peak'].create({
            'name': "Heat", 'date_from': '2026-06-01', 'date_to': '2026-06-30',
            'clock_factor': 3.0})
        case, fixed = (self._create_case(partner_id=self.customer.id, level=level)
                       for level in ('low', 'high'))
        # 8 h × 0.5 × 3: 5 today, 7 tomorrow
        self.assertEqual(self._read(case)['proof_answer'], '2026-06-04 16:00:00')
        self.assertEqual(self._read(case)['proof_law'], LAW)
        reason = self.env['aftersales.pause.reason'].create({'name': "Away"})
        (case | fixed).with_user(self.agent)._pause_clocks(reason)
        (case | fixed).clock_ids._reschedule()  # as new working hours or alerts would
        self.assertTrue(case.is_paused)
        self.assertEqual(self._read(fixed)['proof_decide'], '2026-06-08 23:59:59')
        self.assertEqual(self._read(case), {
            'proof_answer': '', 'proof_decide': '', 'proof_law': LAW})
        self.assertEqual(str(case.date_deadline), LAW)
        with freeze_time('2026-06-04 12:00:00'):
            case.with_user(self.agent).action_resume()
        # a working day of 8 h was left out
        self.assertEqual(self._read(case)['proof_answer'], '2026-06-05 16:00:00')
        self.assertEqual(self._read(case)['proof_law'], LAW)

    def test_decision_stops_the_clocks_and_reopening_starts_them_again(self):
        with freeze_time(NOON):
            case = self._create_case()
        with freeze_time('2026-06-05 09:00:00'):
            self._decide(case)
        self.assertEqual({clock.kind: clock.result for clock in case.clock_ids}, {
            'proof_answer': 'missed', 'proof_decide': 'met', 'proof_law': 'met'})
        with freeze_time('2026-06-10 09:00:00'):
            case.with_user(self.lead)._set_state('open')
        running = case.clock_ids.filtered(lambda clock: clock.result == 'running')
        self.assertEqual(len(running), 3)

    def test_authority_extends_the_legal_period_and_nothing_moves_it(self):
        with freeze_time(NOON):
            case, other = self._create_case(), self._create_case()
            with self.assertRaises(AccessError):
                case.with_user(self.employee)._extend_by_law(date(2026, 6, 30))
            case.with_user(self.agent)._extend_by_law(date(2026, 6, 30))
            self.assertEqual(self._read(case), {
                'proof_answer': '2026-06-04 12:00:00', 'proof_decide': '2026-06-06 23:59:59',
                'proof_law': '2026-06-30 23:59:59'})
            self.assertEqual(self._read(other)['proof_law'], LAW)
            case.with_user(self.agent)._pause_clocks(
                self.env['aftersales.pause.reason'].create({'name': "Away"}))
            self.assertEqual(self._read(case)['proof_law'], '2026-06-30 23:59:59')

    def test_alert_of_the_law_makes_the_case_urgent(self):
        self.env['aftersales.clock.alert'].create({
            'name': "Law", 'res_model': 'aftersales.proof.case', 'percent': 80,
            'recipient': 'handler'})
        with freeze_time(NOON):
            case = self._create_case(user_id=self.agent.id)
        for moment, level in (('2026-06-08 09:00:00', 'low'), ('2026-06-12 09:00:00', 'high')):
            with freeze_time(moment):
                self._alert()
            self.assertEqual(case.level, level)
        self.assertEqual(case.activity_ids.user_id, self.agent)

    @freeze_time(NOON)
    def test_orders_have_a_promise_of_this_module_by_their_states(self):
        self.env['aftersales.clock.target'].create({
            'res_model': 'aftersales.order', 'kind': 'proof_parts', 'duration': 8,
            'calendar_id': self.desk.id})
        order = self._create_order(type_id=self.type_carry_in.id)
        self.assertNotIn('proof_parts', self._read(order))
        self._move_to(order, 'assessed')
        self.assertEqual(self._read(order)['proof_parts'], '2026-06-04 12:00:00')
        self._move_to(order, 'done')
        [clock] = order.clock_ids.filtered(lambda clock: clock.kind == 'proof_parts')
        self.assertEqual(clock.result, 'met')

    def test_hours_of_a_stage_count_as_promised(self):
        hours = self.desk.copy({'name': "Of a stage"})
        changed = self.env.cr.precommit.data.setdefault('aftersales_calendars', set())
        hours.attendance_ids[0].hour_to = 16
        self.assertNotIn(hours.id, changed)
        self.env.ref('aftersales_proof.aftersales_proof_stage_open').calendar_id = hours
        hours.attendance_ids[0].hour_to = 15
        self.assertIn(hours.id, changed)

    def test_alerts_of_its_own_reach_its_own_recipients(self):
        self.env['aftersales.clock.alert'].create([
            {'name': "Half", 'res_model': 'aftersales.proof.case', 'percent': percent,
             'recipient': recipient}
            for percent, recipient in ((50, 'proof_deputy'), (80, 'handler'))])
        with freeze_time(NOON):
            case = self._create_case(user_id=self.agent.id, deputy_id=self.other_agent.id)
            order = self._create_order()
        with freeze_time('2026-06-03 16:30:00'):  # 4.5 of 8 hours
            self._alert()
        note = self._find_notes(case)
        self.assertIn("Answer to a Case: 50 %", note.body)
        self.assertFalse(case.activity_ids)
        with freeze_time('2026-06-04 11:00:00'):
            self._alert()
        self.assertRecordValues(case.activity_ids, [{'user_id': self.agent.id}])
        self.assertEqual(self._find_notes(case), note)
        self.assertFalse(self._find_notes(order))

    def _find_notes(self, record):
        return self.env['mail.message'].search([
            ('model', '=', record._name), ('res_id', '=', record.id),
            ('notified_partner_ids', 'in', self.other_agent.partner_id.ids)])

    def _alert(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_service.ir_cron_clock_alert').method_direct_trigger()
        self.env.invalidate_all()

    @freeze_time(NOON)
    def test_clocks_are_read_through_the_case(self):
        clocks = self._create_case().clock_ids
        found = self.env['aftersales.clock'].with_user(self.agent).search(
            [('id', 'in', clocks.ids)])
        self.assertEqual(found, clocks.with_user(self.agent))
        self.assertFalse(self.env['aftersales.clock'].with_user(self.employee).search(
            [('id', 'in', clocks.ids)]))
