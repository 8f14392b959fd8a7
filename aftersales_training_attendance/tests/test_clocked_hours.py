from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_training.tests.score_common import JULY, ScoreCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestClockedHours(ScoreCommon):

    def test_clocked_hours_fill_in_the_days(self):
        employees = self.env['hr.employee'].create([
            {'name': user.name, 'user_id': user.id} for user in (self.technician, self.theo)])
        self.env['hr.attendance'].create([{
            'employee_id': employees[0].id, 'check_in': f'2026-07-{day} 08:00:00',
            'check_out': f'2026-07-{day} {end}:00:00',
        } for day, end in (('01', 17), ('02', 19))] + [{
            'employee_id': employees[1].id, 'check_in': '2026-07-01 08:00:00',
            'check_out': '2026-07-01 12:00:00'}])
        report = self.env['aftersales.work.report'].with_user(self.technician).create(
            {'month': JULY})
        clocked = report._get_clocked_hours()[report]
        self.assertEqual(sorted(day.day for day in clocked), [1, 2])
        report.action_fill_days()
        first, second = report.day_ids[:2]
        self.assertEqual(first.kind, 'present')
        self.assertEqual(first.hours + first.overtime, clocked[first.date])
        self.assertGreater(second.overtime, first.overtime)
        self.assertEqual(report.day_ids[2].kind, 'absent')  # a Friday without a clocked hour
        self.assertEqual(report.day_ids[3].kind, 'rest')

    def test_who_has_no_clock_keeps_the_working_hours(self):
        report = self.env['aftersales.work.report'].with_user(self.technician).create(
            {'month': JULY})
        report.action_fill_days()
        self.assertEqual(report.day_ids[0].kind, 'present')
