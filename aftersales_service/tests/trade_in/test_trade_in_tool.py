import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import trade_in
from ...tools.trade_in import Row, age_in_months, subsidy, valuate
from .. import properties  # noqa: F401

GRADES = ['new', 'good', 'worn', 'broken']
DAY = date(2026, 6, 1)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ages = st.integers(0, 240)
rows = st.builds(
    Row, st.sampled_from(GRADES), st.none() | st.integers(1, 4), ages, st.none() | ages,
    st.integers(0, 500), st.integers(0, 100), st.none() | days, st.none() | days)
prices = st.integers(0, 10_000)


class TestTradeInTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(trade_in)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_first_and_last_month_and_day_of_a_row(self):
        row = Row('good', 7, 12, 24, percent=20, start=date(2026, 1, 1), stop=date(2026, 12, 31))
        for age, day, fits in [
                (11, DAY, False), (12, DAY, True), (23, DAY, True), (24, DAY, False),
                (12, date(2025, 12, 31), False), (12, date(2026, 1, 1), True),
                (12, date(2026, 12, 31), True), (12, date(2027, 1, 1), False)]:
            with self.subTest(age=age, day=day):
                found = valuate([row], [7], 'good', age, day, 1000).row
                self.assertEqual(found, row if fits else None)

    def test_nearest_category_decides(self):
        table = [Row('good', category, amount=amount)
                 for category, amount in ((None, 10), (1, 20), (2, 30))]
        for path, amount in (([2, 1], 30), ([3, 1], 20), ([3], 10)):
            with self.subTest(path=path):
                self.assertEqual(valuate(table, path, 'good', 0, DAY, 1000).amount, amount)

    @given(st.lists(rows, max_size=12), st.sampled_from(GRADES), ages, days, prices)
    def test_value_is_never_negative_nor_above_a_known_price(self, table, grade, age, day, price):
        value = valuate(table, [1, 2], grade, age, day, price)
        self.assertGreaterEqual(value.amount, 0)
        if price:
            self.assertLessEqual(value.amount, price)

    @given(st.lists(rows, max_size=12), st.sampled_from(GRADES), ages, days)
    def test_a_unit_finds_two_rows_only_where_they_overlap(self, table, grade, age, day):
        fitting = [row for row in table if row.fits(grade, age, day)]
        for place, row in enumerate(fitting):
            for other in fitting[place + 1:]:
                if row.category == other.category:
                    self.assertTrue(row.overlaps(other))
                    self.assertTrue(other.overlaps(row))

    @given(days, days)
    def test_age_never_shrinks(self, bought, day):
        age = age_in_months(bought, day)
        self.assertGreaterEqual(age, 0)
        self.assertLessEqual(age, age_in_months(bought, max(day, bought).replace(year=2101)))

    @given(prices, st.integers(0, 100), st.integers(0, 5000))
    def test_subsidy_keeps_its_cap_and_the_price(self, price, percent, cap):
        paid = subsidy(price, percent, cap)
        self.assertLessEqual(paid, price)
        if cap:
            self.assertLessEqual(paid, cap)
