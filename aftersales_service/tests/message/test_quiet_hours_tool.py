import doctest
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import quiet_hours
from ...tools.quiet_hours import quiet_until

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))
hours = st.integers(0, 95).map(lambda quarter: quarter / 4)


class TestQuietHoursTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(quiet_hours)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_the_first_minute_is_quiet_and_the_last_is_not(self):
        evening, morning = datetime(2026, 6, 2, 21), datetime(2026, 6, 3, 8)
        self.assertEqual(quiet_until(evening, 21.0, 8.0), morning)
        self.assertIsNone(quiet_until(morning, 21.0, 8.0))

    @given(moments, hours, hours)
    def test_the_end_is_ahead_within_a_day_and_not_quiet(self, moment, start, end):
        until = quiet_until(moment, start, end)
        if until is not None:
            self.assertLess(moment, until)
            self.assertLessEqual(until - moment, timedelta(days=1))
            self.assertIsNone(quiet_until(until, start, end))

    @given(moments, hours)
    def test_equal_hours_are_never_quiet(self, moment, hour):
        self.assertIsNone(quiet_until(moment, hour, hour))

    @given(moments, hours, hours)
    def test_an_hour_is_quiet_or_its_complement_is(self, moment, start, end):
        if start != end:
            self.assertNotEqual(
                quiet_until(moment, start, end) is None, quiet_until(moment, end, start) is None)
