import doctest
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import matching, worktime
from ...tools.worktime import OutOfHorizonError, WorkTime, around_the_clock, merge

MONDAY = datetime(2026, 1, 5)
HOUR = timedelta(hours=1)
DAYS = 60


def make_week(first=9, last=17):
    """Working time of 60 days from a Monday on, five days a week."""
    days = [MONDAY + timedelta(days=number) for number in range(DAYS)]
    return WorkTime(
        [(day.replace(hour=first), day.replace(hour=last)) for day in days if day.weekday() < 5],
        MONDAY, MONDAY + timedelta(days=DAYS))


instants = st.integers(0, 20 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
durations = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
pauses = st.lists(st.tuples(instants, durations).map(
    lambda pair: (pair[0], pair[0] + pair[1])), max_size=4)


class TestWorkTimeTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in worktime, matching:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_of_promises_that_fit_alike_the_first_counts(self):
        promises = [({'zone': 7}, 'first'), ({'severity': '3'}, 'second')]
        self.assertEqual(
            matching.most_specific(promises, {'zone': 7, 'severity': '3'}), 'first')

    def test_hours_pass_the_weekend(self):
        friday = datetime(2026, 1, 9, 15)
        self.assertEqual(make_week().add(friday, 4 * HOUR), datetime(2026, 1, 12, 11))

    def test_start_outside_working_time_counts_from_the_next_opening(self):
        self.assertEqual(
            make_week().add(datetime(2026, 1, 10, 12), HOUR), datetime(2026, 1, 12, 10))

    def test_end_of_day_is_not_the_next_morning(self):
        self.assertEqual(make_week().add(datetime(2026, 1, 5, 9), 8 * HOUR),
                         datetime(2026, 1, 5, 17))

    def test_pause_over_the_weekend_costs_only_its_working_hours(self):
        pause = datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10)
        self.assertEqual(
            make_week().add(datetime(2026, 1, 9, 15), 4 * HOUR, [pause]),
            datetime(2026, 1, 12, 13))

    def test_pause_after_the_deadline_changes_nothing(self):
        pause = datetime(2026, 1, 12, 12), datetime(2026, 1, 13, 12)
        self.assertEqual(
            make_week().add(datetime(2026, 1, 9, 15), 4 * HOUR, [pause]),
            datetime(2026, 1, 12, 11))

    def test_overlapping_pauses_count_once(self):
        first = datetime(2026, 1, 5, 10), datetime(2026, 1, 5, 12)
        second = datetime(2026, 1, 5, 11), datetime(2026, 1, 5, 13)
        self.assertEqual(
            make_week().add(datetime(2026, 1, 5, 9), 2 * HOUR, [second, first]),
            datetime(2026, 1, 5, 14))

    def test_pause_that_begins_with_the_deadline_does_not_move_it(self):
        pause = datetime(2026, 1, 5, 11), datetime(2026, 1, 5, 13)
        self.assertEqual(
            make_week().add(datetime(2026, 1, 5, 9), 2 * HOUR, [pause]), datetime(2026, 1, 5, 11))

    def test_too_short_a_horizon_is_said(self):
        with self.assertRaises(OutOfHorizonError):
            make_week().add(MONDAY, 1000 * HOUR)
        with self.assertRaises(OutOfHorizonError):
            make_week().elapsed(MONDAY - HOUR, MONDAY)

    def test_no_working_hours_at_all(self):
        with self.assertRaises(OutOfHorizonError):
            WorkTime([], MONDAY, MONDAY + timedelta(days=9)).add(MONDAY, HOUR)

    @given(instants, durations)
    def test_what_is_added_has_elapsed(self, start, worked):
        week = make_week()
        self.assertEqual(week.elapsed(start, week.add(start, worked)), worked)

    @given(instants, durations, pauses)
    def test_without_its_pauses_the_time_is_kept(self, start, worked, breaks):
        week = make_week()
        end = week.add(start, worked, breaks)
        paused = sum(
            (week.elapsed(max(first, start), min(last, end)) for first, last in merge(breaks)
             if first < end), timedelta(0))
        self.assertEqual(week.elapsed(start, end) - paused, worked)

    @given(instants, durations, pauses)
    def test_a_pause_never_brings_the_deadline_nearer(self, start, worked, breaks):
        week = make_week()
        self.assertGreaterEqual(week.add(start, worked, breaks), week.add(start, worked))

    @given(instants, durations)
    def test_around_the_clock_every_minute_counts(self, start, worked):
        always = around_the_clock(MONDAY, MONDAY + timedelta(days=DAYS))
        self.assertEqual(always.add(start, worked), start + worked)
