"""Local days and UTC: pure Python, no Odoo import.

Instants are naive UTC, as the database keeps them; a zone is given by its name.
"""
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def to_aware(moment: datetime) -> datetime:
    """Return a naive instant as core's calendars want it, with its zone.

    >>> to_aware(datetime(2026, 6, 2, 20)).isoformat()
    '2026-06-02T20:00:00+00:00'
    """
    return moment.replace(tzinfo=UTC)


def to_naive(moment: datetime) -> datetime:
    """Return an instant of any zone as the database keeps it.

    >>> to_naive(datetime(2026, 6, 3, 4, tzinfo=ZoneInfo('Asia/Shanghai')))
    datetime.datetime(2026, 6, 2, 20, 0)
    """
    return moment.astimezone(UTC).replace(tzinfo=None)


def to_local(moment: datetime, zone: str) -> datetime:
    """Return what a clock on the wall of ``zone`` shows at ``moment``.

    >>> to_local(datetime(2026, 6, 2, 20), 'Asia/Shanghai')
    datetime.datetime(2026, 6, 3, 4, 0)
    """
    return to_aware(moment).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def to_utc(local: datetime, zone: str) -> datetime:
    """Return when a clock on the wall of ``zone`` shows ``local``.

    Of an hour that comes twice the first counts; a time that the change to summer leaves out
    is read by the clock as it went before.

    >>> to_utc(datetime(2026, 6, 2, 8, 30), 'Asia/Shanghai')
    datetime.datetime(2026, 6, 2, 0, 30)
    """
    return to_naive(local.replace(tzinfo=ZoneInfo(zone)))


def local_day(moment: datetime, zone: str) -> date:
    """Return the day that it is in ``zone`` at ``moment``.

    >>> local_day(datetime(2026, 6, 2, 20), 'Asia/Shanghai')
    datetime.date(2026, 6, 3)
    """
    return to_local(moment, zone).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return when ``day`` begins in ``zone``, and when the next one does.

    >>> day_bounds(date(2026, 6, 2), 'Asia/Shanghai')
    (datetime.datetime(2026, 6, 1, 16, 0), datetime.datetime(2026, 6, 2, 16, 0))
    """
    return tuple(
        to_utc(datetime.combine(of_day, time()), zone) for of_day in (day, day + timedelta(days=1)))
