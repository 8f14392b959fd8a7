"""Who bears which part of a loss: pure Python, no Odoo."""
from collections.abc import Sequence
from typing import NamedTuple

from .money import CENT, divide, from_steps, to_steps

FULL = 100.0


def missing_share(shares: Sequence[float]) -> float:
    """Return how many per cent are missing to 100; below zero where there are too many.

    >>> missing_share([60, 30])
    10.0
    >>> missing_share([33.33, 33.33, 33.34])
    0.0
    """
    return from_steps(to_steps(FULL) - sum(map(to_steps, shares)))


def split_loss(loss: float, shares: Sequence[float], step: float = CENT) -> list[float]:
    """Return what each party bears of a loss; the rest of rounding goes to the first.

    >>> split_loss(2660, [60, 30, 10])
    [1596.0, 798.0, 266.0]

    :raise ValueError: the shares are not 100 per cent together, or something is negative
    """
    missing = missing_share(shares)
    if missing:
        raise ValueError(f"{missing} per cent are missing to 100")
    return divide(loss, shares, step)


class UnitRow(NamedTuple):
    """A row of the table by which a unit's amount is split among its persons.

    ``limit`` is the highest amount it holds for (``None``: no limit). The shares, in per cent,
    are those of the person at fault, the first and the second superior.
    """

    limit: float | None
    direct: float
    first: float
    second: float

    @property
    def shares(self) -> tuple[float, float, float]:
        return self.direct, self.first, self.second


def find_unit_row(amount: float, rows: Sequence[UnitRow]) -> UnitRow | None:
    """Return the row that holds for an amount: the lowest limit that is not below it.

    >>> rows = [UnitRow(None, 60, 25, 15), UnitRow(500, 80, 15, 5), UnitRow(1000, 70, 20, 10)]
    >>> find_unit_row(500, rows).direct, find_unit_row(500.01, rows).direct
    (80, 70)
    >>> find_unit_row(1000, rows).direct, find_unit_row(1000.01, rows).direct
    (70, 60)
    """
    fitting = [row for row in rows if row.limit is None or amount <= row.limit]
    return min(
        fitting, key=lambda row: (row.limit is None, row.limit or 0.0), default=None)


class UnitSplit(NamedTuple):
    """What the persons of a unit bear of its amount, and what stays with the unit itself."""

    direct: list[float]
    first: float
    second: float
    unit: float


def split_in_unit(
        amount: float, row: UnitRow, points: Sequence[float], *, has_first: bool = True,
        has_second: bool = True, is_hidden_by_superior: bool = False,
        step: float = CENT) -> UnitSplit:
    """Split the amount of a unit among the persons at fault and their superiors.

    The part of several persons at fault follows their base points. The part of a superior who
    does not exist stays with the unit: no person bears more than the table says. A superior
    who hid the fault bears all of it.

    >>> row = UnitRow(1000, 70, 20, 10)
    >>> split_in_unit(560, row, [1])
    UnitSplit(direct=[392.0], first=112.0, second=56.0, unit=0.0)
    >>> split_in_unit(560, row, [1], has_second=False)
    UnitSplit(direct=[392.0], first=112.0, second=0.0, unit=56.0)
    >>> split_in_unit(560, row, [1], is_hidden_by_superior=True)
    UnitSplit(direct=[0.0], first=560.0, second=0.0, unit=0.0)

    :raise ValueError: the row is not 100 per cent, something is negative, or there is no
        superior who could have hidden the fault
    """
    if is_hidden_by_superior:
        if not has_first:
            raise ValueError("there is no superior who could have hidden the fault")
        return UnitSplit([0.0] * len(points), divide(amount, [1], step)[0], 0.0, 0.0)
    direct, first, second = split_loss(amount, row.shares, step)
    at_fault = divide(direct, points, step) if sum(points) else [0.0] * len(points)
    kept = [0.0 if sum(points) else direct, 0.0 if has_first else first,
            0.0 if has_second else second]
    return UnitSplit(
        at_fault, first if has_first else 0.0, second if has_second else 0.0,
        from_steps(sum(to_steps(part, step) for part in kept), step))
