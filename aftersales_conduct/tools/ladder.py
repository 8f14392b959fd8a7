"""The ladder of sanctions as arithmetic: no database, no clock."""
from typing import NamedTuple


class Step(NamedTuple):
    """One row of the ladder.

    ``burden_to`` is the highest amount (in the company's money) that the row covers, ``None``
    for no limit, ``points_from`` the points in twelve months from which it applies, ``None`` if
    points never lead to it. ``times`` sanctions of ``level`` are given at once.
    """

    level: int
    times: int = 1
    burden_to: float | None = None
    points_from: float | None = None


def pick_by_burden(burden, steps):
    """Return the step for an amount that one person answers for, or ``None``.

    >>> ladder = [Step(0, 1, 500), Step(1, 1, 2000), Step(1, 2, 5000), Step(4, 1, None)]
    >>> pick_by_burden(500, ladder)
    Step(level=0, times=1, burden_to=500, points_from=None)
    >>> pick_by_burden(500.01, ladder).level
    1
    >>> pick_by_burden(60000, ladder).level
    4
    >>> pick_by_burden(0, ladder) is None
    True
    """
    if burden <= 0:
        return None
    limited = sorted(
        (step for step in steps if step.burden_to is not None), key=lambda step: step.burden_to)
    unlimited = [step for step in steps if step.burden_to is None]
    return next((step for step in limited if burden <= step.burden_to),
                unlimited[0] if unlimited else None)


def pick_by_points(points, steps):
    """Return the highest step whose points are reached, or ``None``.

    >>> ladder = [Step(1, points_from=3), Step(2, points_from=6), Step(3, points_from=9)]
    >>> pick_by_points(8, ladder).level
    2
    >>> pick_by_points(2, ladder) is None
    True
    """
    reached = [step for step in steps if step.points_from is not None
               and points >= step.points_from]
    return max(reached, key=lambda step: step.points_from, default=None)


def add_up(counts, sizes):
    """Return the counts by level once lower sanctions have become higher ones.

    :param counts: ``{level: how many the person has}``
    :param sizes: ``{level: how many of it make one of the next level}``, none for the last

    >>> add_up({1: 5}, {1: 2, 2: 2})
    {1: 1, 2: 0, 3: 1}
    >>> add_up({1: 1, 2: 1}, {1: 2, 2: 2})
    {1: 1, 2: 1}
    >>> add_up({1: 3}, {})
    {1: 3}
    """
    totals = dict(counts)
    for level in sorted(sizes):
        size = sizes[level]
        if size and totals.get(level, 0) >= size:
            raised, totals[level] = divmod(totals[level], size)
            totals[level + 1] = totals.get(level + 1, 0) + raised
    return {level: totals[level] for level in sorted(totals)}


def convert(times, amount_min, amount_per_point, base_points, bonus=None):
    """Return the least amount that a sanction comes to, in the company's money.

    :param times: how many sanctions are given at once
    :param amount_min: the least amount of one
    :param amount_per_point: for each base point of the person, of one
    :param bonus: the person's whole bonus of the month, where the sanction takes all of it

    >>> convert(2, 400, 0, 2)
    800
    >>> convert(1, 0, 800, 2)
    1600
    >>> convert(1, 0, 0, 2, bonus=1500)
    1500
    """
    return max(times * max(amount_min, amount_per_point * base_points), bonus or 0)
