import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import order_flow, qr, warranty
from ...tools.warranty import COMPONENT, LABOUR, WHOLE_UNIT, Cover, judge, last_covered_day

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
covers = st.builds(
    lambda kind, start, months: Cover(kind, start, last_covered_day(start, months)),
    st.sampled_from([WHOLE_UNIT, LABOUR]), days, st.integers(1, 120))


class TestWarrantyTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in warranty, order_flow, qr:
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
        self.assertEqual(
            judge(promised, WHOLE_UNIT, day).is_covered,
            judge(promised[::-1], WHOLE_UNIT, day).is_covered)

    @given(st.lists(covers, max_size=5), covers, days)
    def test_one_more_cover_never_takes_away(self, promised, extra, day):
        if judge(promised, WHOLE_UNIT, day).is_covered:
            self.assertTrue(judge([*promised, extra], WHOLE_UNIT, day).is_covered)

    @given(days, st.integers(1, 120))
    def test_longer_terms_end_later(self, start, months):
        self.assertLess(last_covered_day(start, months), last_covered_day(start, months + 1))
