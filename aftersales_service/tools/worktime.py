"""Adding and measuring working time, fast: pure Python, no Odoo import.

The working intervals of a calendar are loaded once; prefix sums and bisection then
answer each question in the logarithm of their number. All instants are naive UTC.
"""
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]
ZERO = timedelta(0)


class OutOfHorizonError(LookupError):
    """The answer lies after the last instant that was loaded: load more and ask again."""


class WorkTime:
    """The working time between two instants, as sorted intervals that do not overlap.

    >>> day = datetime(2026, 1, 5)
    >>> desk = WorkTime([(day.replace(hour=9), day.replace(hour=12)),
    ...                  (day.replace(hour=13), day.replace(hour=17))],
    ...                 day, day + timedelta(days=1))
    >>> desk.add(day.replace(hour=11), timedelta(hours=2))
    datetime.datetime(2026, 1, 5, 14, 0)
    >>> desk.elapsed(day.replace(hour=11), day.replace(hour=14))
    datetime.timedelta(seconds=7200)
    """

    def __init__(self, intervals: Sequence[Interval], start: datetime, stop: datetime) -> None:
        self.start, self.stop = start, stop
        self._starts = [begin for begin, __ in intervals]
        self._stops = [end for __, end in intervals]
        self._before = [ZERO]  # working time before each interval, and in all
        for begin, end in intervals:
            self._before.append(self._before[-1] + (end - begin))

    def elapsed(self, start: datetime, stop: datetime) -> timedelta:
        """Return the working time from ``start`` to ``stop``; zero if it is not later."""
        if stop <= start:
            return ZERO
        return self._since_start(stop) - self._since_start(start)

    def add(self, start: datetime, worked: timedelta, pauses: Iterable[Interval] = ()) -> datetime:
        """Return when ``worked`` will have passed since ``start``, pauses left out.

        The answer is the earliest such instant. ``pauses`` may overlap and may lie before
        ``start`` or outside working time; they count once.

        :raises OutOfHorizonError: when the loaded intervals end before
        """
        total = worked
        moment = self._add(start, total)
        for pause_start, pause_stop in merge(pauses):
            if pause_start >= moment:
                break
            total += self.elapsed(max(start, pause_start), pause_stop)
            moment = self._add(start, total)
        return moment

    def _since_start(self, moment: datetime) -> timedelta:
        if not self.start <= moment <= self.stop:
            raise OutOfHorizonError(moment)
        index = bisect_right(self._starts, moment)
        if not index:
            return ZERO
        last = min(moment, self._stops[index - 1]) - self._starts[index - 1]
        return self._before[index - 1] + last

    def _add(self, start: datetime, worked: timedelta) -> datetime:
        if worked <= ZERO:
            return start
        target = self._since_start(start) + worked
        # the first interval at whose end the target is reached
        index = bisect_left(self._before, target) - 1
        if index >= len(self._starts):
            raise OutOfHorizonError(start + worked)
        return self._starts[index] + (target - self._before[index])


def around_the_clock(start: datetime, stop: datetime) -> WorkTime:
    """Return the time between two instants of which every minute counts."""
    return WorkTime([(start, stop)], start, stop)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same instants as sorted intervals that neither overlap nor touch.

    >>> one, two, three, four = (datetime(2026, 1, day) for day in (1, 2, 3, 4))
    >>> merge([(two, four), (one, three)]) == [(one, four)]
    True
    """
    merged: list[Interval] = []
    for start, stop in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        elif start < stop:
            merged.append((start, stop))
    return merged
