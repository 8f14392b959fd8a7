"""What a warranty covers on a day: pure functions, no Odoo import.

Facts in, verdict out. Days are local dates of the customer; a term of n months
covers its last day in full. What the customer may choose is said by ``remedies``.
"""
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

WHOLE_UNIT = 'whole_unit'
COMPONENT = 'component'
LABOUR = 'labour'
TRAVEL = 'travel'
CONSUMABLE = 'consumable'

Span = tuple[date, date]


@dataclass(frozen=True)
class Cover:
    """One promise on one unit, from its first to its last day (both included).

    ``components`` holds the identifiers of the main parts that a ``component`` cover is
    limited to; it is empty for the other kinds. ``usage_limit`` is the reading of the
    unit's meter up to which it holds, in the unit of the policy; ``percent`` is what the
    customer does not pay. A ``component`` cover that ``has_labour`` bears the labour of a
    repair of its parts as well, and the trip where trips are promised. From ``void_from``
    on nothing is promised; in one of the ``pauses`` (first and last day) the promise rests,
    and its end does not move.
    """

    kind: str
    start: date
    end: date
    name: str = ''
    components: frozenset[int] = field(default_factory=frozenset)
    percent: float = 100.0
    usage_limit: float | None = None
    origin: str = 'factory'
    article: str = ''
    void_from: date | None = None
    pauses: tuple[Span, ...] = ()
    key: int = 0
    has_labour: bool = False

    def runs_on(self, day: date, usage: float | None = None) -> bool:
        """Return whether the promise holds on ``day`` at the reading ``usage``."""
        return self.fails_on(day, usage) is None

    def fails_on(self, day: date, usage: float | None = None) -> str | None:
        """Return why the promise does not hold: a reason of ``Verdict``, or ``None``."""
        if self.void_from and day >= self.void_from:
            return 'void'
        if day < self.start:
            return 'not_started'
        if day > self.end:
            return 'expired'
        if self.usage_limit is not None and usage is not None and usage > self.usage_limit:
            return 'used_up'
        if any(first <= day <= last for first, last in self.pauses):
            return 'suspended'
        return None


@dataclass(frozen=True)
class Verdict:
    """The answer for one line: covered or not, and the cover or reason behind it."""

    is_covered: bool
    reason: str
    cover: Cover | None = None

    @property
    def percent(self) -> float:
        """Return what the warranty bears, per cent."""
        return self.cover.percent if self.is_covered and self.cover else 0.0


