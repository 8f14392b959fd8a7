import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import cost
from ...tools.cost import (
    Way,
    activity_rate,
    break_even,
    joint_way,
    outsourced_way,
    own_way,
    time_rate,
)
from .. import properties  # noqa: F401

amounts = st.floats(0, 1e6, allow_nan=False).map(lambda number: round(number, 2))
counts = st.integers(1, 10_000)
ways = st.builds(Way, amounts, amounts)


class TestCostTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(cost)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_no_capacity_gives_no_rate(self):
        for capacity in (0, -1):
            with self.subTest(capacity=capacity), self.assertRaises(ValueError):
                activity_rate(100, capacity)

    @given(amounts, counts)
    def test_rate_at_full_capacity_charges_the_whole_pool(self, pool, capacity):
        self.assertAlmostEqual(activity_rate(pool, capacity) * capacity, pool, delta=1e-4)

    @given(amounts, st.floats(0, 480))
    def test_twice_the_minutes_cost_twice(self, per_minute, minutes):
        self.assertAlmostEqual(
            time_rate(per_minute, 2 * minutes), 2 * time_rate(per_minute, minutes), delta=1e-3)

    @given(amounts, amounts, st.floats(0, 1), counts)
    def test_own_way_costs_what_was_recorded(self, recorded, direct, part, quantity):
        way = own_way(recorded, recorded * part, direct, quantity)
        self.assertAlmostEqual(way.total(quantity), recorded + direct, delta=1e-3)

    def test_own_way_without_returns_keeps_its_fixed_part(self):
        self.assertEqual(own_way(0, 300, 0, 0), Way(300, 0))

    @given(ways, ways)
    def test_both_ways_cost_the_same_at_the_break_even(self, one, other):
        number = break_even(one, other)
        if number is not None:
            self.assertGreater(number, 0)
            self.assertAlmostEqual(
                one.total(number), other.total(number),
                delta=1e-6 * (1 + abs(one.total(number))))

    @given(ways, ways, counts)
    def test_without_break_even_one_way_wins_at_every_number(self, one, other, number):
        if break_even(one, other) is None:
            first, second = one.total(1) - other.total(1), one.total(number) - other.total(number)
            self.assertGreaterEqual(first * second, 0)

    @given(ways, ways)
    def test_break_even_does_not_depend_on_who_asks(self, one, other):
        self.assertEqual(break_even(one, other), break_even(other, one))

    def test_ways_of_others(self):
        self.assertEqual(joint_way(30_000, 0, 14), Way(0, 14))
        self.assertEqual(outsourced_way(0, 18, 0, 300), Way(0, 18))
