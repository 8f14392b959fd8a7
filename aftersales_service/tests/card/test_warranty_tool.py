import doctest
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import facts, keywords, order_flow, qr, remedies, warranty
from ...tools.warranty import (
    COMPONENT,
    LABOUR,
    WHOLE_UNIT,
    Cover,
    days_away,
    judge,
    last_covered_day,
    moved_end,
    term_start,
)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
covers = st.builds(
    lambda kind, start, months: Cover(kind, start, last_covered_day(start, months)),
    st.sampled_from([WHOLE_UNIT, LABOUR]), days, st.integers(1, 120))


class TestWarrantyTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in warranty, remedies, facts, order_flow, qr, keywords:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_term_ends_on_the_anniversary(self):
        for start, months, end in [
                (date(2025, 1, 10), 12, date(2026, 1, 10)),
                (date(2024, 2, 29), 12, date(2025, 2, 28)),
                (date(2024, 2, 29), 48, date(2028, 2, 29)),
                (date(2025, 8, 31), 6, date(2026, 2, 28)),
                (date(2025, 12, 31), 2, date(2026, 2, 28))]:
            with self.subTest(start=start, months=months):
                self.assertEqual(last_covered_day(start, months), end)

    def test_what_would_outlast_the_calendar_ends_with_it(self):
        start = date(2025, 1, 10)
        self.assertEqual(last_covered_day(date(9998, 5, 1), 12), date(9999, 5, 1))
        self.assertEqual(last_covered_day(start, 999_999), date.max)
        self.assertEqual(last_covered_day(start, 1, 9_999_999), date.max)
        self.assertEqual(last_covered_day(date(9999, 12, 31), 1), date.max)
        self.assertEqual(term_start('manufacture', {'manufacture': start}, 9_999_999), date.max)
        self.assertEqual(moved_end(start, date.max, [(start, date(2025, 2, 1))]), date.max)

    def test_term_of_no_length_is_refused(self):
        with self.assertRaises(ValueError):
            last_covered_day(date(2025, 1, 1), 0)

    def test_first_and_last_day_are_covered(self):
        cover = Cover(WHOLE_UNIT, date(2025, 1, 10), date(2026, 1, 10))
        for day, reason in [
                (date(2025, 1, 9), 'not_started'), (date(2025, 1, 10), 'covered'),
                (date(2026, 1, 10), 'covered'), (date(2026, 1, 11), 'expired')]:
            with self.subTest(day=day):
                self.assertEqual(judge([cover], WHOLE_UNIT, day).reason, reason)

    def test_component_cover_holds_for_its_parts_only(self):
        cover = Cover(COMPONENT, date(2025, 1, 1), date(2028, 1, 1), components=frozenset({7}))
        day = date(2027, 1, 1)
        self.assertTrue(judge([cover], COMPONENT, day, 7).is_covered)
        self.assertEqual(judge([cover], COMPONENT, day, 8).reason, 'no_cover')
        self.assertEqual(judge([cover], WHOLE_UNIT, day).reason, 'no_cover')

    def test_parts_cover_pays_no_labour(self):
        cover = Cover(WHOLE_UNIT, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(judge([cover], LABOUR, date(2025, 6, 1)).reason, 'no_cover')

    def test_longest_running_cover_is_quoted(self):
        short = Cover(WHOLE_UNIT, date(2025, 1, 1), date(2026, 1, 1), 'factory')
        long = Cover(WHOLE_UNIT, date(2025, 1, 1), date(2027, 1, 1), 'extended')
        self.assertEqual(judge([long, short], WHOLE_UNIT, date(2025, 6, 1)).cover.name, 'extended')

    @given(st.lists(covers, max_size=5), days)
    def test_order_of_covers_does_not_matter(self, promised, day):
        promised = [replace(cover, key=key) for key, cover in enumerate(promised)]
        self.assertEqual(
            judge(promised, WHOLE_UNIT, day), judge(promised[::-1], WHOLE_UNIT, day))

    @given(st.lists(covers, max_size=5), days)
    def test_covered_where_and_only_where_a_promise_of_the_kind_runs(self, promised, day):
        runs = any(cover.kind == LABOUR and cover.start <= day <= cover.end
                   for cover in promised)
        self.assertEqual(judge(promised, LABOUR, day).is_covered, runs)

    def test_the_last_promise_says_why_there_is_none(self):
        void = Cover(WHOLE_UNIT, date(2025, 1, 1), date(2026, 1, 1), void_from=date(2025, 3, 1))
        later = Cover(WHOLE_UNIT, date(2026, 1, 2), date(2027, 1, 1), 'extended')
        verdict = judge([later, void], WHOLE_UNIT, date(2025, 6, 1))
        self.assertEqual((verdict.reason, verdict.cover), ('not_started', later))
        self.assertEqual(verdict.percent, 0.0)

    def test_shorter_term_of_a_part_limits_its_own_origin_only(self):
        sold, part = date(2025, 1, 10), frozenset({7})
        unit = Cover(WHOLE_UNIT, sold, date(2026, 1, 10))
        fitted = Cover(COMPONENT, sold, date(2025, 7, 10), components=part, origin='part')
        half = Cover(COMPONENT, sold, date(2026, 1, 10), components=part, percent=50.0)
        day = date(2025, 12, 1)
        self.assertTrue(judge([unit, fitted], COMPONENT, day, 7).is_covered)
        self.assertEqual(judge([unit, half], COMPONENT, day, 7).percent, 100.0)

    @given(st.lists(covers, max_size=5), covers, days)
    def test_one_more_cover_never_takes_away(self, promised, extra, day):
        if judge(promised, WHOLE_UNIT, day).is_covered:
            self.assertTrue(judge([*promised, extra], WHOLE_UNIT, day).is_covered)

    @given(days, st.integers(1, 120))
    def test_longer_terms_end_later(self, start, months):
        self.assertLess(last_covered_day(start, months), last_covered_day(start, months + 1))

    def test_cover_ends_by_time_or_usage(self):
        cover = Cover(WHOLE_UNIT, date(2025, 1, 10), date(2028, 1, 10), usage_limit=60_000)
        for day, usage, reason in [
                (date(2028, 1, 10), 60_000, 'covered'), (date(2028, 1, 10), 60_001, 'used_up'),
                (date(2028, 1, 11), 60_000, 'expired'), (date(2028, 1, 11), 60_001, 'expired'),
                (date(2028, 1, 10), None, 'covered')]:
            with self.subTest(day=day, usage=usage):
                self.assertEqual(judge([cover], WHOLE_UNIT, day, usage=usage).reason, reason)

    def test_void_and_suspended_covers_pay_nothing(self):
        cover = Cover(
            WHOLE_UNIT, date(2025, 1, 10), date(2026, 1, 10), void_from=date(2025, 9, 1),
            pauses=((date(2025, 3, 1), date(2025, 3, 31)),))
        for day, reason in [
                (date(2025, 2, 28), 'covered'), (date(2025, 3, 1), 'suspended'),
                (date(2025, 3, 31), 'suspended'), (date(2025, 4, 1), 'covered'),
                (date(2025, 8, 31), 'covered'), (date(2025, 9, 1), 'void')]:
            with self.subTest(day=day):
                self.assertEqual(judge([cover], WHOLE_UNIT, day).reason, reason)

    def test_cover_that_pays_most_is_quoted(self):
        full = Cover(LABOUR, date(2025, 1, 1), date(2026, 1, 1))
        half = Cover(LABOUR, date(2025, 1, 1), date(2028, 1, 1), percent=50.0)
        self.assertEqual(judge([half, full], LABOUR, date(2025, 6, 1)).percent, 100.0)
        self.assertEqual(judge([half, full], LABOUR, date(2026, 6, 1)).percent, 50.0)
        self.assertEqual(judge([half, full], LABOUR, date(2028, 6, 1)).percent, 0.0)

    def test_repair_and_waiting_days_move_the_end(self):
        """12 days in repair and 8 of waiting: domain 6.1."""
        start, end = date(2025, 1, 10), date(2026, 1, 10)
        repair, wait = (date(2025, 3, 3), date(2025, 3, 15)), (date(2025, 3, 15), date(2025, 3, 23))
        self.assertEqual(moved_end(start, end, [repair, wait]), date(2026, 1, 30))
        self.assertEqual(moved_end(start, end, [wait, repair, wait]), date(2026, 1, 30))

    def test_repair_in_the_days_won_by_another_moves_the_end_again(self):
        start, end = date(2025, 1, 10), date(2026, 1, 10)
        first = date(2026, 1, 5), date(2026, 1, 15)
        second = date(2026, 1, 18), date(2026, 1, 20)
        self.assertEqual(moved_end(start, end, [first, second]), date(2026, 1, 22))
        self.assertEqual(moved_end(start, end, [second]), end)

    def test_repair_across_the_ends_of_a_term_moves_it_by_the_days_inside(self):
        start, end = date(2025, 1, 10), date(2026, 1, 10)
        for first, last, moved in [
                (date(2025, 1, 1), date(2025, 1, 15), date(2026, 1, 15)),
                (date(2026, 1, 10), date(2026, 1, 14), date(2026, 1, 14)),
                (date(2026, 1, 11), date(2026, 1, 14), end),
                (date(2024, 12, 1), date(2025, 1, 10), end)]:
            with self.subTest(first=first):
                self.assertEqual(moved_end(start, end, [(first, last)]), moved)

    def test_wait_within_a_repair_counts_once(self):
        repair, wait = (date(2025, 3, 1), date(2025, 3, 31)), (date(2025, 3, 5), date(2025, 3, 20))
        self.assertEqual(days_away([repair, wait]), 30)

    def test_term_starts_with_its_event_or_the_next_best_day(self):
        days = {'invoice': date(2025, 1, 10), 'delivery': date(2025, 1, 12),
                'manufacture': date(2024, 10, 1), 'activation': None}
        for event, start in [
                ('invoice', date(2025, 1, 10)), ('activation', date(2025, 1, 12)),
                ('installation', date(2025, 1, 12)), ('manufacture', date(2024, 12, 30))]:
            with self.subTest(event=event):
                self.assertEqual(term_start(event, days, grace_days=90), start)

    def test_phone_without_papers_starts_ninety_days_after_the_factory(self):
        self.assertEqual(
            term_start('invoice', {'manufacture': date(2025, 3, 1)}, 90), date(2025, 5, 30))
        self.assertIsNone(term_start('invoice', {}, 90))

    def test_part_with_a_shorter_term_is_not_covered_beyond_it(self):
        sold, battery = date(2025, 1, 10), frozenset({7})
        unit = Cover(WHOLE_UNIT, sold, date(2026, 1, 10))
        short = Cover(COMPONENT, sold, date(2025, 7, 10), components=battery)
        extended = Cover(WHOLE_UNIT, date(2026, 1, 11), date(2028, 1, 10), origin='extended')
        for day, part, is_covered in [
                (date(2025, 7, 10), 7, True), (date(2025, 7, 11), 7, False),
                (date(2025, 7, 11), 8, True), (date(2027, 1, 10), 7, True)]:
            with self.subTest(day=day, part=part):
                verdict = judge([unit, short, extended], COMPONENT, day, part)
                self.assertEqual(verdict.is_covered, is_covered)

    def test_longer_term_of_a_part_does_not_weaken_the_first_year(self):
        sold = date(2025, 1, 10)
        unit = Cover(WHOLE_UNIT, sold, date(2026, 1, 10))
        half = Cover(COMPONENT, sold, date(2030, 1, 10), components=frozenset({7}), percent=50.0)
        self.assertEqual(judge([unit, half], COMPONENT, date(2025, 5, 1), 7).percent, 100.0)
        self.assertEqual(judge([unit, half], COMPONENT, date(2027, 5, 1), 7).percent, 50.0)
