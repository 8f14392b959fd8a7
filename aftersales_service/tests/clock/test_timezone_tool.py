from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.timezone import day_bounds, local_day, to_local, to_utc

ZONES = ('UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata',
         'Australia/Lord_Howe', 'Pacific/Apia')
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
zones = st.sampled_from(ZONES)


class TestTimezoneTool(BaseCase):

    def test_days_on_which_the_clocks_change(self):
        # Berlin, 29 March 2026: 23 hours; 25 October: 25
        for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
            start, stop = day_bounds(day, 'Europe/Berlin')
            self.assertEqual(stop - start, timedelta(hours=hours))
        self.assertEqual(
            day_bounds(date(2026, 3, 29), 'Europe/Berlin'),
            (datetime(2026, 3, 28, 23), datetime(2026, 3, 29, 22)))

    def test_hour_that_is_left_out_and_hour_that_comes_twice(self):
        self.assertEqual(
            to_utc(datetime(2026, 3, 29, 2, 30), 'Europe/Berlin'), datetime(2026, 3, 29, 1, 30))
        self.assertEqual(
            to_utc(datetime(2026, 10, 25, 2, 30), 'Europe/Berlin'),
            datetime(2026, 10, 25, 0, 30))

    def test_day_differs_by_zone(self):
        moment = datetime(2026, 6, 2, 20)
        self.assertEqual(local_day(moment, 'America/New_York'), date(2026, 6, 2))
        self.assertEqual(local_day(moment, 'Asia/Shanghai'), date(2026, 6, 3))

    @given(days, zones)
    def test_bounds_hold_the_day_and_nothing_else(self, day, zone):
        start, stop = day_bounds(day, zone)
        second = timedelta(seconds=1)
        self.assertEqual(local_day(start, zone), day)
        self.assertEqual(local_day(stop - second, zone), day)
        self.assertLess(local_day(start - second, zone), day)
        self.assertGreater(local_day(stop, zone), day)

    @given(days, st.times(), zones)
    def test_wall_and_back(self, day, wall, zone):
        noon = datetime.combine(day, time(12, wall.minute))
        self.assertEqual(to_local(to_utc(noon, zone), zone), noon)
