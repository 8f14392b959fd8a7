"""What a training changed: reaction, learning, behaviour and results (Kirkpatrick)."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are known, ``None`` without any.

    >>> mean([4, None, 5]), mean([None])
    (4.5, None)
    """
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def gain(before: float | None, after: float | None) -> float | None:
    """Return by how much the mark rose, in percent of the mark before.

    Not applicable (``None``) without both, or with nothing known before.

    >>> gain(50, 80), gain(80, 60), gain(0, 80), gain(None, 80)
    (60.0, -25.0, None, None)
    """
    if before is None or after is None or not before:
        return None
    return round((after - before) / before * 100, 1)


def share(part: float, whole: float) -> float | None:
    """Return ``part`` of ``whole`` in percent; not applicable without a whole.

    >>> share(3, 4), share(0, 0)
    (75.0, None)
    """
    return round(part / whole * 100, 1) if whole else None


class DayCounts:
    """Counts by day, of which the sum between two days is read at once.

    >>> counts = DayCounts([(date(2026, 3, 1), 2), (date(2026, 3, 9), 5)])
    >>> counts.between(date(2026, 3, 1), date(2026, 3, 9))
    2
    >>> counts.between(date(2026, 3, 1), date(2026, 3, 10))
    7
    """

    def __init__(self, rows: Sequence[tuple[date, float]]):
        rows = sorted(rows)
        self._days = [day for day, __ in rows]
        self._sums = [0, *accumulate(count for __, count in rows)]

    def between(self, first: date, end: date) -> float:
        """Return the sum from ``first`` to the day before ``end``."""
        return self._sums[bisect_left(self._days, end)] - self._sums[
            bisect_left(self._days, first)]

    def around(self, first: date, last: date, days: int) -> tuple[float, float]:
        """Return the sums of the ``days`` days before ``first`` and of those after ``last``.

        >>> DayCounts([(date(2026, 3, 1), 2), (date(2026, 3, 2), 4), (date(2026, 3, 3), 8)]
        ...           ).around(date(2026, 3, 2), date(2026, 3, 2), 1)
        (2, 8)
        """
        after = last + timedelta(days=1)
        return (self.between(first - timedelta(days=days), first),
                self.between(after, after + timedelta(days=days)))
