"""On which days the state of a promise changes: pure functions, no Odoo import."""
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .warranty import Cover

DAY = timedelta(days=1)


def next_change(covers: Iterable[Cover], day: date) -> date | None:
    """Return the first day after ``day`` on which one of ``covers`` starts, ends or rests.

    ``None`` when nothing will change any more.

    >>> unit = Cover('whole_unit', date(2025, 1, 10), date(2026, 1, 10))
    >>> next_change([unit], date(2025, 1, 1)), next_change([unit], date(2025, 6, 1))
    (datetime.date(2025, 1, 10), datetime.date(2026, 1, 11))
    >>> next_change([unit], date(2026, 1, 11)) is None
    True
    """
    return min((change for cover in covers for change in _changes(cover) if change > day),
               default=None)


def last_day(cover: Cover) -> date | None:
    """Return the last day on which ``cover`` promises anything; ``None`` if there is none.

    >>> last_day(Cover('labour', date(2025, 1, 10), date(2026, 1, 10),
    ...                void_from=date(2025, 3, 1)))
    datetime.date(2025, 2, 28)
    """
    last = min(cover.end, cover.void_from - DAY) if cover.void_from else cover.end
    return last if last >= cover.start else None


def _changes(cover: Cover) -> Iterator[date]:
    last = last_day(cover)
    if last is None:
        return
    yield cover.start
    if last < date.max:
        yield last + DAY
    for first, until in cover.pauses:
        yield first
        if until < date.max:
            yield until + DAY
