from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .score_common import JULY, ScoreCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestWorkReport(ScoreCommon):
    """Attendance day by day and the work of a month; the person writes, another approves."""

    def _write_report(self, **values):
        return self.env['aftersales.work.report'].with_user(self.technician).create(
            {'month': JULY, **values})

    def test_days_come_from_the_working_hours_and_work_from_the_orders(self):
        self._repair('2026-07-01', 'AC-1')
        self._repair('2026-07-02', 'AC-1')
        report = self._write_report()
        report.action_fill_days()
        # July 2026 has 23 weekdays of eight hours
        self.assertRecordValues(report, [{
            'due_days': 23, 'attended_days': 23, 'paid_hours': 184.0, 'leave_days': 0}])
        report.day_ids[0].kind = 'sick'
        report.day_ids[1].overtime = 2
        self.assertRecordValues(report, [{
            'attended_days': 22, 'paid_hours': 178.0, 'leave_days': 1, 'overtime_hours': 2.0}])
        report.action_submit()
        self.assertRecordValues(report, [{
            'state': 'submitted', 'job_count': 2, 'first_fix': 50.0}])
        with self.assertRaisesRegex(AccessError, "Another person approves"):
            report.action_approve()
        report.with_user(self.officer).action_approve()
        with self.assertRaisesRegex(UserError, "approved"):
            report.day_ids[2].kind = 'leave'
        with self.assertRaisesRegex(UserError, "approved"):
            report.remarks = "x"

    def test_statistics_divide_sums_and_know_no_share_without_cases(self):
        """Four of five and one of one are 83.3 %; who repaired nothing is no zero."""
        for number in range(4):
            self._repair(f'2026-07-0{number + 1}', f'AC-{number}')
        self._repair('2026-07-20', 'AC-0')
        self._repair('2026-07-02', 'AC-9', technician_id=self.theo.id)
        reports = self.env['aftersales.work.report'].create([
            {'month': JULY, 'user_id': user.id} for user in (
                self.technician, self.theo, self.agent)])
        reports.action_count()
        self.assertEqual(reports.mapped('first_fix'), [80.0, 100.0, 0.0])
        [[mean, satisfied]] = reports._read_group(
            [('id', 'in', reports.ids)], [], ['first_fix:avg', 'satisfaction:avg'])
        self.assertAlmostEqual(mean, 83.333, 3)
        self.assertFalse(satisfied)
        figures = reports._get_statistics()[-1][1]
        self.assertEqual((figures['people'], figures['satisfaction']), (3, None))
        self.assertAlmostEqual(figures['first_fix'], 83.333, 3)
        render = self.env['ir.actions.report']._render_qweb_html
        for name in 'report_work', 'report_work_statistics':
            page = render(f'aftersales_training.{name}', reports[2].ids)[0].decode()
            self.assertEqual(page.count("n/a"), 2 if name == 'report_work' else 4)

    def test_overtime_on_a_day_off_is_no_working_day(self):
        report = self._write_report()
        report.action_fill_days()
        saturday = report.day_ids.filtered(lambda day: str(day.date) == '2026-07-04')
        saturday.write({'kind': 'present', 'overtime': 6})
        self.assertRecordValues(report, [{
            'due_days': 23, 'attended_days': 24, 'paid_hours': 190.0}])

    def test_imported_days_find_or_begin_their_report(self):
        days = self.env['aftersales.work.day'].with_user(self.officer)
        result = days.load(['user_id/id', 'date', 'kind', 'hours'], [
            [self._get_xmlid(self.technician), '2026-07-01', 'present', '8'],
            [self._get_xmlid(self.technician), '2026-07-02', 'Leave', '0'],
            [self._get_xmlid(self.theo), '2026-07-01', 'present', '7.5']])
        self.assertFalse(result['messages'])
        reports = self.env['aftersales.work.report'].search([('month', '=', JULY)])
        self.assertEqual({report.user_id: report.paid_hours for report in reports}, {
            self.technician: 8.0, self.theo: 7.5})
        with self.assertRaises(ValidationError):
            days.create({'report_id': reports[0].id, 'date': '2026-08-01'})

    def _get_xmlid(self, record):
        return record.export_data(['id'])['datas'][0][0]

    def test_people_write_their_own_report_only(self):
        report = self._write_report()
        for user in self.theo, self.employee:
            with self.assertRaises(AccessError):
                report.with_user(user).remarks = "x"
            self.assertFalse(self.env['aftersales.work.report'].with_user(user).search([]))
            with self.assertRaises(AccessError):
                self.env['aftersales.work.day'].with_user(user).create(
                    {'report_id': report.id, 'date': '2026-07-01'})
        with self.assertRaises(AccessError):
            self._write_report(user_id=self.theo.id)
        # a refusal does not tell whether the report or the day of another is there
        self.env['aftersales.work.day'].create({'report_id': report.id, 'date': '2026-07-31'})
        self.env.flush_all()
        for model, values in (
                ('day', {'report_id': report.id, 'date': '2026-07-31'}),
                ('day', {'user_id': self.technician.id, 'date': '2026-07-30'}),
                ('report', {'user_id': self.technician.id, 'month': JULY})):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[f'aftersales.work.{model}'].with_user(self.theo).create(values)
        for values in {'job_count': 9}, {'manager_id': self.theo.id}, {'state': 'approved'}:
            with self.assertRaises(AccessError):
                report.write(values)

    def test_paid_hours_are_what_utilisation_is_measured_by(self):
        kpi = self.env['aftersales.kpi'].create({
            'name': "Utilisation", 'formula': 'utilisation', 'weight': 5, 'direction': 'range',
            'target': 70, 'target_max': 80})
        report = self._write_report()
        self.env['aftersales.work.day'].with_user(self.technician).create(
            {'report_id': report.id, 'date': '2026-07-01', 'hours': 8})
        sheet = self._make_sheet()
        line = sheet.line_ids.filtered(lambda line: line.kpi_id == kpi)
        # a draft is not finished: it judges no person
        self.assertFalse(line.is_applicable)
        report._set_state('submitted')
        report.sudo().job_hours = 6
        report.sudo()._set_state('approved')
        sheet.action_measure()
        self.assertRecordValues(line, [{'percent': 75.0, 'points': 5.0}])

    def test_forms_are_printed(self):
        report = self._write_report()
        report.action_fill_days()
        render = self.env['ir.actions.report'].with_user(self.technician)._render_qweb_html
        for name, words in (('report_work', "Monthly Work Report"), ('report_attendance', "√")):
            page = render(f'aftersales_training.{name}', report.ids)[0].decode()
            self.assertIn(words, page)
            self.assertIn("Technician Tom", page)

    def test_quality_report_tells_of_outlets(self):
        (self.fix | self.repeat).for_outlet = True
        self.outlet.manager_id = self.outlet_technician
        for day in '2026-07-01', '2026-07-09':
            self._repair(day, 'AC-1', outlet_id=self.outlet.id)
        wizard = self.env['aftersales.quality.report'].with_user(self.lead).create(
            {'month': JULY})
        kpis, rows = wizard._get_rows()
        self.assertEqual(kpis.mapped('name'), ["First-time Fix", "Repeats"])
        self.assertEqual(rows, [(self.outlet, [(50.0, 1.0, 2), (50.0, 1.0, 2)])])
        # the paper's address may be typed: refused in words, before a page is drawn
        for name in 'report_quality', 'report_quality_ledger':
            with self.subTest(name), self.assertRaises(AccessError):
                self.env['ir.actions.report'].with_user(self.second)._render_qweb_html(
                    f'aftersales_training.{name}', wizard.ids)
        [record] = wizard._get_records()
        self.assertEqual(record[2:4], ("Olga's Station", "The repair did not hold"))
        for name in 'report_quality', 'report_quality_ledger':
            page = self.env['ir.actions.report'].with_user(self.lead)._render_qweb_html(
                f'aftersales_training.{name}', wizard.ids)[0].decode()
            self.assertIn("Olga&#39;s Station", page)
            self.assertNotIn("Technician Tom", page)
        with self.assertRaises(AccessError):
            wizard.with_user(self.technician)._get_rows()
