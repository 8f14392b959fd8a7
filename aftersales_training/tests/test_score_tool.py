import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import score
from ..tools.score import Rule, find_level, get_correction, get_points, get_total, rank, to_percent

# typed from domain 5.5: key -> weight; the total is 100
WEIGHTS = {
    'satisfaction': 20, 'complaints': 10, 'cost': 5, 'problems': 5, 'behaviour': 10, 'files': 5,
    'first_fix': 15, 'response': 15, 'reach': 5, 'repeat': 5, 'utilisation': 5}
LEVELS = {'excellent': 90, 'good': 80, 'pass': 70, 'weak': 0}

shares = st.one_of(st.none(), st.floats(0, 100))
rules = st.builds(
    Rule, st.integers(1, 20), st.floats(0, 100), st.sampled_from(['higher', 'lower']),
    st.floats(0, 5))


class TestScoreTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(score)
        self.assertGreater(result.attempted, 10)
        self.assertFalse(result.failed)

    def test_weight_without_cases_is_redistributed(self):
        """No complaints: 81 of 90 are 90.0 (practice case T2)."""
        self.assertEqual(sum(WEIGHTS.values()), 100)
        lost = {'satisfaction': 5, 'first_fix': 4}
        parts = [(None if key == 'complaints' else weight - lost.get(key, 0), weight)
                 for key, weight in WEIGHTS.items()]
        self.assertEqual(get_total(parts), 90.0)
        self.assertEqual(find_level(90.0, LEVELS), 'excellent')

    def test_nothing_was_done_is_no_score(self):
        self.assertIsNone(get_total([(None, weight) for weight in WEIGHTS.values()]))
        self.assertIsNone(to_percent(0, 0))

    @given(rules, shares)
    def test_points_stay_between_zero_and_the_weight(self, rule, percent):
        points = get_points(rule, percent)
        if percent is None:
            self.assertIsNone(points)
        else:
            self.assertTrue(0 <= points <= rule.weight)

    @given(st.lists(st.tuples(rules, shares), max_size=11))
    def test_what_does_not_apply_changes_no_score(self, cards):
        parts = [(get_points(rule, percent), rule.weight) for rule, percent in cards]
        judged = [part for part in parts if part[0] is not None]
        self.assertEqual(get_total(parts), get_total(judged))
        self.assertTrue(not judged or 0 <= get_total(parts) <= 100)

    @given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
    def test_corrections_lead_to_what_is_measured_now(self, closed, first, second):
        closed, first, second = (round(value, 1) for value in (closed, first, second))
        noted = get_correction(closed, 0.0, first)
        again = get_correction(closed, noted, second)
        self.assertAlmostEqual(closed + noted + again, second, 1)
        self.assertEqual(get_correction(closed, round(noted + again, 1), second), 0.0)

    @given(st.dictionaries(st.floats(0, 100), st.integers(1, 4), max_size=8), st.integers(0, 9))
    def test_few_are_not_ranked(self, counts, minimum):
        places = rank(counts, minimum)
        self.assertEqual(bool(places), bool(counts) and sum(counts.values()) >= minimum)
        self.assertTrue(not places or places[max(counts)] == 1)
