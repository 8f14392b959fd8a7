"""The score-card of an after-sales evaluation: pure functions, no Odoo import.

The rules are those of GB/T 27922-2011 as certifiers publish them (domain 4.12): what does not
apply is left out and the rest scaled to 100, a qualitative indicator is met or lost as a whole,
a sampled one counts in proportion, each special deduction takes a point and is corrected, one
bonus of a point at most is granted.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

HAIR = 1e-6  # points that sums of fractions may be off


@dataclass(frozen=True)
class Level:
    """A level of a standard and the points of 100 from which it is reached."""

    name: str
    minimum: float


@dataclass(frozen=True)
class Indicator:
    """One indicator as the assessor judged it.

    ``points`` are its most; ``score`` what it got, ``None`` while it is not judged.
    """

    points: float
    score: float | None
    is_applicable: bool = True
    deductions: int = 0


def score_met(points: float, is_met: bool) -> float:
    """Return what a qualitative indicator gets: all of its points or none.

    >>> score_met(6, True), score_met(6, False)
    (6, 0.0)
    """
    return points if is_met else 0.0


def score_sample(points: float, size: int, passed: int) -> float:
    """Return what a sampled indicator gets: its points in proportion to what passed.

    >>> score_sample(9, 20, 17), round(score_sample(5, 3, 1), 4), score_sample(4, 10, 10)
    (7.65, 1.6667, 4.0)

    :raise ValueError: no sample, or more passed than were looked at
    """
    if size <= 0 or not 0 <= passed <= size:
        raise ValueError("a sample needs at least one case, and no more may pass than it has")
    return points * passed / size


def scale(indicators: Iterable[Indicator]) -> float | None:
    """Return the points of the applicable indicators in 100, ``None`` where none applies.

    What is not judged yet got nothing.

    >>> scale([Indicator(80, 66), Indicator(20, None, is_applicable=False)])
    82.5
    >>> scale([Indicator(20, None, is_applicable=False)]) is None
    True
    """
    counted = [indicator for indicator in indicators if indicator.is_applicable]
    highest = sum(indicator.points for indicator in counted)
    if not highest:
        return None
    reached = sum(indicator.score or 0.0 for indicator in counted)
    return reached / highest * 100


def count_deductions(indicators: Iterable[Indicator]) -> int:
    """Return how many special deductions there are, those of indicators that do not apply left out.

    >>> count_deductions([Indicator(5, 5, deductions=2), Indicator(5, 0, False, deductions=3)])
    2
    """
    return sum(indicator.deductions for indicator in indicators if indicator.is_applicable)


def total(
        indicators: Iterable[Indicator], bonus: float = 0.0, bonus_limit: float = 1.0,
        deduction_points: float = 1.0) -> float | None:
    """Return the score of the whole card: scaled, less special deductions, with the bonus.

    Deductions and bonus are points of 100: they come after the scaling, and the score stays
    between 0 and 100.

    >>> card = [Indicator(80, 66, deductions=2), Indicator(20, None, is_applicable=False)]
    >>> total(card), total(card, bonus=1), total(card, bonus=3)
    (80.5, 81.5, 81.5)
    >>> total([Indicator(100, 100)], bonus=1), total([Indicator(10, 0, deductions=1)])
    (100.0, 0.0)
    """
    indicators = list(indicators)
    scaled = scale(indicators)
    if scaled is None:
        return None
    score = scaled - deduction_points * count_deductions(indicators) + max(
        0.0, min(bonus, bonus_limit))
    return max(0.0, min(100.0, score))


def round_down(score: float) -> float:
    """Return a score as it is shown, with two decimals: what is no 80 does not look like it.

    >>> [round_down(score) for score in (79.996, 80, 80 - 1e-12, 83.388)]
    [79.99, 80.0, 80.0, 83.38]
    """
    return floor(100 * (score + HAIR)) / 100


def find_level(
        score: float | None, deductions: int, levels: Iterable[Level],
        deduction_limit: int = 5) -> str | None:
    """Return the name of the highest level reached, ``None`` where the card fails.

    The score is the exact one: rounding lifts none over a limit.

    :param deduction_limit: so many special deductions fail the card whatever its score; 0: any
        number passes

    >>> levels = [Level('pass', 70), Level('three', 80), Level('four', 90), Level('five', 95)]
    >>> [find_level(score, 0, levels) for score in (69.99, 70, 79.996, 90, 94.99, 95)]
    [None, 'pass', 'pass', 'four', 'four', 'five']
    >>> find_level(96, 4, levels), find_level(96, 5, levels)
    ('five', None)
    """
    if score is None or (deduction_limit and deductions >= deduction_limit):
        return None
    reached = [level for level in levels if score + HAIR >= level.minimum]
    return max(reached, key=lambda level: level.minimum).name if reached else None
