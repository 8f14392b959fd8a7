import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import liability, money, month
from ..tools.liability import UnitRow, find_unit_row, missing_share, split_in_unit, split_loss
from ..tools.money import divide

# domain 2.9, typed by hand: direct person, first and second superior
UNWATCHED = [UnitRow(500, 80, 15, 5), UnitRow(1000, 70, 20, 10), UnitRow(None, 60, 25, 15)]
WATCHED = [UnitRow(500, 70, 25, 5), UnitRow(1000, 60, 30, 10), UnitRow(None, 50, 35, 15)]

amounts = st.integers(0, 10**9).map(lambda cents: cents / 100)
points = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=30)


class TestLiabilityTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in liability, money, month:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_shares_of_the_broken_oven_glass(self):
        # practice case C1: resold within the month, and unsold after it
        self.assertEqual(split_loss(2660, [60, 30, 10]), [1596, 798, 266])
        self.assertEqual(split_loss(4560, [60, 30, 10]), [2736, 1368, 456])

    def test_split_between_units_and_inside_one(self):
        # domain 6.1: loss 800, 70/30; unit one, not watched
        units = split_loss(800, [70, 30])
        self.assertEqual(units, [560, 240])
        row = find_unit_row(units[0], UNWATCHED)
        self.assertEqual(split_in_unit(560, row, [1]), ([392], 112, 56, 0))

    def test_every_row_of_the_table(self):
        expected = [
            (400, UNWATCHED, (320, 60, 20)), (400, WATCHED, (280, 100, 20)),
            (500, UNWATCHED, (400, 75, 25)), (500, WATCHED, (350, 125, 25)),
            (1000, UNWATCHED, (700, 200, 100)), (1000, WATCHED, (600, 300, 100)),
            (2000, UNWATCHED, (1200, 500, 300)), (2000, WATCHED, (1000, 700, 300))]
        for amount, rows, (direct, first, second) in expected:
            with self.subTest(amount=amount, is_watched=rows is WATCHED):
                self.assertEqual(
                    split_in_unit(amount, find_unit_row(amount, rows), [2]),
                    ([direct], first, second, 0))

    def test_manager_who_hides_the_fault_bears_all_of_it(self):
        self.assertEqual(
            split_in_unit(2000, WATCHED[2], [2, 1], is_hidden_by_superior=True),
            ([0, 0], 2000, 0, 0))
        with self.assertRaises(ValueError):
            split_in_unit(2000, WATCHED[2], [2], has_first=False, is_hidden_by_superior=True)

    def test_part_of_a_superior_who_is_missing_stays_with_the_unit(self):
        self.assertEqual(
            split_in_unit(1000, UNWATCHED[1], [1], has_first=False, has_second=False),
            ([700], 0, 0, 300))

    def test_shares_must_be_100_and_nothing_negative(self):
        self.assertEqual(missing_share([60, 30]), 10)
        self.assertEqual(missing_share([60, 30, 20]), -10)
        for loss, shares in ((100, [60, 30]), (100, [60, 50]), (100, [110, -10]), (-1, [100]),
                             (100, [])):
            with self.subTest(loss=loss, shares=shares), self.assertRaises(ValueError):
                split_loss(loss, shares)

    @given(amounts, points.filter(any), st.sampled_from([0.01, 0.05, 1.0]))
    def test_parts_sum_to_the_amount_and_none_is_negative(self, amount, weights, step):
        parts = divide(amount, weights, step)
        self.assertAlmostEqual(sum(parts), round(amount / step) * step, delta=step * 0.51)
        self.assertGreaterEqual(min(parts), 0)
        for part, weight in list(zip(parts, weights, strict=True))[1:]:
            self.assertAlmostEqual(part, amount * weight / sum(weights), delta=step * 1.01)

    @given(amounts, points, st.sampled_from(UNWATCHED + WATCHED), st.booleans(), st.booleans())
    def test_inside_a_unit_nothing_is_lost(self, amount, weights, row, has_first, has_second):
        split = split_in_unit(
            amount, row, weights, has_first=has_first, has_second=has_second)
        self.assertAlmostEqual(
            sum(split.direct) + split.first + split.second + split.unit, amount, places=2)
        self.assertGreaterEqual(min(*split.direct, split.first, split.second, split.unit), 0)
