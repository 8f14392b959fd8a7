import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import cover_days
from ...tools.warranty import WHOLE_UNIT, Cover, judge

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
covers = st.builds(
    lambda start, length, void, pause, rest: Cover(
        WHOLE_UNIT, start, start + timedelta(days=length),
        void_from=void and start + timedelta(days=void),
        pauses=((start + timedelta(days=pause), start + timedelta(days=pause + rest)),)),
    days, st.integers(0, 800), st.none() | st.integers(0, 900), st.integers(0, 900),
    st.integers(0, 60))


class TestCoverDaysTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(cover_days)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_a_cover_void_from_its_first_day_has_no_last_day(self):
        cover = Cover(WHOLE_UNIT, date(2025, 1, 1), date(2026, 1, 1), void_from=date(2025, 1, 1))
        self.assertIsNone(cover_days.last_day(cover))
        self.assertIsNone(cover_days.next_change([cover], date(2024, 1, 1)))

    @given(st.lists(covers, max_size=3), days, st.integers(0, 1000))
    def test_nothing_changes_before_the_next_change(self, promised, day, ahead):
        change = cover_days.next_change(promised, day) or date.max
        later = day + timedelta(days=ahead)
        if later < change:
            self.assertEqual(
                judge(promised, WHOLE_UNIT, later).is_covered,
                judge(promised, WHOLE_UNIT, day).is_covered)
