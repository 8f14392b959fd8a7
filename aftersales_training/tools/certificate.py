"""When a certificate holds, and which reminder is due: pure Python, no Odoo import."""
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

# what is read from paper and typed: no letters or digits that look alike
ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
CODE_LENGTH = 8


def read_days(text: str | None) -> list[int]:
    """Return the days of a setting such as "90, 60, 30", the most first; none if it is not one.

    >>> read_days("30, 90,60"), read_days("soon"), read_days(""), read_days("0")
    ([90, 60, 30], [], [], [])
    """
    if not re.fullmatch(r'\s*[1-9]\d{0,2}\s*(,\s*[1-9]\d{0,2}\s*)*', text or ''):
        return []
    return sorted({int(days) for days in re.findall(r'\d+', text)}, reverse=True)


class Span(NamedTuple):
    """From when until when a certificate holds; ``end`` is its last day, ``None`` for ever."""

    start: date
    end: date | None = None
    is_revoked: bool = False

    def covers(self, day: date) -> bool:
        """Whether the certificate holds on ``day``, had it not been revoked.

        >>> Span(date(2026, 6, 1), date(2026, 6, 30)).covers(date(2026, 6, 30))
        True
        """
        return self.start <= day and (self.end is None or day <= self.end)


def find_flaw(spans: Iterable[Span], day: date) -> tuple[str, date | None] | None:
    """Return why none of a person's certificates holds on ``day``, ``None`` if one does.

    ``('revoked', None)`` where a revoked one would have held, ``('ended', last day)`` or
    ``('begins', first day)`` of the nearest one, ``('missing', None)`` without any.

    >>> find_flaw([Span(date(2024, 5, 21), date(2026, 5, 20))], date(2026, 5, 20))
    >>> find_flaw([Span(date(2024, 5, 21), date(2026, 5, 20))], date(2026, 5, 21))
    ('ended', datetime.date(2026, 5, 20))
    >>> find_flaw([Span(date(2026, 6, 1))], date(2026, 5, 21))
    ('begins', datetime.date(2026, 6, 1))
    >>> find_flaw([Span(date(2026, 1, 1), None, True)], date(2026, 5, 21))
    ('revoked', None)
    >>> find_flaw([], date(2026, 5, 21))
    ('missing', None)
    """
    spans = list(spans)
    covering = [span for span in spans if span.covers(day)]
    if any(not span.is_revoked for span in covering):
        return None
    if covering:
        return ('revoked', None)
    known = [span for span in spans if not span.is_revoked]
    if ended := [span.end for span in known if span.end and span.end < day]:
        return ('ended', max(ended))
    if coming := [span.start for span in known if span.start > day]:
        return ('begins', min(coming))
    return ('revoked' if spans else 'missing', None)


def state_on(span: Span, day: date, days_before: int) -> str:
    """Return what a certificate is on ``day``: valid, expiring, expired or revoked.

    It is expiring during the last ``days_before`` days; one that begins later is valid.

    >>> state_on(Span(date(2025, 1, 1), date(2026, 8, 29)), date(2026, 5, 31), 90)
    'expiring'
    >>> state_on(Span(date(2025, 1, 1), date(2026, 8, 29)), date(2026, 5, 30), 90)
    'valid'
    >>> state_on(Span(date(2025, 1, 1), date(2026, 8, 29)), date(2026, 8, 30), 90)
    'expired'
    """
    if span.is_revoked:
        return 'revoked'
    if span.end is None or span.end > day + timedelta(days=days_before):
        return 'valid'
    return 'expired' if span.end < day else 'expiring'


def due_mark(days_left: int, marks: Iterable[int], sent: int) -> int:
    """Return the reminder that is due with ``days_left``, 0 for none.

    Of several marks that were passed at once the nearest to the end counts; ``sent`` is the last
    one that was sent, 0 for none.

    >>> [due_mark(days, (90, 60, 30), 0) for days in (91, 90, 61, 60, 12)]
    [0, 90, 90, 60, 30]
    >>> due_mark(75, (90, 60, 30), 90), due_mark(59, (90, 60, 30), 90), due_mark(-1, (90,), 0)
    (0, 60, 0)
    """
    passed = [mark for mark in marks if days_left <= mark and days_left >= 0]
    mark = min(passed, default=0)
    return mark if mark and (not sent or mark < sent) else 0
