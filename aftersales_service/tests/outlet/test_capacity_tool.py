import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import capacity as capacity_tool
from ...tools.capacity import Book, Limit, limits_of_day

MONDAY = date(2026, 6, 8)
days = st.dates(MONDAY, date(2026, 6, 21))
limits = st.lists(st.builds(
    Limit, st.integers(0, 5), st.sampled_from([None, 1, 2]),
    st.one_of(st.none(), st.integers(0, 6))), max_size=6)


class TestCapacityTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(capacity_tool)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_date_beats_weekday_beats_every_day(self):
        plan = [Limit(10), Limit(5, weekday=0), Limit(1, day=MONDAY)]
        for day, orders in [
                (MONDAY, 1), (date(2026, 6, 15), 5), (date(2026, 6, 9), 10)]:
            with self.subTest(day=day):
                self.assertEqual(limits_of_day(plan, day), {None: orders})

    def test_of_two_equal_limits_the_smaller_holds(self):
        for plan in ([Limit(3), Limit(2)], [Limit(2), Limit(3)]):
            self.assertEqual(limits_of_day(plan, MONDAY), {None: 2})

    def test_category_and_total_both_hold(self):
        book = Book([Limit(3), Limit(2, category=7)])
        book.use(MONDAY, [7, 9], 2)
        self.assertEqual(book.left(MONDAY, [7, 9]), 0)
        self.assertEqual(book.left(MONDAY, [8]), 1)
        self.assertTrue(book.has_room(date(2026, 6, 9), [7]))

    def test_without_limit_there_is_always_room(self):
        book = Book([Limit(1, day=MONDAY)])
        book.use(date(2026, 6, 9), [], 1000)
        self.assertIsNone(book.left(date(2026, 6, 9)))
        self.assertTrue(book.has_room(date(2026, 6, 9)))

    @given(limits, st.lists(st.tuples(days, st.sampled_from([(), (1,), (2,), (1, 2)]))))
    def test_booking_where_there_is_room_never_overbooks(self, plan, wishes):
        book = Book(plan)
        for day, categories in wishes:
            if book.has_room(day, categories):
                book.use(day, categories)
        for day in {day for day, __ in wishes}:
            for category, orders in limits_of_day(plan, day).items():
                self.assertLessEqual(book.used(day, category), orders)

    @given(limits, days, st.sampled_from([(), (1,), (2,)]))
    def test_an_order_takes_one_place(self, plan, day, categories):
        book = Book(plan)
        before = book.left(day, categories)
        book.use(day, categories)
        after = book.left(day, categories)
        self.assertEqual(after, None if before is None else max(before - 1, 0))
