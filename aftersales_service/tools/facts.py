"""What is known of a faulty unit: the facts that ``remedies`` decides by."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .warranty import Span, days_away

# kinds of fault, the slightest first; without a reason there is none
MINOR, PERFORMANCE, SAFETY, NO_REASON = 'minor', 'performance', 'safety', 'no_reason'
FAULTS = frozenset({MINOR, PERFORMANCE, SAFETY})


@dataclass(frozen=True, slots=True)
class Repair:
    """An earlier repair of the unit; ``returned`` is ``None`` while it is not back."""

    received: date
    returned: date | None = None
    fault: int = 0  # its cause: the same number is the same cause; zero: not known
    parts: frozenset[int] = frozenset()  # main parts that were replaced
    waits: tuple[Span, ...] = ()
    is_quality: bool = True  # false for damage by the customer: it never counts
    is_safety: bool = False
    symptom: int = 0
    # the instants of the hand-in and of the return, where days of 24 hours count
    begun: datetime | None = None
    ended: datetime | None = None
    # holds that laws leave out of the sum of days, such as the transport of a special part
    uncounted: tuple[tuple[datetime, datetime | None], ...] = ()

    def is_back(self, day: date) -> bool:
        """Return whether the unit was back on ``day``."""
        return bool(self.returned) and self.returned <= day

    def stay(self, day: date) -> Span:
        """Return the time in repair as far as ``day``."""
        return self.received, min(self.returned or day, day)

    def stay_days(self, day: date) -> int:
        """Return the days in repair, waits for parts among them."""
        first, last = self.stay(day)
        return max((last - first).days, 0)

    def begun_days(
            self, day: date, moment: datetime | None = None, is_whole: bool = True) -> int:
        """Return the days in repair by the hour: each begun day of 24 hours is one.

        While the unit is not back, ``moment`` ends the count; without it the end of ``day``.
        Where it is not the ``is_whole`` time, holds that do not count are left out.
        Where only days are known, a repair that was over on the day it began counts one.

        >>> Repair(date(2025, 3, 3), date(2025, 3, 4), begun=datetime(2025, 3, 3, 9),
        ...        ended=datetime(2025, 3, 4, 9, 1)).begun_days(date(2025, 3, 9))
        2
        >>> Repair(date(2025, 3, 3), begun=datetime(2025, 3, 3, 9)).begun_days(date(2025, 3, 8))
        6
        >>> Repair(date(2025, 3, 3), date(2025, 3, 3)).begun_days(date(2025, 3, 9))
        1
        """
        if not self.begun:
            return max(self.stay_days(day), 1)
        end = self.ended if self.is_back(day) else moment
        if not end:
            return self.stay_days(day) + (not self.is_back(day))
        spent = end - self.begun
        for first, last in () if is_whole else self.uncounted:
            spent -= max(min(last or end, end) - max(first, self.begun), timedelta())
        return max(-(-spent // timedelta(days=1)), 1)

    def workdays(self, day: date, is_workday: Callable[[date], bool] | None = None) -> int:
        """Return the working days in repair after that of the hand-in, Monday to Friday else.

        >>> Repair(date(2025, 3, 3), date(2025, 3, 17)).workdays(date(2025, 4, 1))
        10
        """
        first, last = self.stay(day)
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(1 for day in days if (
            is_workday(day) if is_workday else day.weekday() < 5))

    def own_days(self, day: date) -> int:
        """Return the repairer's own days: those in repair without the waits for parts.

        >>> Repair(date(2025, 3, 1), date(2025, 4, 15),
        ...        waits=((date(2025, 3, 5), date(2025, 3, 20)),)).own_days(date(2025, 5, 1))
        30
        """
        days = self.stay_days(day)
        if self.waits:
            first, last = self.stay(day)
            days -= days_away((max(begin, first), min(end, last)) for begin, end in self.waits)
        return days

    def wait_days(self, day: date) -> int:
        """Return the days from hand-in to the end of its last wait for a part, if it had one.

        >>> Repair(date(2025, 3, 1), date(2025, 6, 1),
        ...        waits=((date(2025, 3, 5), date(2025, 3, 20)),)).wait_days(date(2025, 7, 1))
        19
        """
        if not self.waits:
            return 0
        first, last = self.stay(day)
        return max([0, *((min(end, last) - first).days for __, end in self.waits)])

    def is_same_fault(self, fault: int, symptom: int) -> bool:
        """Return whether it was for the same fault: by the causes, else by the symptoms.

        >>> Repair(date(2025, 3, 1), fault=7, symptom=3).is_same_fault(fault=0, symptom=3)
        True
        """
        if fault and self.fault:
            return fault == self.fault
        return bool(symptom) and symptom == self.symptom


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one unit on the day on which the customer asks.

    All days are local days of the customer. ``price`` in the currency of the sale;
    ``usage`` the reading of the meter, ``term_usage`` the one that ends the term;
    ``fault`` the cause and ``symptom`` what the customer sees, zero while not known;
    ``parts`` the main parts concerned, ``part_end`` the last day of a cover of their own;
    ``same_model`` says whether the seller has another one, ``None`` when it is not known;
    ``is_proven`` that the unit was faulty when it was handed over; ``exclusions`` the
    articles of approved exclusions.

    ``is_company`` says that the owner is no consumer; ``has_copy`` that a copy of the invoice
    is the only proof; ``is_excepted`` that goods such as those made to order are sold for good;
    ``is_refused`` that the seller refuses to put it right, or cannot. ``is_accessory``: the
    fault concerns only parts with a shorter term than the unit. ``exchanges`` counts the
    earlier units that this one replaces, ``season`` is the first day of its first operating
    season. ``is_workday`` knows the working days; where ``ends_on_workday``, a last day that
    is none moves to the next. ``moment`` is the instant of the question.
    """

    day: date
    start: date | None = None
    term_end: date | None = None
    price: float = 0.0
    usage: float | None = None
    fault_kind: str = PERFORMANCE
    fault: int = 0
    parts: frozenset[int] = frozenset()
    repairs: tuple[Repair, ...] = ()
    same_model: bool | None = None
    is_distance_sale: bool = False
    has_proof: bool = True
    exclusions: tuple[str, ...] = ()
    delivered: date | None = None
    term_usage: float | None = None
    part_end: date | None = None
    is_proven: bool = False
    symptom: int = 0
    is_company: bool = False
    has_copy: bool = False
    is_excepted: bool = False
    is_refused: bool = False
    is_accessory: bool = False
    exchanges: int = 0
    season: date | None = None
    ends_on_workday: bool = False
    is_workday: Callable[[date], bool] | None = None
    moment: datetime | None = None

    @property
    def age(self) -> int:
        """Return the days since the term began."""
        return (self.day - self.start).days if self.start else 0

    def away(self) -> tuple[Span, ...]:
        """Return the spans in repair or waiting for parts, from the start as far as ``day``."""
        spans: list[Span] = []
        for repair in self.repairs:
            if repair.is_quality:
                spans += [repair.stay(self.day), *repair.waits]
        start = self.start or date.min
        return tuple(
            (max(first, start), min(last, self.day)) for first, last in spans
            if first < self.day and last > start)
