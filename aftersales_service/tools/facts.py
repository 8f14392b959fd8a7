"""What is known of a faulty unit: the facts that ``remedies`` decides by."""
from dataclasses import dataclass
from datetime import date

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

    def stay(self, day: date) -> Span:
        """Return the time in repair as far as ``day``."""
        return self.received, min(self.returned or day, day)

    def stay_days(self, day: date) -> int:
        """Return the days in repair, waits for parts among them."""
        first, last = self.stay(day)
        return max((last - first).days, 0)

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
