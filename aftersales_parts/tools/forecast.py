"""Forecasts of the monthly demand for a part: pure Python, no Odoo import.

A forecasting library with numba and pandas is too heavy for an addon; what parts need is short:
smoothing (SES) where demand is steady, Croston's method and its corrections where many months are
empty, and seasons. Quantities are those of a month; a series begins with its oldest month.
"""
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

# where demand is no more smooth (mean interval between demands, squared variation of their sizes)
ADI_CUT = 1.32
CV2_CUT = 0.49
# with fewer months than this only simple smoothing is used
MIN_MONTHS = 12
# two years look alike from this correlation on; a peak stands out from this index on
SEASON_CORRELATION = 0.7
SEASON_PEAK = 1.5
# a year with fewer months of demand, or with less demand, shows no season, but single events
SEASON_DEMANDS = 3
SEASON_QUANTITY = 12

Series = Sequence[float]


class Pattern(NamedTuple):
    """How a demand comes: its kind, the mean interval between demands and CV² of their sizes."""

    kind: str
    adi: float
    cv2: float


class Forecast(NamedTuple):
    """What is expected of a part in a month, how it was found and how well it did so far.

    ``level`` is the demand of a usual month, ``sigma`` its standard deviation around its season;
    ``season`` has the index of each calendar month, or is ``None``. ``size`` is the mean size of a
    demand. ``used`` numbers (a mean, or twelve months) were taken from the demand of ``months``.
    """

    method: str
    level: float
    sigma: float
    size: float
    pattern: Pattern
    season: tuple[float, ...] | None
    mase: float | None
    bias: float | None
    months: int = 0
    used: int = 1


NOTHING = Forecast('none', 0.0, 0.0, 0.0, Pattern('none', 0.0, 0.0), None, None, None)


def find_pattern(series: Series) -> Pattern:
    """Return the kind of a demand by the cuts 1.32 and 0.49 of Syntetos and Boylan.

    >>> find_pattern([4, 5, 4, 5])
    Pattern(kind='smooth', adi=1.0, cv2=0.012345679012345678)
    >>> find_pattern([1, 9, 1, 1]).kind, find_pattern([2, 0, 2, 0]).kind
    ('erratic', 'intermittent')
    >>> find_pattern([1, 0, 0, 9, 0, 1]).kind, find_pattern([0, 0]).kind
    ('lumpy', 'none')
    """
    sizes = [value for value in series if value > 0]
    if not sizes:
        return NOTHING.pattern
    mean = sum(sizes) / len(sizes)
    cv2 = sum((size - mean) ** 2 for size in sizes) / len(sizes) / mean ** 2
    adi = len(series) / len(sizes)
    if adi < ADI_CUT:
        return Pattern('smooth' if cv2 < CV2_CUT else 'erratic', adi, cv2)
    return Pattern('intermittent' if cv2 < CV2_CUT else 'lumpy', adi, cv2)


# Each method returns the forecasts of the months after the first one, made one month before;
# the last one is the forecast of the month that comes.


def ses(series: Series, alpha: float = 0.1, start: float | None = None) -> list[float]:
    """Return the forecasts of simple exponential smoothing, from the first value or ``start``.

    >>> ses([10, 20, 10], alpha=0.5)
    [10.0, 15.0, 12.5]
    """
    level = float(series[0] if start is None else start)
    forecasts = []
    for value in series:
        level += alpha * (value - level)
        forecasts.append(level)
    return forecasts


def croston(series: Series, alpha: float = 0.1) -> list[float]:
    """Return Croston's forecasts: smoothed size through smoothed interval.

    Before a demand in the first month nothing is known: the interval begins with the second demand,
    and is as long as the series until then.

    >>> croston([0, 4, 0, 0, 4], alpha=0.1)[-1] == 4 / 2.1
    True
    >>> croston([4, 0, 0, 0])
    [4.0, 2.0, 1.3333333333333333, 1.0]
    >>> croston([4, 0, 0, 0, 4])[-1]
    1.0
    >>> croston([0, 0])
    [0.0, 0.0]
    """
    size = interval = 0.0
    since = 1
    forecasts = []
    for month, value in enumerate(series):
        if value > 0:
            if size:
                size += alpha * (value - size)
                interval = interval + alpha * (since - interval) if interval else float(since)
            else:
                size, interval = float(value), float(since) if month else 0.0
            since = 1
        else:
            since += 1
        forecasts.append(size / (interval or month + 1) if size else 0.0)
    return forecasts


def sba(series: Series, alpha: float = 0.1) -> list[float]:
    """Return Croston's forecasts without their positive bias (Syntetos and Boylan).

    Size 4 every 5 months and α 0.1 give 0.8 × 0.95 = 0.76 (domain 6.1):

    >>> round(sba([0, 0, 0, 0, 4] * 4, alpha=0.1)[-1], 6)
    0.76
    """
    return [value * (1 - alpha / 2) for value in croston(series, alpha)]


