"""Satisfaction figures and what they are worth: pure Python, no Odoo.

Shares and indices are percent (0 to 100), NPS is −100 to 100, ratings are as they were given.
``None`` stands for “no figure”: nothing was answered. The confidence is a share, by default 0.95.
"""
from collections.abc import Iterable, Mapping, Sequence
from math import pi, sqrt, tan
from statistics import NormalDist, fmean, stdev, variance
from typing import NamedTuple

PROMOTER, PASSIVE = 9, 7  # of 10: from here on
SATISFIED, LOW = 4, 2  # of 5: from here on satisfied, up to here low
CONFIDENCE = 0.95
ALPHA_WANTED = 0.7
CONTROL_SIGMAS = 3


class Interval(NamedTuple):
    """The limits between which a figure lies with the given confidence."""

    low: float
    high: float


class Limits(NamedTuple):
    """The mean of a trend, and the limits beyond which a point is no chance any more."""

    mean: float
    low: float
    high: float


class Rates(NamedTuple):
    """What became of all who were asked, in percent."""

    reach: float | None
    response: float | None
    refusal: float | None


class Item(NamedTuple):
    """One answered index item: its weight, the rating, and the best rating it could get."""

    weight: float
    rating: float
    best: float


# === FIGURES === #

def nps_class(rating: float) -> str:
    """Return what somebody is who gives ``rating`` of 10.

    >>> [nps_class(rating) for rating in (0, 6, 7, 8, 9, 10)]
    ['detractor', 'detractor', 'passive', 'passive', 'promoter', 'promoter']
    """
    if rating >= PROMOTER:
        return 'promoter'
    return 'passive' if rating >= PASSIVE else 'detractor'


def nps(promoters: int, passives: int, detractors: int) -> float | None:
    """Return the Net Promoter Score.

    >>> nps(50, 30, 20)
    30.0
    """
    total = promoters + passives + detractors
    return 100 * (promoters - detractors) / total if total else None


def share(count: int, total: int) -> float | None:
    """Return a share in percent: of satisfied answers it is the CSAT.

    >>> share(387, 430)
    90.0
    """
    return 100 * count / total if total else None


def csat(ratings: Sequence[float]) -> float | None:
    """Return the share of ratings (of 5) that are satisfied or very satisfied.

    >>> csat([5, 4, 3, 1])
    50.0
    """
    return share(sum(rating >= SATISFIED for rating in ratings), len(ratings))


def ces(ratings: Sequence[float]) -> float | None:
    """Return the mean effort, 7 for very easy.

    >>> ces([7, 5, 6])
    6.0
    """
    return fmean(ratings) if ratings else None


def csi(items: Iterable[Item | tuple[float, float, float]]) -> float | None:
    """Return the satisfaction index of ``(weight, rating, best)``; unanswered items are left out.

    Very satisfied is 100, satisfied 80, fair 60, unsatisfied 40, very unsatisfied 20.

    >>> csi([(20, 5, 5), (80, 4, 5)])
    84.0
    """
    items = [Item(*item) for item in items if item[0] > 0]
    total = sum(item.weight for item in items)
    if not total:
        return None
    return 100 * sum(item.weight * item.rating / item.best for item in items) / total


def dimension_gaps(
        pairs: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, float]:
    """Return the mean of perception − expectation by dimension, of ``(expectation, perception)``.

    >>> dimension_gaps({'empathy': [(6, 5), (7, 7)], 'tangibles': []})
    {'empathy': -0.5}
    """
    return {name: fmean(perceived - expected for expected, perceived in rows)
            for name, rows in pairs.items() if rows}


def servqual(gaps: Mapping[str, float], weights: Mapping[str, float] | None = None
             ) -> float | None:
    """Return the service quality of gaps by dimension: their mean, or weighted.

    Weights may add up to anything; dimensions without a gap are left out.

    >>> servqual({'reliability': -1.0, 'empathy': 0.0})
    -0.5
    >>> servqual({'reliability': -1.0, 'empathy': 0.0}, {'reliability': 75, 'empathy': 25})
    -0.75
    """
    weights = dict.fromkeys(gaps, 1.0) if weights is None else weights
    total = sum(weights.get(name, 0.0) for name in gaps)
    if not total:
        return None
    return sum(gap * weights.get(name, 0.0) for name, gap in gaps.items()) / total


