import doctest
from datetime import date, datetime, timedelta

from hypothesis import given

from odoo.tests import BaseCase

from ...tools import deadline, timezone
from ...tools.deadline import is_kept, last_day, pauses_until, roll_over
from ...tools.worktime import merge
from .test_worktime_tool import durations, instants, make_week, pauses


def roll_weekend(day):
    return roll_over(day, lambda moved: moved.weekday() < 5)


class TestDeadlineTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in deadline, timezone:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_last_day_on_a_weekend_or_holiday_moves(self):
        # 14 days from Friday, 1 May 2026, end on Friday the 15th; from Saturday on the 16th
        self.assertEqual(
            last_day(datetime(2026, 5, 1, 9), 14, 'UTC', roll=roll_weekend), date(2026, 5, 15))
        self.assertEqual(
            last_day(datetime(2026, 5, 2, 9), 14, 'UTC', roll=roll_weekend), date(2026, 5, 18))
        holidays = {date(2026, 5, 18), date(2026, 5, 19)}
        self.assertEqual(
            last_day(datetime(2026, 5, 2, 9), 14, 'UTC', roll=lambda day: roll_over(
                day, lambda moved: moved.weekday() < 5 and moved not in holidays)),
            date(2026, 5, 20))

    def test_the_day_is_the_zones(self):
        late = datetime(2026, 5, 1, 23)  # 2 May, 7 o'clock in Shanghai
        self.assertEqual(last_day(late, 14, 'UTC'), date(2026, 5, 15))
        self.assertEqual(last_day(late, 14, 'Asia/Shanghai'), date(2026, 5, 16))

    def test_hold_on_the_weekend_before_the_moved_end_counts(self):
        hold = datetime(2026, 5, 17, 9), datetime(2026, 5, 20, 9)  # Sunday to Wednesday
        self.assertEqual(
            last_day(datetime(2026, 5, 2, 9), 14, 'UTC', [hold], roll_weekend),
            date(2026, 5, 21))
        after = datetime(2026, 5, 19, 9), datetime(2026, 5, 20, 9)
        self.assertEqual(
            last_day(datetime(2026, 5, 2, 9), 14, 'UTC', [after], roll_weekend),
            date(2026, 5, 18))

    def test_calendar_that_is_closed_for_good_moves_nothing(self):
        self.assertEqual(roll_over(date(2026, 5, 1), lambda day: False), date(2026, 5, 1))

    @given(instants, durations, pauses, durations)
    def test_kept_is_what_used_no_more_than_was_promised(self, start, promised, holds, waited):
        """Working time from the start to the stop, holds left out, is the measure."""
        week, stopped = make_week(), start + waited
        until = pauses_until(holds, stopped)
        paused = sum(
            (week.elapsed(max(first, start), last) for first, last in merge(until)),
            timedelta(0))
        used = week.elapsed(start, stopped) - paused
        kept = is_kept(week.add(start, promised, until), stopped)
        if used != promised:
            self.assertEqual(kept, used < promised)

    @given(instants, pauses)
    def test_what_happens_to_holds_later_is_not_known(self, stopped, holds):
        open_ended = [(first, None if last > stopped else last) for first, last in holds]
        self.assertEqual(
            pauses_until([*open_ended, (stopped, None)], stopped), pauses_until(holds, stopped))
