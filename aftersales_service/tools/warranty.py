"""What a warranty covers on a day: pure functions, no Odoo import.

Facts in, verdict out. Days are local dates of the customer; a term of n months
covers its last day in full.
"""
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

WHOLE_UNIT = 'whole_unit'
COMPONENT = 'component'
LABOUR = 'labour'


@dataclass(frozen=True)
class Cover:
    """One promise on one unit, from its first to its last day (both included).

    ``components`` holds the identifiers of the parts that a ``component`` cover is
    limited to; it is empty for the other kinds.
    """

    kind: str
    start: date
    end: date
    name: str = ''
    components: frozenset[int] = field(default_factory=frozenset)

    def runs_on(self, day: date) -> bool:
        """Tell whether ``day`` lies in the cover, first and last day included."""
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Verdict:
    """The answer for one line: covered or not, and the cover or reason behind it."""

    is_covered: bool
    reason: str
    cover: Cover | None = None


def last_covered_day(start: date, months: int) -> date:
    """Return the last day of a term of ``months`` months that begins on ``start``.

    It is the same date ``months`` later, still covered, as the trade counts: invoiced
    on 10 January for a year, covered up to and including 10 January. Where that month
    has no such date, its last day is taken.

    >>> last_covered_day(date(2025, 1, 10), 12)
    datetime.date(2026, 1, 10)
    >>> last_covered_day(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    if months <= 0:
        raise ValueError("a term lasts at least one month")
    return start + relativedelta(months=months)


def judge(covers: Iterable[Cover], kind: str, day: date, component: int | None = None) -> Verdict:
    """Tell whether a line of ``kind`` needed on ``day`` is covered.

    * labour is covered by a labour cover, and by nothing else;
    * a part is covered by the whole unit, else by a component cover that names it;
    * of several covers that run, the one that lasts longest is quoted.

    ``reason`` is ``'no_cover'`` (never promised), ``'not_started'``, ``'expired'`` or
    ``'covered'``.
    """
    promised = [cover for cover in covers if _applies(cover, kind, component)]
    running = [cover for cover in promised if cover.runs_on(day)]
    if running:
        return Verdict(True, 'covered', max(running, key=lambda cover: cover.end))
    if not promised:
        return Verdict(False, 'no_cover')
    latest = max(promised, key=lambda cover: cover.end)
    return Verdict(False, 'expired' if latest.end < day else 'not_started', latest)


def _applies(cover: Cover, kind: str, component: int | None) -> bool:
    if kind == LABOUR:
        return cover.kind == LABOUR
    return cover.kind == WHOLE_UNIT or (
        cover.kind == COMPONENT and component in cover.components)
