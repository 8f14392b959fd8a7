from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import AftersalesCommon

START = datetime(2026, 3, 1)


@tagged('post_install', '-at_install')
class TestWorkTimeCore(AftersalesCommon):
    """Our fast arithmetic gives what core's ``plan_hours`` gives, in any calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env['resource.calendar'].create({
            'name': "Berlin desk", 'tz': 'Europe/Berlin', 'attendance_ids': [
                (0, 0, {'name': f"{day} {first}", 'dayofweek': str(day), 'hour_from': first,
                        'hour_to': last, 'day_period': period})
                for day in range(6) for first, last, period in [
                    (8, 12, 'morning'), (13, 17.5, 'afternoon')]]})
        cls.env['resource.calendar.leaves'].create({
            'name': "Good Friday", 'calendar_id': cls.calendar.id,
            'date_from': '2026-04-02 22:00:00', 'date_to': '2026-04-03 21:59:59'})
        cls.worktime = cls.calendar._get_worktime(START, START + timedelta(days=120))

    @given(st.integers(0, 60 * 24 * 60), st.integers(1, 120 * 4))
    def test_deadline_is_cores(self, minutes, quarters):
        start = START + timedelta(minutes=minutes)
        self.assertEqual(
            self.worktime.add(start, timedelta(minutes=15 * quarters)),
            self.calendar.plan_hours(quarters / 4, start, compute_leaves=True))

    def test_daylight_saving_shifts_the_opening_in_utc(self):
        # clocks went forward on 29 March 2026: 8:00 in Berlin is 7:00 UTC before, 6:00 after
        self.assertEqual(
            self.worktime.add(datetime(2026, 3, 28, 16), timedelta(hours=1)),
            datetime(2026, 3, 30, 6, 30))
