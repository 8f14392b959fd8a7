import doctest
import statistics
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import part_class, part_code, part_fit
from ..tools.part_class import (
    ClassRules,
    PartFacts,
    abc_classes,
    classify,
    cumulated_shares,
    fsn_class,
    service_level,
    settle,
    variation,
    xyz_class,
)
from ..tools.part_fit import FitRange

values = st.lists(st.integers(0, 10**7).map(lambda cents: cents / 100), min_size=1, max_size=60)
months = st.lists(st.integers(0, 500), min_size=1, max_size=36)
numbers = st.integers(0, 9999).map(lambda number: f'A-{number:04}')
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
# typed from domain 3.3
LEVELS = {'AX': 99, 'AY': 98, 'AZ': 95, 'BX': 97, 'BY': 95, 'BZ': 90, 'CX': 95, 'CY': 90, 'CZ': 85}
VED = {'vital': 99, 'essential': 95, 'desirable': 90}


class TestPartTools(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in (part_class, part_code, part_fit):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    # === ABC === #

    def test_ten_parts_by_value(self):
        # 5,000 in all; 80 % = 4,000 after two parts, 95 % = 4,750 after five
        self.assertEqual(
            abc_classes([2500, 1500, 400, 200, 150, 100, 60, 50, 40, 0]), [*'AABBBCCCCC'])

    def test_a_part_above_all_cuts_is_an_a_part(self):
        self.assertEqual(abc_classes([99, 1]), ['A', 'C'])

    def test_nothing_used_makes_c_parts(self):
        self.assertEqual(abc_classes([0, 0]), ['C', 'C'])

    def test_negative_value_and_cuts_out_of_order_are_refused(self):
        with self.assertRaisesRegex(ValueError, "negative"):
            abc_classes([-1, 5])
        with self.assertRaisesRegex(ValueError, "cuts"):
            abc_classes([1, 5], (95, 80))

    @given(values)
    def test_a_larger_value_never_has_a_lower_class(self, used):
        ranked = sorted(zip(used, abc_classes(used), strict=True), key=lambda pair: -pair[0])
        self.assertEqual([name for __, name in ranked], sorted(name for __, name in ranked))

    @given(values)
    def test_a_parts_have_no_more_than_their_share_but_for_the_largest(self, used):
        a_parts = sorted(
            (value for value, name in zip(used, abc_classes(used), strict=True) if name == 'A'),
            reverse=True)
        if len(a_parts) > 1:
            self.assertLessEqual(sum(a_parts), 0.80 * sum(used) + 1e-6)

    @given(values)
    def test_shares_end_at_a_hundred(self, used):
        self.assertAlmostEqual(max(cumulated_shares(used)), 100.0)

    # === THE OTHER CLASSES === #

    @given(months)
    def test_variation_is_that_of_the_population(self, demand):
        found = variation(sum(demand), sum(value * value for value in demand), len(demand))
        if not sum(demand):
            self.assertIsNone(found)
        else:
            mean = statistics.fmean(demand)
            self.assertAlmostEqual(found, statistics.pstdev(demand) / mean, places=4)

    def test_cuts_of_domain(self):
        self.assertEqual([xyz_class(cv) for cv in (0.5, 1.0, 1.1)], ['X', 'Y', 'Z'])
        self.assertEqual([fsn_class(idle) for idle in (11, 12, 24)], ['F', 'S', 'N'])

    def test_negative_demand_is_refused(self):
        with self.assertRaisesRegex(ValueError, "negative"):
            variation(-1, 1, 12)

    def test_one_month_of_demand_in_a_year_is_irregular(self):
        [part] = classify([PartFacts(100, 10, 10, 100, 12, 0)], ClassRules())
        self.assertEqual((part.xyz, round(part.variation, 4)), ('Z', 3.3166))

    # === SERVICE LEVEL === #

    def test_the_higher_of_both_tables_counts(self):
        rules = ClassRules(cell_levels=LEVELS, ved_levels=VED)
        self.assertEqual(service_level('C', 'Z', 'F', 'vital', rules), 99)
        self.assertEqual(service_level('A', 'Y', 'F', 'desirable', rules), 98)
        self.assertEqual(service_level('C', 'Z', 'S', 'desirable', rules), 90)

    def test_dead_parts_have_no_target(self):
        rules = ClassRules(cell_levels=LEVELS, ved_levels=VED)
        self.assertEqual(service_level('A', 'X', 'N', 'vital', rules), 0)

    def test_a_level_of_a_hundred_is_refused(self):
        with self.assertRaisesRegex(ValueError, "below 100"):
            service_level('A', 'X', 'F', 'vital', ClassRules(cell_levels={'AX': 100.0}))

    # === HYSTERESIS === #

    @given(st.lists(st.sampled_from('ABC'), min_size=1, max_size=12), st.integers(1, 4))
    def test_a_class_changes_only_after_runs_in_a_row(self, proposals, needed):
        current = candidate = None
        runs = 0
        for index, proposed in enumerate(proposals):
            before = current
            current, candidate, runs = settle(current, candidate, runs, proposed, needed)
            if before and current != before:
                last = proposals[max(index - needed + 1, 0):index + 1]
                self.assertEqual({*last}, {current})
                self.assertEqual(len(last), needed)

    @given(st.sampled_from('ABC'), st.sampled_from('ABC'), st.integers(1, 4))
    def test_runs_over_the_same_month_are_one_run(self, current, proposed, needed):
        first = settle(current, None, 0, proposed, needed)
        self.assertEqual(settle(*first, proposed, needed, is_new_month=False), first)

    # === FITS === #

    def test_the_old_board_of_practice_case_p1(self):
        old = FitRange(built_to=date(2023, 4, 30))
        self.assertTrue(old.takes(built=date(2023, 4, 30)))
        self.assertIs(old.takes(built=date(2023, 5, 1)), False)
        self.assertIs(old.takes(built=date(2023, 8, 15)), False)

    @given(numbers, numbers, numbers)
    def test_what_two_ranges_take_makes_them_overlap(self, first, last, number):
        one, other = FitRange(min(first, last), max(first, last)), FitRange(first)
        if one.takes(number) and other.takes(number):
            self.assertTrue(one.overlaps(other))
        self.assertEqual(one.overlaps(other), other.overlaps(one))

    @given(days, days, days)
    def test_ranges_of_days_apart_take_no_day_both(self, first, last, day):
        one = FitRange(built_from=min(first, last), built_to=max(first, last))
        other = FitRange(built_from=max(first, last), built_to=max(first, last))
        self.assertEqual(one.takes(built=max(first, last)), True)
        self.assertTrue(one.overlaps(other))
        if not one.overlaps(FitRange(built_from=day, built_to=day)):
            self.assertIs(one.takes(built=day), False)