def tsb(series: Series, alpha: float = 0.1, beta: float = 0.1) -> list[float]:
    """Return the forecasts of Teunter, Syntetos and Babai, which fall while nothing is asked.

    >>> [round(value, 2) for value in tsb([4, 0, 0, 0], alpha=0.1, beta=0.5)]
    [4.0, 2.0, 1.0, 0.5]
    """
    size, chance = 0.0, 1.0 if series[0] > 0 else 0.0
    forecasts = []
    for value in series:
        if value > 0:
            size = size + alpha * (value - size) if size else float(value)
            chance += beta * (1 - chance)
        else:
            chance -= beta * chance
        forecasts.append(size * chance)
    return forecasts


def mase(series: Series, forecasts: Series) -> float | None:
    """Return the mean absolute error, scaled by that of last month's value as the forecast.

    Below 1 the method does better than that. A series that never changed has none.

    >>> mase([2, 4, 2, 4], [3, 3, 3, 3])
    0.5
    >>> mase([5, 5, 5], [5, 5, 5]) is None
    True
    """
    steps = sum(abs(series[place] - series[place - 1]) for place in range(1, len(series)))
    if not steps:
        return None
    return sum(abs(series[place] - forecasts[place - 1])
               for place in range(1, len(series))) / steps


def bias(series: Series, forecasts: Series) -> float | None:
    """Return the mean error as a share of the mean demand: positive where too much is forecast.

    >>> bias([2, 4, 4], [5, 5, 5])
    0.3
    >>> bias([0, 0], [1, 1]) is None
    True
    """
    total = sum(series)
    if not total or len(series) < 2:
        return None
    errors = sum(forecasts[place - 1] - series[place] for place in range(1, len(series)))
    return errors / (len(series) - 1) / (total / len(series))


def find_season(series: Series, first_month: int) -> tuple[float, ...] | None:
    """Return the indices of January to December, if the years of a demand look alike.

    It takes two full years that go up and down together, each with a piece a month on average and
    several months of demand. The indices have the mean 1.

    :param first_month: the calendar month of the first value, 1 to 12

    >>> year = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]
    >>> [round(index, 3) for index in find_season(year * 2, 1)[4:8]]
    [0.222, 3.333, 3.333, 3.333]
    >>> find_season([5] * 24, 1) is None and find_season(year, 1) is None
    True
    """
    count = len(series) // 12
    if count < 2:
        return None
    recent = series[-12 * count:]
    years = [recent[12 * year:12 * year + 12] for year in range(count)]
    if any(sum(1 for value in year if value > 0) < SEASON_DEMANDS
           or sum(year) < SEASON_QUANTITY for year in years):
        return None
    sums = [sum(values) for values in zip(*years, strict=True)]
    mean = sum(sums) / 12
    if max(sums) < SEASON_PEAK * mean:
        return None
    likeness = [_correlate(*pair) for pair in pairwise(years)]
    if sum(likeness) / len(likeness) < SEASON_CORRELATION:
        return None
    offset = (first_month - 1 + len(series)) % 12  # calendar month of the first of the recent
    return tuple(sums[(month - offset) % 12] / mean for month in range(12))


def _correlate(one: Series, other: Series) -> float:
    """Return Pearson's correlation, 0 where one of both never changes."""
    mean, other_mean = sum(one) / len(one), sum(other) / len(other)
    pairs = [(a - mean, b - other_mean) for a, b in zip(one, other, strict=True)]
    spread = sum(a * a for a, __ in pairs) * sum(b * b for __, b in pairs)
    return sum(a * b for a, b in pairs) / sqrt(spread) if spread else 0.0


def plan_season(factors: dict[int, float]) -> tuple[float, ...]:
    """Return the indices of a planned season: months with a factor against the others.

    >>> [round(index, 3) for index in plan_season({6: 15, 7: 15, 8: 15})[4:8]]
    [0.222, 3.333, 3.333, 3.333]
    """
    plain = [factors.get(month, 1.0) for month in range(1, 13)]
    mean = sum(plain) / 12
    return tuple(factor / mean for factor in plain)


