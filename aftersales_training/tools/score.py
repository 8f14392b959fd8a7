"""The arithmetic of monthly scores: pure functions, no Odoo import.

A figure is a share in percent. It loses points for each percent by which it misses its target;
what has no cases is not applicable, and its weight goes to the others (domain 5.5).
"""
import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

ROUNDING = 1  # decimals of points and scores, as the sheet shows them


@dataclass(frozen=True)
class Rule:
    """How a share becomes points.

    ``direction`` says what is good: ``higher`` (at least ``target``), ``lower`` (at most
    ``target``), ``range`` (from ``target`` to ``target_max``). Each percent beside it costs
    ``points_per_percent`` of the ``weight``.
    """

    weight: float
    target: float
    direction: str = 'higher'
    points_per_percent: float = 1.0
    target_max: float = 100.0
    minimum: int = 1


def to_percent(numerator: float, denominator: float, minimum: float = 0) -> float | None:
    """Return a share in percent; ``None`` without cases, or with fewer than ``minimum``.

    >>> to_percent(57, 60), to_percent(0, 0), to_percent(2, 3, minimum=5)
    (95.0, None, None)
    """
    if denominator <= 0 or denominator < minimum:
        return None
    return 100.0 * numerator / denominator


def get_miss(rule: Rule, percent: float) -> float:
    """Return by how many percent a share misses its target.

    >>> get_miss(Rule(15, 85), 80.0), get_miss(Rule(5, 3, 'lower'), 4.5)
    (5.0, 1.5)
    >>> [get_miss(Rule(5, 70, 'range', 1.0, 80), percent) for percent in (60, 75, 83)]
    [10, 0.0, 3]
    """
    if rule.direction == 'lower':
        return max(0.0, percent - rule.target)
    above = percent - rule.target_max if rule.direction == 'range' else 0.0
    return max(0.0, rule.target - percent, above)


def get_points(rule: Rule, percent: float | None) -> float | None:
    """Return the points of a share: never below zero, never above the weight.

    >>> get_points(Rule(15, 95), 95.0), get_points(Rule(15, 95), 90.0)
    (15.0, 10.0)
    >>> get_points(Rule(15, 95), 20.0), get_points(Rule(10, 100), None)
    (0.0, None)
    """
    if percent is None:
        return None
    return max(0.0, rule.weight - get_miss(rule, percent) * rule.points_per_percent)


def get_total(parts: Iterable[tuple[float | None, float]]) -> float | None:
    """Return the score of 100 from ``(points, weight)``; ``None`` where nothing applies.

    The weight of what does not apply (points ``None``) goes to the others in proportion. The sums
    are exact: the order of the parts changes nothing.

    >>> get_total([(81, 90), (None, 10)]), get_total([(None, 100)])
    (90.0, None)
    """
    judged = [(points, weight) for points, weight in parts if points is not None]
    weights = math.fsum(weight for __, weight in judged)
    if weights <= 0:
        return None
    return round(100.0 * math.fsum(points for points, __ in judged) / weights, ROUNDING)


def get_judged_share(parts: Iterable[tuple[float | None, float]]) -> float:
    """Return which share of the weight could be judged, in percent.

    >>> get_judged_share([(20, 25), (None, 75)]), get_judged_share([])
    (25.0, 0.0)
    """
    parts = list(parts)
    weights = sum(weight for __, weight in parts)
    judged = sum(weight for points, weight in parts if points is not None)
    return round(100.0 * judged / weights, ROUNDING) if weights > 0 else 0.0


def apply_corrections(base: float | None, corrections: float) -> float | None:
    """Return the score after the corrections of closed months, never below 0.

    It may pass 100: what an earlier correction took by mistake is given back in full.

    >>> apply_corrections(91.0, -3.0), apply_corrections(1.0, -3.0), apply_corrections(None, -3)
    (88.0, 0.0, None)
    >>> apply_corrections(100.0, 7.0)
    107.0
    """
    if base is None:
        return None
    return round(max(0.0, base + corrections), ROUNDING)


def get_correction(closed: float, noted: float, measured: float | None) -> float:
    """Return what a closed month would change by now, beyond the corrections ``noted`` before.

    >>> get_correction(91.0, 0.0, 88.0), get_correction(91.0, -3.0, 88.0)
    (-3.0, 0.0)
    >>> get_correction(91.0, 0.0, None)
    0.0
    """
    if measured is None:
        return 0.0
    return round(measured - closed - noted, ROUNDING) + 0.0


def find_level(score: float | None, limits: Mapping[Hashable, float]) -> Hashable | None:
    """Return the level with the highest minimum that ``score`` reaches.

    >>> limits = {'excellent': 90, 'good': 80, 'pass': 70, 'weak': 0}
    >>> [find_level(score, limits) for score in (90.0, 89.9, 70.0, 69.9, None)]
    ['excellent', 'good', 'pass', 'weak', None]
    """
    if score is None:
        return None
    reached = [(minimum, level) for level, minimum in limits.items() if score >= minimum]
    return max(reached, key=lambda pair: pair[0])[1] if reached else None


def rank(counts: Mapping[float, int], minimum: int) -> dict[float, int]:
    """Return the place of each score, the best first, from how many have it.

    Nothing where fewer than ``minimum`` compete: a place would tell of the others.

    >>> rank({88.0: 1, 90.0: 2}, 3), rank({90.0: 1, 88.0: 1}, 3)
    ({90.0: 1, 88.0: 3}, {})
    """
    if sum(counts.values()) < minimum:
        return {}
    places, place = {}, 1
    for score in sorted(counts, reverse=True):
        places[score] = place
        place += counts[score]
    return places


def get_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of ``day``.

    >>> get_month(date(2028, 2, 12))
    (datetime.date(2028, 2, 1), datetime.date(2028, 2, 29))
    """
    first = day.replace(day=1)
    return first, first + relativedelta(months=1, days=-1)
