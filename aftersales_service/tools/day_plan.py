"""Finding room in a person's day: pure Python, no Odoo import."""
from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def first_gap(
        work: Iterable[Span], busy: Iterable[Span], start: datetime,
        length: timedelta) -> datetime | None:
    """Return the first moment from ``start`` at which ``length`` fits into the working time.

    ``None`` if the day has no such gap. Spans are half open and may come in any order.

    >>> nine, ten, noon = (datetime(2026, 6, 2, hour) for hour in (9, 10, 12))
    >>> hour = timedelta(hours=1)
    >>> first_gap([(nine, noon)], [(nine, ten)], nine, hour).hour
    10
    >>> first_gap([(nine, noon)], [(ten, noon)], nine, hour).hour
    9
    >>> first_gap([(nine, noon)], [(nine, ten)], nine, 3 * hour) is None
    True
    """
    taken = sorted(busy)
    for begin, end in sorted(work):
        moment = max(begin, start)
        for from_, until in taken:
            if until > moment:
                if moment + length <= from_:
                    break
                moment = max(moment, until)
        if moment + length <= end:
            return moment
    return None