def forecast(series: Series, first_month: int, alpha: float = 0.1,
             season: tuple[float, ...] | None = None, is_ending: bool = False) -> Forecast:
    """Return the forecast of a series by the method that suits its pattern.

    Smooth demand: SES; erratic and lumpy: SBA; intermittent: SBA, or Croston where its bias is
    smaller; parts that end, or that were not asked for much longer than usual: TSB. Fewer than 12
    months: SES. A season, planned or found, is taken out first.

    :param first_month: the calendar month of the first value, 1 to 12
    :param season: the planned season of the part, if there is one
    :raise ValueError: a demand is negative

    >>> forecast([4] * 24, 1).method, forecast([4] * 24, 1).level
    ('ses', 4.0)
    >>> year = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]
    >>> round(forecast(year * 3, 1).level, 6)
    90.0
    """
    if any(value < 0 for value in series):
        raise ValueError("demand cannot be negative")
    if not any(series):
        return NOTHING
    used = 1  # a planned season is not taken from the series
    if not season:
        season = find_season(series, first_month)
        used = sum(1 for index in season or (1,) if index)
    known = series
    if season:
        series = _without_season(series, first_month, season)
        known = [value for place, value in enumerate(series)
                 if season[(first_month - 1 + place) % 12]]
    pattern = find_pattern(series)
    method, forecasts = _choose(series, pattern, alpha, is_ending)
    sizes = [value for value in series if value > 0]
    return Forecast(
        method, forecasts[-1], deviation(known, used), sum(sizes) / len(sizes), pattern, season,
        mase(series, forecasts), bias(series, forecasts), len(known), used)


def _choose(series: Series, pattern: Pattern, alpha: float,
            is_ending: bool) -> tuple[str, list[float]]:
    """Return the name of the method for a pattern, and its forecasts."""
    if len(series) < MIN_MONTHS:
        return 'ses', ses(series, alpha, sum(series) / len(series))
    if is_ending or is_faded(series, pattern.adi):
        return 'tsb', tsb(series, alpha, alpha)
    if pattern.kind == 'smooth':
        return 'ses', ses(series, alpha, sum(series[:MIN_MONTHS]) / MIN_MONTHS)
    corrected = sba(series, alpha)
    if pattern.kind == 'intermittent':
        plain = croston(series, alpha)
        if abs(bias(series, plain) or 0.0) < abs(bias(series, corrected) or 0.0):
            return 'croston', plain
    return 'sba', corrected


def is_faded(series: Series, adi: float) -> bool:
    """Return whether a part was not asked for six months, and twice as long as usual.

    >>> is_faded([1] * 12 + [0] * 6, 1.5), is_faded([1] * 12 + [0] * 5, 1.5)
    (True, False)
    """
    empty = 0
    for value in reversed(series):
        if value > 0:
            break
        empty += 1
    return empty >= max(6.0, 2 * adi)


def deviation(series: Series, used: int = 1) -> float:
    """Return the standard deviation of a sample, 0 where no value is left to tell it.

    :param used: how many numbers were taken from the same series before: 1 for its mean, 12 for
        its mean and the indices of twelve months. What is left are the degrees of freedom.

    >>> round(deviation([2, 4, 4, 6]), 4), round(deviation([2, 4, 4, 6], used=2), 4)
    (1.633, 2.0)
    """
    if len(series) <= used:
        return 0.0
    mean = sum(series) / len(series)
    return sqrt(sum((value - mean) ** 2 for value in series) / (len(series) - used))


def _without_season(series: Series, first_month: int, season: tuple[float, ...]) -> list[float]:
    """Return the series as if each month were a usual one; months without any say nothing."""
    indices = [season[(first_month - 1 + place) % 12] for place in range(len(series))]
    weight = sum(indices)
    usual = sum(series) / weight if weight else 0.0
    return [value / index if index else usual
            for value, index in zip(series, indices, strict=True)]


def weigh_ahead(months: float, passed: float = 0.0) -> list[float]:
    """Return how much of each month, from the running one on, lies in the next ``months``.

    :param passed: the part of the running month that is over

    >>> weigh_ahead(2), weigh_ahead(1.5, passed=0.25)
    ([1.0, 1.0], [0.75, 0.75])
    """
    weights, left = [], months
    while left > 1e-9:
        weight = min(1.0 - (0.0 if weights else passed), left)
        weights.append(weight)
        left -= weight
    return weights


def look_ahead(found: Forecast, month: int, months: float, passed: float = 0.0
               ) -> tuple[float, float]:
    """Return the demand of the next ``months``, and how many usual months' variances it has.

    :param month: the running calendar month, 1 to 12
    :param passed: the part of the running month that is over

    300 from June to August, else 20: May and June are 320, September and October 40 (P2).

    >>> year = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]
    >>> summer = forecast(year * 3, 1)
    >>> [round(look_ahead(summer, month, 2)[0], 6) for month in (5, 9)]
    [320.0, 40.0]
    """
    weights = weigh_ahead(months, passed)
    if not found.season:
        return found.level * sum(weights), sum(weights)
    indices = [found.season[(month - 1 + place) % 12] for place in range(len(weights))]
    return (
        found.level * sum(weight * index for weight, index in zip(weights, indices, strict=True)),
        sum(weight * index ** 2 for weight, index in zip(weights, indices, strict=True)))
