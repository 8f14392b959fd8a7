"""When a promise ends, and whether it was kept: pure Python, no Odoo import.

Instants are naive UTC. A pause is a pair of instants; the second is empty while it lasts.
"""
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from .timezone import day_bounds, local_day
from .worktime import Interval, merge

Pause = tuple[datetime, datetime | None]
# a calendar that is closed for longer moves no last day
LONGEST_CLOSURE = 60


def pauses_until(pauses: Iterable[Pause], moment: datetime) -> list[Interval]:
    """Return the pauses as they were at ``moment``: those that last end then.

    >>> monday, tuesday, friday = (datetime(2026, 1, day) for day in (5, 6, 9))
    >>> pauses_until([(monday, None), (friday, None)], tuesday) == [(monday, tuesday)]
    True
    """
    return [(start, min(stop or moment, moment)) for start, stop in pauses if start < moment]


def is_kept(deadline: datetime | None, stopped: datetime) -> bool:
    """Whether a promise was kept that ended at ``stopped``; without deadline it always is.

    ``deadline`` is the one with the pauses as they were at ``stopped``: a promise whose time
    was used up before a pause began was late already.

    >>> is_kept(datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 12))
    True
    >>> is_kept(datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 12, 0, 1))
    False
    """
    return not deadline or stopped <= deadline


def last_day(
        start: datetime, days: int, zone: str, pauses: Iterable[Interval] = (),
        roll: Callable[[date], date] = lambda day: day) -> date:
    """Return the last of ``days`` calendar days after ``start``, in ``zone``.

    The day on which the period starts does not count (Reg. 1182/71, Art. 3). A pause that
    begins within the period leaves out as many days as lie between its ends.

    :param roll: returns the day on which a period ends that would end on a given day

    >>> last_day(datetime(2026, 1, 1, 9), 14, 'UTC')
    datetime.date(2026, 1, 15)
    >>> last_day(datetime(2026, 1, 1, 9), 14, 'UTC', [
    ...     (datetime(2026, 1, 3, 9), datetime(2026, 1, 6, 17))])
    datetime.date(2026, 1, 18)
    """
    day = local_day(start, zone) + timedelta(days=days)
    for pause_start, pause_stop in merge(pauses):
        first, last = local_day(max(start, pause_start), zone), local_day(pause_stop, zone)
        if last > first and first <= roll(day):
            day = (day if first <= day else roll(day)) + (last - first)
    return roll(day)


def roll_over(day: date, is_working_day: Callable[[date], bool]) -> date:
    """Return ``day``, or the next working day where it is none.

    Legal periods end so (Reg. 1182/71, Art. 3 para. 4; Civil Code of China, Art. 203).

    >>> roll_over(date(2026, 1, 3), lambda day: day.weekday() < 5)
    datetime.date(2026, 1, 5)
    """
    for number in range(LONGEST_CLOSURE):
        moved = day + timedelta(days=number)
        if is_working_day(moved):
            return moved
    return day


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second of ``day`` in ``zone``.

    >>> end_of_day(date(2026, 6, 2), 'Asia/Shanghai')
    datetime.datetime(2026, 6, 2, 15, 59, 59)
    """
    return day_bounds(day, zone)[1] - timedelta(seconds=1)


def share_of(start: datetime, deadline: datetime, percent: float) -> datetime:
    """Return when ``percent`` of the time from ``start`` to ``deadline`` have passed, in seconds.

    >>> share_of(datetime(2026, 1, 1), datetime(2026, 1, 11), 120)
    datetime.datetime(2026, 1, 13, 0, 0)
    """
    return (start + (deadline - start) * percent / 100).replace(microsecond=0)
