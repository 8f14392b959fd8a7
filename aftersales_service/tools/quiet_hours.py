"""When a phone may ring again. Pure Python, no Odoo import."""
from datetime import datetime, timedelta


def quiet_until(moment: datetime, start: float, end: float) -> datetime | None:
    """Return when the quiet hours that hold at ``moment`` end; ``None`` outside of them.

    :param moment: local time of the person who is not to be disturbed
    :param start: first quiet hour of the day, as a number (21.5 is half past nine)
    :param end: the hour at which the quiet ends; before ``start``, it is on the next day.
        Equal hours mean that it is never quiet

    >>> quiet_until(datetime(2026, 6, 2, 23, 10), 21.0, 8.0)
    datetime.datetime(2026, 6, 3, 8, 0)
    >>> quiet_until(datetime(2026, 6, 2, 7, 59), 21.0, 8.0)
    datetime.datetime(2026, 6, 2, 8, 0)
    >>> quiet_until(datetime(2026, 6, 2, 12, 15), 12.0, 13.5)
    datetime.datetime(2026, 6, 2, 13, 30)
    >>> quiet_until(datetime(2026, 6, 2, 8, 0), 21.0, 8.0)
    """
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = (moment - midnight) / timedelta(hours=1)
    today = midnight + timedelta(hours=end)
    if start <= end:
        return today if start <= hour < end else None
    if hour >= start:
        return today + timedelta(days=1)
    return today if hour < end else None
