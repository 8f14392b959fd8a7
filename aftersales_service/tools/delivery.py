"""Slots and stairs of a delivery: pure Python, no Odoo import."""
from datetime import date, datetime, time, timedelta

from .timezone import to_utc


def slot_interval(
        day: date, hour_from: float, hour_to: float, zone: str) -> tuple[datetime, datetime]:
    """Return start and end of a time slot on ``day``, in UTC without zone.

    The hours are those on the wall of ``zone``, also on days when its clocks change.

    >>> slot_interval(date(2026, 6, 2), 8.0, 12.5, 'Asia/Shanghai')
    (datetime.datetime(2026, 6, 2, 0, 0), datetime.datetime(2026, 6, 2, 4, 30))
    """
    return tuple(_on_the_wall(day, hour, zone) for hour in (hour_from, hour_to))


def _on_the_wall(day: date, hour: float, zone: str) -> datetime:
    minutes = round(hour * 60)
    day += timedelta(days=minutes // 1440)  # a slot may end at midnight, which is 24:00
    wall = datetime.combine(day, time(minutes // 60 % 24, minutes % 60))
    return to_utc(wall, zone)


def format_hour(hour: float) -> str:
    """Return a time of the day as a wall clock shows it.

    >>> format_hour(8.5), format_hour(24)
    ('08:30', '24:00')
    """
    minutes = round(hour * 60)
    return f'{minutes // 60:02d}:{minutes % 60:02d}'


def paid_floors(floor: int, free_floor: int, has_lift: bool) -> int:
    """Return how many floors of stairs the customer pays.

    With a lift, and up to ``free_floor``, carrying costs nothing; a cellar counts like
    the floor that is as far from the ground.

    >>> paid_floors(5, 1, has_lift=False), paid_floors(5, 1, has_lift=True)
    (4, 0)
    >>> paid_floors(-2, 1, has_lift=False)
    1
    """
    return 0 if has_lift else max(abs(floor) - free_floor, 0)


def needs_two_people(weight: float, limit: float, is_demanded: bool) -> bool:
    """Whether one person may not carry the goods alone; a limit of 0 asks by product only.

    >>> needs_two_people(41, 40, False), needs_two_people(40, 40, False)
    (True, False)
    >>> needs_two_people(500, 0, False), needs_two_people(1, 40, True)
    (False, True)
    """
    return is_demanded or 0 < limit < weight
