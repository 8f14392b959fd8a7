import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import forecast as tool
from ..tools.forecast import (
    bias,
    croston,
    deviation,
    find_pattern,
    find_season,
    forecast,
    look_ahead,
    mase,
    plan_season,
    sba,
    ses,
    tsb,
)

# 24 months of a part that is seldom asked for, and of one that is asked for each month
SELDOM = [0, 3, 0, 0, 7, 0, 2, 0, 0, 0, 5, 0, 1, 0, 0, 9, 0, 0, 4, 0, 2, 0, 0, 6]
SMOOTH = [12, 15, 11, 14, 13, 16, 12, 15, 14, 13, 17, 12, 15, 14, 13, 16, 12, 14, 15, 13, 12, 16,
          14, 15]
LUMPY = [0, 1, 0, 0, 20, 0, 1, 0, 0, 2, 0, 0]
# practice case P2: 300 a month from June to August, else 20
SUMMER = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]
# two years of it as they may come (Poisson)
TWO_SUMMERS = [12, 24, 13, 20, 23, 294, 296, 289, 23, 17, 26, 20,
               18, 16, 17, 23, 25, 309, 296, 323, 25, 20, 23, 26]

quantities = st.lists(st.integers(0, 50), min_size=2, max_size=48)
alphas = st.floats(0.01, 0.9)


# computed with numpy from the papers' definitions (sums with weights), and by statsforecast 2.1.1
METHOD_NUMBERS = [
    (ses, SMOOTH, 13.891054846068899), (croston, SELDOM, 1.5924491962483494),
    (sba, SELDOM, 1.5128267364359318), (tsb, SELDOM, 1.4328248587296721)]
PATTERN_NUMBERS = [
    (SELDOM, 'intermittent', 2.6666666666666665, 0.33136094674556216),
    (SMOOTH, 'smooth', 1.0, 0.012688364039715391),
    (LUMPY, 'lumpy', 3.0, 1.8194444444444444)]
MASE_SES, BIAS_SBA, SIGMA_SMOOTH = 0.61784198539155, -0.18254061699192875, 1.596531566702726


class TestForecastTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(tool)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    # === NUMBERS OF AN INDEPENDENT COMPUTATION === #

    def test_methods(self):
        for method, series, expected in METHOD_NUMBERS:
            with self.subTest(method=method.__name__):
                self.assertAlmostEqual(method(series, 0.1)[-1], expected, places=10)

    def test_pattern(self):
        for series, kind, adi, cv2 in PATTERN_NUMBERS:
            with self.subTest(kind=kind):
                pattern = find_pattern(series)
                self.assertEqual(pattern.kind, kind)
                self.assertAlmostEqual(pattern.adi, adi, places=10)
                self.assertAlmostEqual(pattern.cv2, cv2, places=10)

    def test_errors(self):
        self.assertAlmostEqual(mase(SMOOTH, ses(SMOOTH, 0.1)), MASE_SES, places=10)
        self.assertAlmostEqual(bias(SELDOM, sba(SELDOM, 0.1)), BIAS_SBA, places=10)
        self.assertAlmostEqual(deviation(SMOOTH), SIGMA_SMOOTH, places=10)

    def test_the_cuts_belong_to_the_upper_pattern(self):
        """ADI 1.32 and CV² 0.49 are the first of the intermittent and of the erratic."""
        thirty_three = [1] * 25 + [0] * 8  # 33 / 25 = 1.32
        self.assertEqual(find_pattern(thirty_three).kind, 'intermittent')
        self.assertEqual(find_pattern([1] * 26 + [0] * 7).kind, 'smooth')
        self.assertEqual(find_pattern([3, 17]).kind, 'erratic')  # CV² = (7 / 10)²
        self.assertEqual(find_pattern([4, 16]).kind, 'smooth')

    def test_method_follows_the_pattern(self):
        for series, method in [
                (SMOOTH, 'ses'), (SELDOM, 'sba'), ([1, 0, 0] * 8, 'sba'), (SELDOM[:11], 'ses'),
                ([5] * 14 + [0] * 10, 'tsb'), ([0] * 24, 'none')]:
            with self.subTest(method=method, series=series):
                found = forecast(series, 1)
                self.assertIn(found.method, (method, 'croston') if method == 'sba' else (method,))
        self.assertEqual(forecast(SMOOTH, 1, is_ending=True).method, 'tsb')

    # === SEASONS === #

    def test_season_of_practice_case_p2(self):
        found = forecast(SUMMER * 3, 1)
        self.assertAlmostEqual(found.level, 90)
        self.assertAlmostEqual(look_ahead(found, 5, 2)[0], 320)  # May 20 + June 300
        self.assertAlmostEqual(look_ahead(found, 9, 2)[0], 40)  # September and October
        self.assertAlmostEqual(look_ahead(found, 7, 1.5, passed=0.5)[0], 450)

    def test_season_is_found_whatever_month_the_history_begins(self):
        for shift in range(12):
            with self.subTest(shift=shift):
                series = (SUMMER * 3)[shift:]
                season = find_season(series, shift + 1)
                self.assertAlmostEqual(season[6], 300 / 90)
                self.assertAlmostEqual(season[11], 20 / 90)

    def test_spread_around_a_season_has_fewer_degrees_of_freedom(self):
        """Twelve indices were taken from 24 months: by numpy, the sum of squares through 12."""
        found = forecast(TWO_SUMMERS, 1)
        self.assertAlmostEqual(found.sigma, 13.720894055196148)
        self.assertEqual((found.months, found.used), (24, 12))
        planned = forecast(TWO_SUMMERS, 1, season=plan_season({6: 15, 7: 15, 8: 15}))
        self.assertEqual((planned.months, planned.used), (24, 1))

    def test_years_that_differ_are_no_season(self):
        winter = SUMMER[6:] + SUMMER[:6]
        self.assertIsNone(find_season(SUMMER + winter, 1))
        self.assertIsNone(find_season(SELDOM, 1))
        self.assertIsNone(find_season([0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0] * 3, 1))

    def test_planned_season_holds_for_a_new_part(self):
        season = plan_season({6: 15, 7: 15, 8: 15})
        found = forecast([20, 20, 20, 20], 1, season=season)
        self.assertAlmostEqual(look_ahead(found, 5, 2)[0], 320)

    # === RULES FOR ALL SERIES === #

    @given(quantities, alphas)
    def test_forecasts_stay_between_nothing_and_the_highest_demand(self, series, alpha):
        for method in ses, croston, sba, tsb:
            for value in method(series, alpha):
                self.assertGreaterEqual(value, 0)
                self.assertLessEqual(value, max(series) + 1e-9)

    def test_history_that_begins_with_a_demand_says_nothing_of_its_interval(self):
        """A part that was asked for once, 22 months ago, is not asked for each month."""
        self.assertAlmostEqual(croston([1] + [0] * 22)[-1], 1 / 23)
        self.assertAlmostEqual(croston([1] + [0] * 9 + [1] + [0] * 12)[-1], 1 / 10)

    @given(quantities, alphas)
    def test_sba_is_croston_without_its_bias(self, series, alpha):
        for plain, corrected in zip(croston(series, alpha), sba(series, alpha), strict=True):
            self.assertAlmostEqual(corrected, plain * (1 - alpha / 2))

    @given(quantities, alphas)
    def test_tsb_falls_while_nothing_is_asked(self, series, alpha):
        values = tsb([*series, 0, 0, 0], alpha, alpha)[-3:]
        self.assertEqual(values, sorted(values, reverse=True))

    @given(quantities, st.integers(2, 9))
    def test_forecast_grows_with_the_unit(self, series, factor):
        """Boxes or pieces: the forecast is the same quantity."""
        one, many = forecast(series, 1), forecast([factor * value for value in series], 1)
        if one.season == many.season:  # a season asks for a quantity a year
            self.assertAlmostEqual(many.level, factor * one.level, places=6)
            self.assertEqual(many.method, one.method)

    @given(quantities, st.integers(1, 12), st.floats(0, 14), st.floats(0, 0.99))
    def test_demand_ahead_never_shrinks_with_time(self, series, month, months, passed):
        found = forecast(series, 1)
        near, far = (look_ahead(found, month, span, passed)[0] for span in (months, months + 1))
        self.assertGreaterEqual(far, near - 1e-9)

    @given(st.lists(st.integers(1, 50), min_size=24, max_size=48), st.integers(1, 12))
    def test_season_takes_nothing_from_a_year(self, series, first):
        season = find_season(series, first)
        if season:
            self.assertAlmostEqual(sum(season), 12)

    @given(st.lists(st.integers(-9, 9), min_size=1))
    def test_negative_demand_is_refused(self, series):
        if min(series) < 0:
            with self.assertRaises(ValueError):
                forecast(series, 1)
