"""How much of a part to keep: pure Python, no Odoo import.

Times and demands of one call have the same unit (days, or months of 30 days); service levels are
shares between 0 and 1, both excluded.
"""
from math import ceil, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import NamedTuple

from .forecast import ADI_CUT, Forecast, look_ahead

DAYS_A_MONTH = 30
_NORMAL = NormalDist()


def check_level(service_level: float) -> float:
    """Return a service level that can be kept; 100 % never can.

    >>> check_level(0.95)
    0.95
    >>> check_level(1.0)
    Traceback (most recent call last):
    ...
    ValueError: a service level lies between 0 and 100 %, both excluded
    """
    if not 0 < service_level < 1:
        raise ValueError("a service level lies between 0 and 100 %, both excluded")
    return service_level


def z_value(service_level: float) -> float:
    """Return how many standard deviations keep a service level.

    >>> [round(z_value(level), 3) for level in (0.8, 0.9, 0.95, 0.99)]
    [0.842, 1.282, 1.645, 2.326]
    """
    return _NORMAL.inv_cdf(check_level(service_level))


def add_lead_variance(variance: float, demand: float, lead_sigma: float) -> float:
    """Return ``L × σ_d² + d² × σ_L²``: the variance of the demand until an order comes.

    :param variance: of the demand in the usual lead time, ``L × σ_d²``
    :param lead_sigma: standard deviation of the lead time

    >>> add_lead_variance(9 * 4 ** 2, demand=10, lead_sigma=2)
    544
    """
    return variance + demand ** 2 * lead_sigma ** 2


def safety_stock(z: float, variance: float) -> float:
    """Return ``z × σ``: what is kept for a demand that is larger than expected.

    >>> round(safety_stock(1.645, 9 * 4 ** 2), 2), round(safety_stock(1.645, 544), 2)
    (19.74, 38.37)
    """
    return max(0.0, z) * sqrt(variance)


def economic_order_quantity(demand: float, ordering_cost: float, holding_cost: float) -> float:
    """Return ``√(2 D S / H)``, 0 where one of them is 0.

    :param demand: of a year
    :param ordering_cost: of one order
    :param holding_cost: of one piece for a year

    >>> economic_order_quantity(1000, 10, 2)
    100.0
    """
    if demand <= 0 or ordering_cost <= 0 or holding_cost <= 0:
        return 0.0
    return sqrt(2 * demand * ordering_cost / holding_cost)


def poisson_stock(mean: float, service_level: float) -> int:
    """Return the smallest stock that meets a Poisson demand with a service level.

    >>> poisson_stock(1.5, 0.95), poisson_stock(0.0, 0.99)
    (4, 0)
    """
    check_level(service_level)
    if mean <= 0:
        return 0
    stock, met = 0, exp(-mean)
    # far below the mean nothing is met: the sum begins where its terms are not lost
    if mean > 500:
        stock = int(mean - 12 * sqrt(mean))
        met = exp(stock * log(mean) - mean - lgamma(stock + 1))
    term = met
    while met < service_level:
        stock += 1
        term *= mean / stock
        if term < 1e-18 and stock > mean:
            break  # the rest is less than a float can tell
        met += term
    return stock


def base_stock(mean: float, variance: float, service_level: float) -> int:
    """Return the smallest stock that meets a demand of whole pieces with a service level.

    Where the demand spreads more than Poisson's (some ask for many pieces at once, or its months
    differ), it is the negative binomial distribution of the same mean and variance.

    :param variance: of the demand in the same time; up to the mean it is Poisson's

    >>> base_stock(2.5, 19.375, 0.95), base_stock(2.5, 2.0, 0.95)
    (11, 5)
    """
    check_level(service_level)
    if mean <= 0:
        return 0
    if variance <= mean * (1 + 1e-9):
        return poisson_stock(mean, service_level)
    more = (variance - mean) / variance
    size = mean ** 2 / (variance - mean)
    stock, logarithm = 0, size * log1p(-more)
    if logarithm < -700:  # far below the mean nothing is met, and a float cannot tell it
        stock = max(0, int(mean - 12 * sqrt(variance)))
        logarithm += (lgamma(stock + size) - lgamma(size) - lgamma(stock + 1)
                      + stock * log(more))
    met = term = exp(logarithm)
    while met < service_level:
        term *= (stock + size) / (stock + 1) * more
        stock += 1
        if term < 1e-18 and stock > mean:
            break  # the rest is less than a float can tell
        met += term
    return stock


def rotable_pool(demand: float, turnaround: float, transport: float, lead_time: float,
                 scrap: float, service_level: float) -> int:
    """Return how many pieces of a part that is repaired serve its demand, wherever they are.

    ``m = demand × (turnaround + transport) × (1 - scrap) + demand × lead_time × scrap`` pieces are
    away on the average: those that are repaired come back after the turnaround, in place of the
    others new ones after the lead time. The pool meets this Poisson demand with the level.

    :param demand: of a day; all times are days
    :param transport: there and back
    :param scrap: the share of pieces that cannot be repaired

    >>> rotable_pool(0.1, turnaround=20, transport=10, lead_time=60, scrap=0.2,
    ...              service_level=0.95)  # m = 2.4 + 1.2
    7
    """
    mean = demand * ((turnaround + transport) * (1 - scrap) + lead_time * scrap)
    return poisson_stock(mean, service_level)


