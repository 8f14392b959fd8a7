"""What a customer may choose for a faulty unit: pure functions, no Odoo import.

Facts of one unit and the rules of its policy in, a decision out: the remedies in order,
each with the rule that gives it, its fee, refund and last day, and why the other rules
do not give theirs. The order of the rules given does not matter.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .warranty import Span, days_away

# best for the customer first
REMEDIES = ('refund', 'exchange', 'repair', 'reduction')
PERFORMANCE, SAFETY, NO_REASON = 'performance', 'safety', 'no_reason'


@dataclass(frozen=True, slots=True)
class Repair:
    """An earlier repair of the unit; ``returned`` is ``None`` while it is not back."""

    received: date
    returned: date | None = None
    fault: int = 0
    parts: frozenset[int] = frozenset()
    waits: tuple[Span, ...] = ()
    is_quality: bool = True  # false for damage by the customer: it never counts
    is_safety: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one unit on the day on which the customer asks.

    ``price`` in the currency of the sale; ``usage`` the reading of its meter, ``parts``
    the main parts concerned; ``same_model`` tells whether the seller has another one,
    ``None`` when nobody looked; ``exclusions`` the articles of approved exclusions.
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

    @property
    def age(self) -> int:
        """Return the days since the term began."""
        return (self.day - self.start).days if self.start else 0

    def away(self) -> tuple[Span, ...]:
        """Return the spans in repair or waiting for parts, as far as ``day``."""
        spans: list[Span] = []
        for repair in self.repairs:
            if repair.is_quality:
                spans += [(repair.received, repair.returned or self.day), *repair.waits]
        return tuple((first, min(last, self.day)) for first, last in spans if first < self.day)


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause of a policy: its conditions, all of which must hold, and what it gives.

    ``None`` and empty sets ask for nothing. ``repairs_of`` says which repairs count for
    ``min_repairs``: ``'all'``, ``'same_fault'`` or ``'same_part'``. ``over_repair_days``,
    ``over_single_days`` and ``over_wait_days`` hold when the days are *more* than that.
    """

    remedy: str
    article: str = ''
    key: int = 0
    sequence: int = 10
    fault_kinds: frozenset[str] = frozenset()
    window_days: int | None = None
    window_usage: float | None = None
    in_term: bool = True
    parts: frozenset[int] = frozenset()
    min_repairs: int = 0
    repairs_of: str = 'all'
    over_repair_days: int | None = None
    over_single_days: int | None = None
    over_wait_days: int | None = None
    same_model: str = 'any'  # or 'available', 'missing'
    distance_only: bool = False
    needs_proof: bool = True
    fee: str = 'none'  # or 'daily', 'usage'
    rate: float = 0.0  # part of the price per day, or per 1,000 units of usage


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the customer may choose; ``last_day`` is the last on which he may ask for it."""

    kind: str
    rule: Rule
    fee: float = 0.0
    refund: float = 0.0
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a rule gives nothing: the condition, what it wants and what was found."""

    rule: Rule
    reason: str
    wanted: float = 0
    found: float = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on the unit: its remedies in order, and every rule fired or failed."""

    remedies: tuple[Remedy, ...] = ()
    fired: tuple[Rule, ...] = ()
    failed: tuple[Failure, ...] = ()
    exclusions: tuple[str, ...] = ()

    @property
    def is_eligible(self) -> bool:
        """Tell whether anything is owed without charge beyond the fee."""
        return bool(self.remedies)

    def get(self, kind: str) -> Remedy | None:
        """Return the remedy of ``kind``, the cheapest for the customer."""
        return next((remedy for remedy in self.remedies if remedy.kind == kind), None)


def decide(facts: Facts, rules: Iterable[Rule]) -> Decision:
    """Return what the rules give on the facts; an exclusion leaves paid repair only.

    Of two rules for one remedy the one with the lower fee gives it.
    """
    fired: list[Rule] = []
    failed: list[Failure] = []
    for rule in sorted(rules, key=lambda rule: (rule.sequence, rule.key)):
        failure = _failure(facts, rule)
        if failure:
            failed.append(failure)
        else:
            fired.append(rule)
    best: dict[str, Remedy] = {}
    for rule in fired:
        remedy = _remedy(facts, rule)
        if rule.remedy not in best or remedy.fee < best[rule.remedy].fee:
            best[rule.remedy] = remedy
    return Decision(
        tuple(sorted(best.values(), key=lambda remedy: REMEDIES.index(remedy.kind))),
        tuple(fired), tuple(failed), facts.exclusions)


def depreciation_fee(price: float, daily_rate: float, days: int) -> float:
    """Return the fee for the use of a unit, never more than its price.

    :param daily_rate: part of the price per day
    :param days: since the invoice, less those in repair and waiting

    >>> depreciation_fee(3000, 0.005, 100 - 10)
    1350.0
    """
    return min(max(price, 0.0), round(max(price, 0.0) * daily_rate * max(days, 0), 6))


def usage_fee(price: float, usage: float, rate: float) -> float:
    """Return the fee for the use of a vehicle: price x usage / 1,000 x rate.

    >>> usage_fee(200_000, 8_000, 0.005)
    8000.0
    """
    return min(max(price, 0.0), round(max(price, 0.0) * max(usage, 0.0) / 1000 * rate, 6))


def _remedy(facts: Facts, rule: Rule) -> Remedy:
    fee = 0.0
    if rule.fee == 'daily':
        fee = depreciation_fee(facts.price, rule.rate, facts.age - days_away(facts.away()))
    elif rule.fee == 'usage':
        fee = usage_fee(facts.price, facts.usage or 0.0, rule.rate)
    refund = facts.price - fee if rule.remedy == 'refund' else 0.0
    ends = [facts.term_end] if rule.in_term and facts.term_end else []
    if rule.window_days is not None and facts.start:
        ends.append(facts.start + timedelta(days=rule.window_days))
    return Remedy(rule.remedy, rule, fee, refund, min(ends, default=None))


def _failure(facts: Facts, rule: Rule) -> Failure | None:
    if facts.exclusions:
        return Failure(rule, 'excluded')
    if facts.start is None or facts.age < 0:
        return Failure(rule, 'not_started')
    if rule.in_term and (facts.term_end is None or facts.day > facts.term_end):
        return Failure(rule, 'expired')
    if rule.fault_kinds and facts.fault_kind not in rule.fault_kinds:
        return Failure(rule, 'fault_kind')
    if rule.parts and not rule.parts & facts.parts:
        return Failure(rule, 'parts')
    return _sale_failure(facts, rule) or _window_failure(facts, rule) or (
        _repair_failure(facts, rule))


def _sale_failure(facts: Facts, rule: Rule) -> Failure | None:
    if rule.needs_proof and not facts.has_proof:
        return Failure(rule, 'no_proof')
    if rule.distance_only and not facts.is_distance_sale:
        return Failure(rule, 'no_distance_sale')
    if rule.same_model == 'available' and facts.same_model is False:
        return Failure(rule, 'same_model_missing')
    if rule.same_model == 'missing' and facts.same_model is not False:
        return Failure(rule, 'same_model_available')
    return None


def _window_failure(facts: Facts, rule: Rule) -> Failure | None:
    if rule.window_days is not None and facts.age > rule.window_days:
        return Failure(rule, 'window_days', rule.window_days, facts.age)
    if rule.window_usage is not None and (facts.usage or 0.0) > rule.window_usage:
        return Failure(rule, 'window_usage', rule.window_usage, facts.usage or 0.0)
    return None


def _repair_failure(facts: Facts, rule: Rule) -> Failure | None:
    counted = _count_repairs(facts, rule)
    if counted < rule.min_repairs:
        return Failure(rule, 'min_repairs', rule.min_repairs, counted)
    quality = [repair for repair in facts.repairs if repair.is_quality]
    stays = [(repair.received, repair.returned or facts.day) for repair in quality]
    measured = (
        ('over_repair_days', rule.over_repair_days, days_away(stays)),
        ('over_single_days', rule.over_single_days, max(
            (days_away([stay]) for stay in stays), default=0)),
        ('over_wait_days', rule.over_wait_days, days_away(
            [wait for repair in quality for wait in repair.waits])))
    for reason, wanted, found in measured:
        if wanted is not None and found <= wanted:
            return Failure(rule, reason, wanted, found)
    return None


def _count_repairs(facts: Facts, rule: Rule) -> int:
    """Return the finished repairs of quality faults that a rule counts."""
    finished = [
        repair for repair in facts.repairs
        if repair.is_quality and repair.returned and repair.returned <= facts.day
        and (rule.fault_kinds != {SAFETY} or repair.is_safety)]
    if rule.repairs_of == 'same_fault':
        return sum(repair.fault == facts.fault for repair in finished)
    if rule.repairs_of == 'same_part':
        wanted = rule.parts or facts.parts
        return max((sum(part in repair.parts for repair in finished) for part in wanted),
                   default=0)
    return len(finished)
