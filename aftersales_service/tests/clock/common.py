from odoo.fields import Command

from ..common import AftersalesCommon

NOON = '2026-06-03 12:00:00'  # a Wednesday


class ClockCommon(AftersalesCommon):
    """A desk that works from Monday to Friday, from 9 to 17, and what it promises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.clock.target'].search([]).unlink()
        cls.desk = cls.env['resource.calendar'].create({
            'name': "Desk", 'tz': 'UTC', 'company_id': False,
            'attendance_ids': [Command.clear()] + [
                Command.create({
                    'name': str(day), 'dayofweek': str(day), 'hour_from': 9, 'hour_to': 17,
                    'day_period': 'full_day'}) for day in range(5)]})
        cls.target = cls.env['aftersales.clock.target'].create([
            {'kind': 'assess', 'duration': 8, 'calendar_id': cls.desk.id},
            {'kind': 'arrive', 'duration': 24},
            {'kind': 'arrive', 'duration': 2, 'severity': '3'},
            {'kind': 'repair', 'duration': 10},
            {'kind': 'close', 'duration': 100},
        ])
        cls.reason = cls.env['aftersales.pause.reason'].create({'name': "Customer away"})

    def _get_clock(self, order, kind):
        return order.clock_ids.filtered(lambda clock: clock.kind == kind)

    def _get_deadline(self, order, kind):
        return str(self._get_clock(order, kind).date_deadline)