def years_ahead(units: dict[int, float], rates: dict[int, float], years: float,
                survival: float = 1.0) -> float:
    """Return the failures of units of known ages in the coming ``years``.

    Units grow older each year; an age without a rate has that of the nearest younger one, or of
    the youngest. Each year ``survival`` of the units stay in use.

    :param units: units in use by age in years
    :param rates: failures in a unit and year by age

    >>> years_ahead({0: 100, 2: 50}, {0: 0.01, 1: 0.02, 2: 0.04}, 2)
    7.0
    """
    if not rates:
        return 0.0
    known = sorted(rates)
    need, year, left = 0.0, 0, years
    while left > 1e-9:
        part = min(1.0, left)
        for age, count in units.items():
            fitting = [one for one in known if one <= age + year]
            rate = rates[fitting[-1] if fitting else known[0]]
            need += count * survival ** year * rate * part
        left -= part
        year += 1
    return need


def last_time_buy(mean: float, service_level: float, scrap: float = 0.0, stock: float = 0.0,
                  returns: float = 0.0) -> int:
    """Return what to buy for the last time: need of the remaining years, less what there is.

    :param mean: expected demand until the end of support
    :param scrap: pieces that will be lost
    :param stock: on hand and on order
    :param returns: repaired pieces that will come back

    >>> last_time_buy(50, 0.95, scrap=2, stock=20, returns=5)
    39
    """
    return max(0, round_up(poisson_stock(mean, service_level) + scrap - stock - returns))


def excess(stock: float, maximum: float) -> float:
    """Return what lies above the maximum.

    >>> excess(320, 40), excess(10, 40)
    (280, 0)
    """
    return max(0, stock - maximum)


def round_up(quantity: float) -> int:
    """Return the next whole number; what floats add by chance does not count.

    >>> round_up(109.74), round_up(40.0000000001)
    (110, 40)
    """
    return ceil(quantity - 1e-6)


class Terms(NamedTuple):
    """What a policy and a supplier say of a part; money in one currency, a year has 12 months."""

    service_level: float | None  # None: not kept in stock
    lead_days: float
    review_days: float = 30.0
    lead_deviation: float = 0.0  # standard deviation as a share of the lead time
    unit_cost: float = 0.0
    ordering_cost: float = 0.0
    holding_rate: float = 0.2  # of the value, a year
    is_ending: bool = False


class Proposal(NamedTuple):
    """Minimum and maximum of a part, and what they are made of."""

    rule: str
    minimum: int
    maximum: int
    demand: float  # until what is ordered at the next review has come
    safety: float
    order_quantity: float


NO_STOCK = Proposal('none', 0, 0, 0.0, 0.0, 0.0)


def propose(found: Forecast, terms: Terms, month: int, passed: float = 0.0) -> Proposal:
    """Return the minimum and the maximum for a forecast.

    The minimum covers lead time and review. Steady demand: reorder point with safety stock;
    demand with empty months: base stock by the distribution of the pieces (``base_stock``). The
    maximum adds the demand of an order's cycle behind it, with its season; none where the part
    ends.

    :param month: the running calendar month, 1 to 12
    :param passed: the part of the running month that is over

    >>> from .forecast import forecast
    >>> propose(forecast([4] * 24, 1), Terms(0.95, lead_days=15), 1)[:3]
    ('normal', 6, 6)
    >>> propose(forecast([1, 0, 0] * 8, 1), Terms(0.95, lead_days=15), 1)[:3]
    ('poisson', 2, 2)
    """
    months = (terms.lead_days + terms.review_days) / DAYS_A_MONTH
    demand, variances = look_ahead(found, month, months, passed)
    if terms.service_level is None or found.method == 'none':
        return NO_STOCK._replace(demand=demand)
    batch = look_ahead(found, month, months + _cycle(found, terms), passed)[0] - demand
    variance = _spread(found, terms, demand, variances, demand / months if months else 0.0)
    if found.pattern.adi >= ADI_CUT:
        # few demands say little of their spread: as many as usual, of their mean size, are kept
        base = max(
            base_stock(demand, variance, terms.service_level),
            round_up(found.size * poisson_stock(demand / found.size, terms.service_level)))
        return Proposal(
            'poisson', base, max(base, round_up(base - 1 + batch)), demand,
            max(0.0, base - demand), batch)
    safety = safety_stock(z_value(terms.service_level), variance)
    point = demand + safety
    return Proposal('normal', round_up(point), round_up(point + batch), demand, safety, batch)


def _spread(found: Forecast, terms: Terms, demand: float, variances: float,
            monthly: float) -> float:
    """Return the variance of the demand until an order comes, with that of the lead time.

    Two or three years say little of how much a month differs from its season: such a demand
    spreads at least as Poisson's. What was taken from ``n`` months is itself off: a mean, for all
    ``L`` months ahead alike, by ``L / n`` of the variance, twelve indices by ``12 / n``.
    """
    own = found.sigma ** 2 * variances
    if found.season:
        own = max(own, demand)
    if found.months:
        ahead = (terms.lead_days + terms.review_days) / DAYS_A_MONTH
        own *= 1 + max(found.used, ahead) / found.months
    return add_lead_variance(own, monthly, terms.lead_deviation * terms.lead_days / DAYS_A_MONTH)


def _cycle(found: Forecast, terms: Terms) -> float:
    """Return for how many months to order: an economic order quantity of usual months.

    However cheap a part is, no more than for a year.
    """
    if terms.is_ending or not found.level:
        return 0.0
    quantity = economic_order_quantity(
        found.level * 12, terms.ordering_cost, terms.unit_cost * terms.holding_rate)
    return min(12.0, quantity / found.level)