def rates(answered: int, refused: int, total: int) -> Rates:
    """Return reach, response and refusal of all ``total`` people who were asked.

    Reached are those who answered or refused; a refusal is one of those who were reached.

    >>> [round(rate, 1) for rate in rates(answered=430, refused=60, total=700)]
    [70.0, 61.4, 12.2]
    """
    reached = answered + refused
    return Rates(share(reached, total), share(answered, total), share(refused, reached))


# === WHAT A FIGURE IS WORTH === #

def z_value(confidence: float = CONFIDENCE) -> float:
    """Return the two-sided quantile of the normal distribution.

    >>> round(z_value(0.95), 3)
    1.96
    """
    return NormalDist().inv_cdf((1 + confidence) / 2)


def t_value(degrees: int, confidence: float = CONFIDENCE) -> float:
    """Return the two-sided quantile of Student's distribution, within 1 %.

    One and two degrees are exact, more by the expansion of Cornish and Fisher.

    >>> [round(t_value(degrees), 2) for degrees in (1, 2, 5, 30)]
    [12.71, 4.3, 2.57, 2.04]
    """
    if degrees == 1:
        return tan(pi * confidence / 2)
    if degrees == 2:
        return confidence * sqrt(2 / (1 - confidence ** 2))
    z = z_value(confidence)
    terms = (
        (z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
        (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
        (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160)
    return z + sum(term / degrees ** power for power, term in enumerate(terms, 1))


def wilson(count: int, total: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Return Wilson's interval of a share, in percent; honest for small numbers too.

    >>> [round(limit, 1) for limit in wilson(387, 430)]
    [86.8, 92.5]
    """
    if not total:
        return None
    z, part = z_value(confidence), count / total
    middle = part + z * z / (2 * total)
    margin = z * sqrt(part * (1 - part) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return Interval(max(0.0, 100 * (middle - margin) / scale),
                    min(100.0, 100 * (middle + margin) / scale))


def mean_interval(mean: float, deviation: float, total: int, confidence: float = CONFIDENCE
                  ) -> Interval | None:
    """Return the interval of a mean, from the sample's standard deviation; none below two.

    >>> [round(limit, 2) for limit in mean_interval(80.0, 10.0, 25)]
    [75.87, 84.13]
    """
    if total < 2:
        return None
    margin = t_value(total - 1, confidence) * deviation / sqrt(total)
    return Interval(mean - margin, mean + margin)


def agreed_interval(value: float, total: int, low: float, high: float,
                    confidence: float = CONFIDENCE) -> Interval | None:
    """Return the interval of a figure of which all ``total`` answers were alike.

    Their spread is none, and says nothing of those who were not asked: as many of them as
    Wilson's interval leaves open may answer otherwise, and at worst the contrary.

    :param low: the lowest that the figure can be; ``high``: the highest

    >>> [round(limit, 1) for limit in agreed_interval(100.0, 33, -100.0, 100.0)]
    [79.1, 100.0]
    """
    if not total:
        return None
    others = 1 - wilson(total, total, confidence).low / 100
    return Interval(value - others * (value - low), value + others * (high - value))


def nps_interval(promoters: int, passives: int, detractors: int, confidence: float = CONFIDENCE
                 ) -> Interval | None:
    """Return the interval of a Net Promoter Score.

    >>> [round(limit, 1) for limit in nps_interval(50, 30, 20)]
    [14.7, 45.3]
    """
    total = promoters + passives + detractors
    if not total:
        return None
    score = (promoters - detractors) / total
    spread = (promoters + detractors) / total - score ** 2
    margin = z_value(confidence) * sqrt(spread / total)
    return Interval(max(-100.0, 100 * (score - margin)), min(100.0, 100 * (score + margin)))


def control_limits(values: Sequence[float], sigmas: float = CONTROL_SIGMAS) -> Limits | None:
    """Return the mean of a trend ± three standard deviations; none below two points.

    >>> control_limits([80.0, 82.0, 84.0])
    Limits(mean=82.0, low=76.0, high=88.0)
    """
    if len(values) < 2:
        return None
    mean, spread = fmean(values), sigmas * stdev(values)
    return Limits(mean, mean - spread, mean + spread)


def cronbach_alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Return how well the items of a questionnaire belong together (Cronbach's alpha).

    ``rows`` are people with one rating for each item, incomplete ones left out by the caller.
    None below two people or two items, or where all gave the same sum.

    >>> round(cronbach_alpha([(1, 2), (2, 3), (3, 4), (4, 5)]), 3)
    1.0
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    count = len(rows[0])
    total = variance([sum(row) for row in rows])
    if not total:
        return None
    single = sum(variance(column) for column in zip(*rows, strict=True))
    return count / (count - 1) * (1 - single / total)
