import doctest
from math import exp, lgamma, log

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import stock_rule
from ..tools.forecast import forecast
from ..tools.stock_rule import (
    Terms,
    add_lead_variance,
    base_stock,
    economic_order_quantity,
    excess,
    last_time_buy,
    poisson_stock,
    propose,
    rotable_pool,
    round_up,
    safety_stock,
    years_ahead,
    z_value,
)

SUMMER = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]
LUMPY = [0, 0, 0, 12, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 9, 0, 0, 2, 0, 0, 0, 1]
# (mean, service level, smallest stock), by scipy.stats.poisson.ppf
POISSON_NUMBERS = [
    (0.05, 0.9, 0), (0.5, 0.95, 2), (1.5, 0.95, 4), (4, 0.99, 9), (12.5, 0.9, 17),
    (100, 0.98, 121), (800, 0.95, 847), (5000, 0.99, 5165)]
# (mean, variance, service level, smallest stock), by scipy.stats.nbinom.ppf
SPREAD_NUMBERS = [
    (0.02, 1, 0.99, 0), (0.3, 0.9, 0.95, 2), (1, 3, 0.9, 3), (2.5, 19.375, 0.95, 11),
    (12, 12.0001, 0.9, 17), (40, 400, 0.99, 100), (900, 1000, 0.95, 952), (5000, 5001, 0.98, 5146),
    (5000, 2_000_000, 0.99, 8862)]
levels = st.floats(0.5, 0.999)


def _poisson_cdf(stock, mean):
    """Return the chance that a Poisson demand is met: ``Σ e^-m m^k / k!`` up to ``stock``."""
    return sum(exp(count * log(mean) - mean - lgamma(count + 1)) for count in range(stock + 1))


class TestStockRuleTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(stock_rule)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    # === NUMBERS OF THE HANDBOOKS (domain 3.4, 3.6, 3.9, 6.1) === #

    def test_z_values(self):
        for level, z in [
                (0.80, 0.842), (0.85, 1.036), (0.90, 1.282), (0.95, 1.645), (0.97, 1.881),
                (0.975, 1.960), (0.98, 2.054), (0.99, 2.326), (0.995, 2.576), (0.999, 3.090)]:
            with self.subTest(level=level):
                self.assertEqual(round(z_value(level), 3), z)

    def test_safety_stock_and_reorder_point(self):
        """90 are expected, and one standard deviation is 4 × √9 = 12 pieces."""
        safety = safety_stock(1.645, 9 * 4 ** 2)
        self.assertEqual(round(safety, 2), 19.74)
        self.assertEqual(round_up(90 + safety), 110)

    def test_safety_stock_where_lead_times_vary(self):
        variance = add_lead_variance(9 * 4 ** 2, 10, 2)
        self.assertEqual(round(safety_stock(1, variance), 2), 23.32)
        # 1.645 x 23.3238 = 38.3677; the reference adds the rounded sum
        self.assertEqual(round(safety_stock(1.645, variance), 2), 38.37)

    def test_proposal_keeps_these_safety_stocks(self):
        """Months of 6 and 14, as in the handbook a mean of 10 and a deviation of about 4."""
        found = forecast([6, 14] * 12, 1)._replace(level=10.0, sigma=4.0, months=0)
        terms = Terms(0.95, lead_days=240, review_days=30)  # nine months
        self.assertEqual(propose(found, terms, 1)[:4], ('normal', 110, 110, 90.0))
        self.assertAlmostEqual(propose(found, terms, 1).safety, 19.738, places=3)
        # two months are a quarter of the eight
        varying = propose(found, terms._replace(lead_deviation=0.25), 1)
        self.assertAlmostEqual(varying.safety, 38.364, places=3)

    def test_pool_of_parts_that_are_repaired(self):
        """Scrap 20 %: 0.1 x 30 x 0.8 + 0.1 x 60 x 0.2 = 3.6 pieces; by scipy's poisson.ppf."""
        pool = (0.1, 20, 10, 60)
        self.assertEqual(
            [rotable_pool(*pool, 0.2, level) for level in (0.9, 0.95, 0.99)], [6, 7, 9])
        # all are repaired: 3.0 pieces are away; none is: 6.0
        self.assertEqual([rotable_pool(*pool, scrap, 0.95) for scrap in (0, 1)], [6, 10])
        self.assertEqual(rotable_pool(0, 20, 10, 60, 0.2, 0.95), 0)

    def test_economic_order_quantity(self):
        self.assertAlmostEqual(economic_order_quantity(1200, 50, 6), 141.4213562373095)
        self.assertEqual(economic_order_quantity(0, 50, 6), 0)
        self.assertEqual(economic_order_quantity(1200, 50, 0), 0)

    def test_poisson(self):
        for mean, level, stock in POISSON_NUMBERS:
            with self.subTest(mean=mean, level=level):
                self.assertEqual(poisson_stock(mean, level), stock)
        self.assertAlmostEqual(_poisson_cdf(3, 1.5), 0.9343575456215499, places=12)

    def test_demand_that_spreads_more_than_poisson(self):
        for mean, variance, level, stock in SPREAD_NUMBERS:
            with self.subTest(mean=mean, variance=variance, level=level):
                self.assertEqual(base_stock(mean, variance, level), stock)

    def test_last_time_buy(self):
        # 5,000 units, one failure in 200 units and year, five years: m = 125
        need = years_ahead({0: 5000}, {0: 0.005}, 5)
        self.assertEqual(need, 125)
        self.assertEqual(last_time_buy(need, 0.95, scrap=3, stock=40, returns=10), 97)
        self.assertEqual(last_time_buy(need, 0.95, stock=1000), 0)

    def test_years_ahead_lets_units_grow_older(self):
        # 100 units of age 0 and 200 of age 1: 100 x 0.01 + 200 x 0.02, then 100 x 0.02
        # + 200 x 0.05, then half a year of 100 x 0.05 + 200 x 0.05
        self.assertAlmostEqual(
            years_ahead({0: 100, 1: 200}, {0: 0.01, 1: 0.02, 2: 0.05}, 2.5), 5 + 12 + 7.5)
        # half of them are out of use in the second year
        self.assertAlmostEqual(years_ahead({0: 100}, {0: 0.1}, 2, survival=0.5), 15)

    # === PROPOSALS === #

    def test_practice_case_p2(self):
        """Lead time 30 days and a monthly review: two months are covered."""
        found = forecast(SUMMER * 3, 1)
        terms = Terms(0.95, lead_days=30, review_days=30)
        # 320 + 1.644854 x √(320 x 48 / 36) = 353.98; 40 + 1.644854 x √(40 x 48 / 36) = 52.01
        self.assertEqual(propose(found, terms, 5)[:4], ('normal', 354, 354, 320.0))
        september = propose(found, terms, 9)
        self.assertEqual(september[:4], ('normal', 53, 53, 40.0))
        self.assertEqual(excess(500, september.maximum), 500 - 53)  # 460, less the safety stock

    def test_order_quantity_is_for_the_months_ahead(self):
        """A lot is 232 pieces of usual months, thus 2.58 months; each month of winter needs 20."""
        found = forecast(SUMMER * 3, 1)
        terms = Terms(0.95, lead_days=30, unit_cost=10, ordering_cost=50, holding_rate=0.2)
        september, may = propose(found, terms, 9), propose(found, terms, 5)
        self.assertAlmostEqual(september.order_quantity, 51.639778, places=5)
        self.assertEqual(september.maximum, 104)
        self.assertAlmostEqual(may.order_quantity, 300 + 300 + 11.639778, places=5)
        self.assertEqual(may.maximum, 966)
        steady = forecast([90] * 24, 1)
        self.assertAlmostEqual(propose(steady, terms, 9).order_quantity, 232.379001, places=5)

    def test_safety_stock_follows_the_season(self):
        """Years of 50 % and 150 %: what is uncertain in June is fifteen times that of May."""
        history = [value * factor for factor in (0.5, 1.5, 0.5, 1.5) for value in SUMMER]
        found = forecast(history, 1)
        terms = Terms(0.95, lead_days=30, review_days=30)
        may, september = propose(found, terms, 5), propose(found, terms, 9)
        self.assertGreater(may.safety, 10 * september.safety)
        self.assertEqual(may.minimum, round_up(may.demand + may.safety))

    def test_parts_that_are_not_stocked(self):
        found = forecast([4] * 24, 1)
        self.assertEqual(propose(found, Terms(None, lead_days=30), 1)[:3], ('none', 0, 0))
        self.assertEqual(
            propose(forecast([0] * 24, 1), Terms(0.95, lead_days=30), 1)[:3], ('none', 0, 0))

    def test_parts_that_end_are_ordered_in_no_lots(self):
        found = forecast([10] * 24, 1)
        terms = Terms(0.95, 30, unit_cost=5, ordering_cost=50)
        self.assertGreater(propose(found, terms, 1).order_quantity, 0)
        ending = propose(found, terms._replace(is_ending=True), 1)
        self.assertEqual(ending.minimum, ending.maximum)

    def test_bad_service_levels_are_refused(self):
        for level in 0, 1, 1.2, -0.5:
            with self.subTest(level=level):
                for refused in z_value, lambda level: poisson_stock(3, level):
                    with self.assertRaisesRegex(ValueError, "service level"):
                        refused(level)

    def test_lumpy_parts_are_kept_by_the_spread_of_their_demand(self):
        """Six demands of 28 pieces in two years; by scipy's nbinom and poisson, and by numpy.

        The negative binomial asks for 7, 13 and 20 pieces, demands of the mean size 28 / 6 for 10,
        14 and 19, and pieces one by one for 6, 8 and 9.
        """
        found = forecast(LUMPY, 1)
        self.assertAlmostEqual(found.level, 1.9909087384857025)
        self.assertEqual(
            [propose(found, Terms(level, lead_days=30), 1).minimum for level in (0.8, 0.95, 0.99)],
            [10, 14, 20])

    # === RULES FOR ALL NUMBERS === #

    @given(st.floats(0.01, 500), st.floats(1.001, 20), levels)
    def test_count_stock_is_the_smallest_that_keeps_the_level(self, mean, factor, level):
        stock = base_stock(mean, factor * mean, level)
        size, share = mean / (factor - 1), 1 / factor

        def met(count):
            return sum(exp(lgamma(one + size) - lgamma(size) - lgamma(one + 1)
                           + size * log(share) + one * log(1 - share))
                       for one in range(count + 1))

        self.assertGreaterEqual(met(stock), level - 1e-6)
        if stock:
            self.assertLess(met(stock - 1), level + 1e-6)

    @given(st.floats(0.01, 2000), levels)
    def test_poisson_stock_is_the_smallest_that_keeps_the_level(self, mean, level):
        stock = poisson_stock(mean, level)
        self.assertGreaterEqual(_poisson_cdf(stock, mean), level - 1e-6)
        if stock:
            self.assertLess(_poisson_cdf(stock - 1, mean), level + 1e-6)

    @given(st.lists(st.integers(0, 30), min_size=12, max_size=36), st.integers(1, 12),
           st.floats(0, 120), levels)
    def test_minimum_lies_below_maximum_and_covers_the_demand(self, series, month, lead, level):
        terms = Terms(level, lead, unit_cost=10, ordering_cost=50)
        proposal = propose(forecast(series, 1), terms, month)
        self.assertGreaterEqual(proposal.minimum, 0)
        self.assertGreaterEqual(proposal.maximum, proposal.minimum)
        if proposal.rule == 'normal':
            self.assertGreaterEqual(proposal.minimum, proposal.demand - 1e-6)

    @given(st.lists(st.integers(0, 30), min_size=12, max_size=36), st.floats(0, 120), levels,
           levels)
    def test_a_higher_level_never_keeps_less(self, series, lead, one, other):
        found = forecast(series, 1)
        low, high = (propose(found, Terms(level, lead), 6).minimum
                     for level in sorted((one, other)))
        self.assertGreaterEqual(high, low)

    @given(st.floats(0, 500), levels, st.floats(0, 100), st.floats(0, 1000), st.floats(0, 100))
    def test_last_buy_is_never_negative(self, mean, level, scrap, stock, returns):
        quantity = last_time_buy(mean, level, scrap, stock, returns)
        self.assertGreaterEqual(quantity, 0)
        self.assertLessEqual(quantity, round_up(poisson_stock(mean, level) + scrap) + 1)
