"""How long something holds that is given for months: pure Python, no Odoo import."""
from datetime import date

from dateutil.relativedelta import relativedelta


def last_day(start: date, months: int) -> date:
    """Return the last day of what begins on ``start`` and holds for so many months.

    It is the day before the same day of the last month. Where that month is too short to have
    such a day, it is the month's own last day.

    >>> last_day(date(2026, 6, 1), 24)
    datetime.date(2028, 5, 31)
    >>> last_day(date(2026, 8, 31), 6), last_day(date(2024, 2, 29), 12)
    (datetime.date(2027, 2, 28), datetime.date(2025, 2, 28))
    """
    end = start + relativedelta(months=months)
    return end if end.day < start.day else end - relativedelta(days=1)
