import doctest
from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.aftersales_service.tests import properties  # noqa: F401 (30 examples)

from ..tools import scores


@tagged('post_install', '-at_install')
class TestScoreTools(BaseCase):
    """Figures typed from the reference and from published samples, not read from data."""

    def test_examples_of_the_docstrings_hold(self):
        result = doctest.testmod(scores)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_survey_of_700_calls(self):
        """85 numbers expired, 60 refused, 125 not reached, 430 answered, 387 of them content."""
        reach, response, refusal = scores.rates(answered=430, refused=60, total=700)
        self.assertEqual(
            [round(rate, 1) for rate in (reach, response, refusal)], [70.0, 61.4, 12.2])
        self.assertEqual(scores.share(387, 430), 90.0)
        self.assertEqual([round(limit, 1) for limit in scores.wilson(387, 430)], [86.8, 92.5])

    def test_index_of_the_handbook(self):
        """Very satisfied 100, satisfied 80, fair 60, unsatisfied 40, very unsatisfied 20."""
        self.assertEqual(
            [scores.csi([(100, rating, 5)]) for rating in (5, 4, 3, 2, 1)],
            [100, 80, 60, 40, 20])
        weights = (20, 25, 15, 10, 10, 10, 5, 5)
        self.assertEqual(scores.csi([(weight, 4, 5) for weight in weights]), 80)
        # 5 for the speed (20), 3 for the quality (25), the rest (55) unanswered: 175 / 225
        self.assertAlmostEqual(scores.csi([(20, 5, 5), (25, 3, 5)]), 77.7778, 4)
        self.assertIsNone(scores.csi([(0, 5, 5)]))

    def test_recommendation_satisfaction_and_effort(self):
        self.assertEqual(scores.nps(50, 30, 20), 30)
        self.assertEqual(scores.nps(0, 0, 3), -100)
        self.assertEqual(scores.csat([5, 4, 4, 3, 2]), 60)
        self.assertEqual(scores.ces([7, 6, 2]), 5)

    def test_service_quality_with_published_weights(self):
        """The gaps of the five dimensions, with 32, 22, 19, 16 and 11 points."""
        gaps = {'reliability': -1.0, 'responsiveness': -0.5, 'assurance': -0.2,
                'empathy': -0.3, 'tangibles': 0.1}
        points = {'reliability': 32, 'responsiveness': 22, 'assurance': 19, 'empathy': 16,
                  'tangibles': 11}
        self.assertAlmostEqual(scores.servqual(gaps, points), -0.505)
        self.assertAlmostEqual(scores.servqual(gaps), -0.38)
        self.assertEqual(
            scores.dimension_gaps({'empathy': [(7, 5), (6, 6), (5, 6)]})['empathy'], -1 / 3)

    def test_no_answers_are_no_figure(self):
        for figure in (scores.nps(0, 0, 0), scores.csat([]), scores.ces([]), scores.csi([]),
                       scores.servqual({}), scores.share(0, 0), scores.wilson(0, 0),
                       scores.nps_interval(0, 0, 0), scores.mean_interval(5, 1, 1),
                       scores.control_limits([80]), scores.cronbach_alpha([(1, 2)])):
            self.assertIsNone(figure)
        self.assertEqual(scores.rates(0, 0, 0), (None, None, None))

    def test_quantiles_of_the_tables(self):
        self.assertAlmostEqual(scores.z_value(0.9), 1.645, 3)
        self.assertAlmostEqual(scores.z_value(0.99), 2.576, 3)
        for degrees, value in {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 9: 2.262,
                               29: 2.045, 120: 1.980}.items():
            self.assertAlmostEqual(scores.t_value(degrees) / value, 1, 2)

    def test_alpha_of_a_published_sample(self):
        """Four items, five people; computed by hand from the variances."""
        rows = [(4, 5, 4, 5), (3, 3, 2, 3), (5, 5, 5, 4), (2, 3, 2, 2), (4, 4, 3, 4)]
        # variances of the items 1.3, 1.0, 1.7, 1.3; of the sums 18.8
        self.assertAlmostEqual(scores.cronbach_alpha(rows), 4 / 3 * (1 - 5.3 / 18.8), 6)
        self.assertIsNone(scores.cronbach_alpha([(3, 3), (3, 3)]))

    @given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 50))
    def test_interval_holds_its_figure(self, total, count, more):
        count = min(count, total)
        low, high = scores.wilson(count, total)
        self.assertTrue(0 <= low <= 100 * count / total + 1e-9 and high <= 100)
        self.assertLessEqual(100 * count / total, high + 1e-9)
        wide = scores.wilson(count, total, 0.99)
        self.assertTrue(wide.low <= low + 1e-9 and high <= wide.high + 1e-9)
        parts = (count, total - count, more)
        limits, score = scores.nps_interval(*parts), scores.nps(*parts)
        self.assertTrue(-100 <= limits.low <= score <= limits.high <= 100)

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 5), st.just(5)), min_size=1))
    def test_index_depends_on_the_ratio_of_weights_only(self, items):
        self.assertTrue(20 <= scores.csi(items) <= 100)
        doubled = [(2 * weight, rating, best) for weight, rating, best in items]
        self.assertAlmostEqual(scores.csi(items), scores.csi(doubled))

    @given(st.lists(st.floats(0, 100), min_size=2, max_size=24))
    def test_limits_lie_around_the_mean(self, trend):
        mean, below, above = scores.control_limits(trend)
        self.assertAlmostEqual(mean, fmean(trend))
        self.assertAlmostEqual(mean - below, above - mean)
