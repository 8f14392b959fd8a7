import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import call_log, contact, evaluation
from ..tools.evaluation import Indicator, Level, find_level, round_down, score_sample, total

# typed from domain 4.12
LEVELS = [Level('passed', 70), Level('three', 80), Level('four', 90), Level('five', 95)]

indicators = st.builds(
    lambda points, share, is_applicable, deductions: Indicator(
        points, points * share, is_applicable, deductions),
    st.integers(1, 20), st.floats(0, 1), st.booleans(), st.integers(0, 2))


class TestEvaluationTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in (evaluation, contact, call_log):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_score_of_the_reference(self):
        """66 of 80 applicable points are 82.5: level three (domain 6.1)."""
        card = [Indicator(40, 36), Indicator(40, 30), Indicator(20, None, is_applicable=False)]
        self.assertEqual(total(card), 82.5)
        self.assertEqual(find_level(82.5, 0, LEVELS), 'three')

    def test_whole_card_by_hand(self):
        """40/35/25: no delivery (5), no recovery (4); 17 of 20 repairs, culture (4) lost."""
        card = [
            *(Indicator(points, points) for points in (6, 8, 8, 6, 4, 4)), Indicator(4, 0.0),
            Indicator(6, 6), Indicator(5, 5), Indicator(5, None, False),
            Indicator(9, score_sample(9, 20, 17)), Indicator(6, 6), Indicator(4, None, False),
            Indicator(12, 12), Indicator(13, 13, deductions=2)]
        # 91 apply; 36 + 24.65 + 25 = 85.65 reached; 94.12 less 2
        self.assertEqual(round_down(total(card)), 92.12)
        self.assertEqual(round_down(total(card, bonus=1)), 93.12)
        self.assertEqual(find_level(92.12, 2, LEVELS), 'four')

    def test_levels_begin_at_their_limit(self):
        found = {score: find_level(score, 0, LEVELS) for score in (
            0, 69.99, 70, 79.99, 80, 89.99, 90, 94.99, 95, 100)}
        self.assertEqual(found, {
            0: None, 69.99: None, 70: 'passed', 79.99: 'passed', 80: 'three', 89.99: 'three',
            90: 'four', 94.99: 'four', 95: 'five', 100: 'five'})

    def test_five_special_deductions_fail_whatever_the_score(self):
        self.assertEqual(find_level(95, 4, LEVELS), 'five')
        self.assertIsNone(find_level(95, 5, LEVELS))
        self.assertIsNone(find_level(None, 0, LEVELS))

    def test_impossible_samples_are_refused(self):
        for size, passed in ((0, 0), (-1, 0), (5, 6), (5, -1)):
            with self.subTest(size=size, passed=passed), self.assertRaisesRegex(
                    ValueError, "sample"):
                score_sample(5, size, passed)

    @given(st.lists(indicators, max_size=20), st.floats(0, 3))
    def test_score_stays_within_100_and_grows_with_the_bonus_by_at_most_one(self, card, bonus):
        plain, better = total(card), total(card, bonus)
        if plain is None:
            self.assertFalse(any(indicator.is_applicable for indicator in card))
            return
        self.assertTrue(0 <= plain <= better <= 100)
        self.assertLessEqual(better - plain, 1.005)

    @given(st.lists(indicators, min_size=1, max_size=20))
    def test_what_does_not_apply_changes_nothing(self, card):
        applicable = [indicator for indicator in card if indicator.is_applicable]
        self.assertEqual(total(card), total(applicable))