def add_days(day: date, days: int) -> date:
    """Return the day so many days later, at most the last of the calendar.

    >>> add_days(date(2025, 1, 31), 1), add_days(date(9999, 12, 1), 1000)
    (datetime.date(2025, 2, 1), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def last_covered_day(start: date, months: int, days: int = 0) -> date:
    """Return the last day of a term of ``months`` months and ``days`` that begins on ``start``.

    It is the same date ``months`` later, still covered, as the trade counts: invoiced
    on 10 January for a year, covered up to and including 10 January. Where that month
    has no such date, its last day is taken.

    >>> last_covered_day(date(2025, 1, 10), 12)
    datetime.date(2026, 1, 10)
    >>> last_covered_day(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    >>> last_covered_day(date(2025, 1, 10), 0, 90)
    datetime.date(2025, 4, 10)
    """
    if months < 0 or days < 0 or not (months or days):
        raise ValueError("a term lasts at least one day")
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    day = start.day
    if day > 28:
        day = min(day, monthrange(year, month + 1)[1])
    return add_days(date(year, month + 1, day), days)


def term_start(event: str, dates: Mapping[str, date | None], grace_days: int = 0) -> date | None:
    """Return the first day of the terms that run from ``event``, or ``None``.

    ``dates`` maps the events to their days. Where that of ``event`` is not known, the
    delivery counts, else the invoice, else the manufacture. From the manufacture the
    terms run ``grace_days`` later: a unit lies in the shop before it is sold.

    >>> term_start('invoice', {'invoice': date(2025, 1, 10), 'delivery': date(2025, 1, 12)})
    datetime.date(2025, 1, 10)
    >>> term_start('invoice', {'manufacture': date(2025, 3, 1)}, grace_days=90)
    datetime.date(2025, 5, 30)
    """
    for name in (event, 'delivery', 'invoice', 'manufacture'):
        if day := dates.get(name):
            return add_days(day, grace_days) if name == 'manufacture' else day
    return None


def days_away(spans: Iterable[Span]) -> int:
    """Return the days that a unit was in repair or waited for parts, none counted twice.

    A span counts its last day but not its first: brought on the 3rd, back on the 5th is
    two days. Overlapping spans, such as a wait within a repair, are one.

    >>> days_away([(date(2025, 3, 3), date(2025, 3, 15)), (date(2025, 3, 10), date(2025, 3, 23))])
    20
    """
    total, reached = 0, date.min
    for first, last in sorted(spans):
        total += max((last - max(first, reached)).days, 0)
        reached = max(reached, last)
    return total


def moved_end(start: date, end: date, spans: Iterable[Span]) -> date:
    """Return the end of a term moved by the days that the unit was away while it ran.

    A span counts only as far as it lies in the term that it moves itself.

    >>> moved_end(date(2025, 1, 10), date(2026, 1, 10),
    ...           [(date(2025, 3, 3), date(2025, 3, 15)), (date(2025, 5, 1), date(2025, 5, 9))])
    datetime.date(2026, 1, 30)
    """
    reached = date.min
    for first, last in sorted(spans):
        first = max(first, start, reached)
        if first > end:
            break
        if last > first:
            end = add_days(end, (last - first).days)
            reached = last
    return end


def judge(covers: Iterable[Cover], kind: str, day: date, component: int | None = None,
          usage: float | None = None, parts: frozenset[int] = frozenset()) -> Verdict:
    """Return whether a line of ``kind`` needed on ``day`` is covered.

    * labour, travel and consumables are covered by a cover of their kind;
    * labour also by a cover of one of the main ``parts`` that the work fits, where it has
      labour: who owes a part owes the work that fits it; and the trip, who promises trips at all;
    * a part is covered by the whole unit, else by a component cover that names its main
      part ``component``;
    * a part with a shorter term of its own, such as a battery, is not covered beyond it by
      the whole unit of the same origin;
    * of several covers that run, the one that pays most is quoted, then one of labour for
      labour, then the one that lasts longest.

    ``reason`` is ``'no_cover'`` (never promised), ``'not_started'``, ``'expired'``,
    ``'used_up'``, ``'suspended'``, ``'void'`` or ``'covered'``.
    """
    covers = list(covers)
    if kind == TRAVEL and not any(cover.kind == TRAVEL for cover in covers):
        return Verdict(False, 'no_cover')
    promised = [cover for cover in covers if _applies(cover, kind, component, parts)]
    promised = [cover for cover in promised if not _is_limited(cover, promised)]
    running = [cover for cover in promised if cover.runs_on(day, usage)]
    if running:
        return Verdict(True, 'covered', max(running, key=lambda cover: (
            cover.percent, cover.kind == kind or kind not in (LABOUR, TRAVEL), cover.end,
            -cover.key)))
    if not promised:
        return Verdict(False, 'no_cover')
    latest = max(promised, key=lambda cover: (cover.end, -cover.key))
    return Verdict(False, latest.fails_on(day, usage) or 'no_cover', latest)


def _applies(cover: Cover, kind: str, component: int | None, parts: frozenset[int]) -> bool:
    if cover.has_labour and cover.kind == COMPONENT and kind in (LABOUR, TRAVEL):
        return not parts.isdisjoint(cover.components)
    if kind in (LABOUR, TRAVEL, CONSUMABLE):
        return cover.kind == kind
    return cover.kind == WHOLE_UNIT or (
        cover.kind == COMPONENT and component in cover.components)


def _is_limited(cover: Cover, promised: Iterable[Cover]) -> bool:
    """Return whether a shorter promise for the part itself stands before this one."""
    return cover.kind == WHOLE_UNIT and any(
        other.kind == COMPONENT and other.origin == cover.origin and other.end < cover.end
        for other in promised)
