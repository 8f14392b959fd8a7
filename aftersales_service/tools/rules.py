"""The clauses of a warranty policy and their conditions: what ``remedies`` decides by."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from .deadline import roll_over
from .facts import FAULTS, NO_REASON, SAFETY, Facts, Repair
from .warranty import add_days, days_away, last_covered_day

_SAFETY_ONLY = frozenset({SAFETY})
# what concerns the unit as a whole, not one of its parts
_UNIT_REMEDIES = frozenset({'refund', 'exchange', 'reduction'})

# why a rule gives nothing: the reasons of ``Failure``, in the order of the tests
REASONS = (
    'excluded', 'buyer', 'not_started', 'no_proof', 'copy_only', 'no_distance_sale', 'excepted',
    'fault_kind', 'accessory',
    'expired', 'used_up', 'no_part_cover', 'window_days', 'window_usage', 'not_proven', 'parts',
    'without_parts', 'min_repairs', 'min_replacements', 'min_exchanges', 'since_repair_days',
    'over_repair_days', 'over_single_days', 'over_stay_days', 'over_stay_workdays',
    'over_wait_days', 'not_refused', 'no_exchange_right', 'no_usage', 'same_model_missing',
    'same_model_available')


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause of a policy: its conditions, all of which must hold, and what it gives.

    ``None``, zero and empty sets ask for nothing; ``key`` distinguishes the rules.

    * A rule whose ``fault_kinds`` hold ``NO_REASON`` asks for no fault at all, and no
      exclusion takes it away: nothing has to be wrong with the unit.
    * ``buyer`` says whose rule it is: a ``'consumer'``'s, a ``'company'``'s, or ``'both'``.
    * The window ends ``window_months`` and ``window_days`` after the start of the term,
      the delivery or the first operating season (``window_from``); its last day is in it. For
      ``presumed_months`` from there a fault is presumed to be as old as the sale.
    * ``in_term`` means the term of the whole unit, ``in_part_term`` that of the main part.
    * ``repairs_of`` says which finished repairs ``min_repairs`` counts: ``'all'``, those of
      the ``'same_fault'``, or replacements of the ``'same_part'`` (one of ``parts``, if set).
      One of them ended at most ``since_repair_days`` ago: it did not hold.
      ``min_replacements`` of them replaced a main part. ``min_exchanges`` counts the units
      that were given in exchange before.
    * ``without_parts``: a fault of nothing but these parts gives nothing.
    * Days are *more* than ``over_repair_days`` in all repairs, than ``over_single_days``
      in one without its waits for parts, than ``over_stay_days`` in one with them (or
      ``over_stay_workdays``, by the calendar), than ``over_wait_days`` from hand-in to the
      end of a wait for a part. Where ``counts_begun_days`` is set, each begun day of 24
      hours counts in the sum and in one with its waits. A loan is for the repair under way.
    * ``instead_of_exchange``: any rule gives the right to an exchange, whether or not the
      seller has the same model.
    """

    remedy: str
    article: str = ''
    key: int = 0
    sequence: int = 10
    fault_kinds: frozenset[str] = FAULTS
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
    window_months: int = 0
    window_from: str = 'start'  # or 'delivery', 'season'
    in_part_term: bool = False
    since_repair_days: int | None = None
    presumed_months: int | None = None
    instead_of_exchange: bool = False
    over_stay_days: int | None = None
    counts_begun_days: bool = False
    buyer: str = 'both'  # or 'consumer', 'company'
    needs_original: bool = False
    needs_refusal: bool = False
    without_parts: frozenset[int] = frozenset()
    min_replacements: int = 0
    min_exchanges: int = 0
    over_stay_workdays: int | None = None
    # the conditions that it sets, looked up once: rules are read far more often than made
    checks: tuple['Check', ...] = field(init=False, repr=False, compare=False)
    reading_order: tuple[bool, int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, 'reading_order', (self.instead_of_exchange, self.sequence, self.key))
        object.__setattr__(self, 'checks', tuple(
            check for is_set, check in _CONDITIONS if is_set(self)))

    @property
    def has_window(self) -> bool:
        """Return whether the remedy must be asked for in a window of days."""
        return self.window_days is not None or self.window_months > 0


class Case:
    """The facts, with the figures that many rules share, calculated once."""

    __slots__ = (
        '_by_part', '_exchange_last_day', '_window_ends', 'ages', 'begun', 'exchange_rules',
        'facts', 'finished', 'origins', 'unit_term')

    def __init__(self, facts: Facts) -> None:
        day = facts.day
        self.facts = facts
        self.begun = [repair for repair in facts.repairs
                      if repair.is_quality and repair.received <= day]
        self.finished = [
            repair for repair in self.begun if repair.returned and repair.returned <= day]
        self.origins = {
            'start': facts.start, 'delivery': facts.delivered or facts.start,
            'season': facts.season}
        self.ages = {
            name: (day - origin).days if origin else -1 for name, origin in self.origins.items()}
        # why the term of the whole unit does not hold, which most rules ask
        self.unit_term = _judge_unit_term(facts)
        # those found so far that give the right to an exchange
        self.exchange_rules: list[Rule] = []
        self._window_ends: dict[tuple[str, int, int], date] = {}
        self._by_part: dict[int, list[Repair]] | None = None
        self._exchange_last_day: date | None = None

    def find_failure(self, rule: Rule) -> 'Found':
        """Return why a rule gives nothing: the first of its conditions that does not hold."""
        for check in rule.checks:
            if found := check(self, rule):
                return found
        return None

    def window_end(self, origin_name: str, months: int, days: int = 0) -> date | None:
        """Return the last day of a window of ``months`` and ``days``."""
        origin, key = self.origins[origin_name], (origin_name, months, days)
        if origin is None:
            return None
        if key not in self._window_ends:
            end = last_covered_day(origin, months, days) if months else add_days(origin, days)
            if self.facts.ends_on_workday and self.facts.is_workday:
                end = roll_over(end, self.facts.is_workday)
            self._window_ends[key] = end
        return self._window_ends[key]

    def counted(self, rule: Rule) -> list[Repair]:
        """Return the finished repairs of quality faults that a rule counts."""
        facts, finished = self.facts, self.finished
        if not finished:
            return finished
        if rule.repairs_of == 'same_part':
            finished = self._of_one_part(rule)
        elif rule.repairs_of == 'same_fault':
            finished = [repair for repair in finished
                        if repair.is_same_fault(facts.fault, facts.symptom)]
        if rule.fault_kinds == _SAFETY_ONLY:
            finished = [repair for repair in finished if repair.is_safety]
        return finished

    def stays(self, rule: Rule) -> list[Repair]:
        """Return the repairs whose length a rule asks for: a loan is for the one under way."""
        if rule.remedy != 'loan':
            return self.begun
        return [repair for repair in self.begun if not repair.is_back(self.facts.day)]

    def _of_one_part(self, rule: Rule) -> list[Repair]:
        """Return the replacements of the part that was replaced most often."""
        if self._by_part is None:
            self._by_part = {}
            for repair in self.finished:
                for part in sorted(repair.parts):
                    self._by_part.setdefault(part, []).append(repair)
        parts = (rule.parts & self.facts.parts) or rule.parts or self.facts.parts
        return max((repairs for part, repairs in self._by_part.items()
                    if not parts or part in parts), key=len, default=[])

    def last_day(self, rule: Rule) -> date | None:
        """Return the last day on which a rule that holds today still gives its remedy."""
        facts, ends = self.facts, []
        if rule.in_term:
            ends.append(facts.term_end)
        if rule.in_part_term:
            ends.append(facts.part_end)
        if rule.has_window:
            ends.append(self.window_end(
                rule.window_from, rule.window_months, rule.window_days or 0))
        if rule.since_repair_days is not None:
            last = max((repair.returned for repair in self.counted(rule) if repair.returned),
                       default=facts.day)
            ends.append(add_days(last, rule.since_repair_days))
        if rule.instead_of_exchange:
            ends.append(self._last_day_of_exchange())
        return min([end for end in ends if end], default=None)

    def _last_day_of_exchange(self) -> date | None:
        """Return the last day of the right to an exchange; asked when all its rules are known."""
        if self._exchange_last_day is None:
            ends = [self.last_day(rule) for rule in self.exchange_rules]
            self._exchange_last_day = None if None in ends else max(end for end in ends if end)
        return self._exchange_last_day


# why a condition does not hold: the reason, what the rule wants and what was found
Found = tuple[str, float, float] | None
Check = Callable[[Case, Rule], Found]


def _check_claim(case: Case, rule: Rule) -> Found:
    facts = case.facts
    if facts.exclusions and NO_REASON not in rule.fault_kinds:
        return 'excluded', 0, 0
    if rule.buyer != 'both' and (rule.buyer == 'company') != facts.is_company:
        return 'buyer', 0, 0
    if case.ages[rule.window_from] < 0:
        return 'not_started', 0, 0
    if not facts.has_proof and rule.needs_proof:
        return 'no_proof', 0, 0
    if rule.distance_only and not facts.is_distance_sale:
        return 'no_distance_sale', 0, 0
    if NO_REASON in rule.fault_kinds:
        return ('excepted', 0, 0) if facts.is_excepted else None
    if facts.fault_kind not in rule.fault_kinds:
        return 'fault_kind', 0, 0
    if facts.is_accessory and rule.remedy in _UNIT_REMEDIES:
        return 'accessory', 0, 0
    return None


def _check_original(case: Case, rule: Rule) -> Found:
    return ('copy_only', 0, 0) if case.facts.has_copy else None


def _check_unit_term(case: Case, rule: Rule) -> Found:
    return case.unit_term


def _check_part_term(case: Case, rule: Rule) -> Found:
    facts = case.facts
    if facts.part_end is None:
        return 'no_part_cover', 0, 0
    return _expired(facts, facts.part_end) if facts.day > facts.part_end else None


def _judge_unit_term(facts: Facts) -> Found:
    if facts.term_end is None or facts.day > facts.term_end:
        return _expired(facts, facts.term_end)
    if facts.term_usage is not None and (facts.usage or 0) > facts.term_usage:
        return 'used_up', facts.term_usage, facts.usage or 0
    return None


def _expired(facts: Facts, end: date | None) -> Found:
    return 'expired', (end - facts.start).days if end and facts.start else 0, facts.age


def _check_window(case: Case, rule: Rule) -> Found:
    age, days = case.ages[rule.window_from], rule.window_days or 0
    if rule.window_months or case.facts.ends_on_workday:
        end = case.window_end(rule.window_from, rule.window_months, days)
        if end is None or case.facts.day <= end:
            return None
        days = age - (case.facts.day - end).days
    return ('window_days', days, age) if age > days else None


def _check_window_usage(case: Case, rule: Rule) -> Found:
    limit, usage = rule.window_usage or 0, case.facts.usage or 0
    return ('window_usage', limit, usage) if usage > limit else None


def _check_presumption(case: Case, rule: Rule) -> Found:
    end = case.window_end(rule.window_from, rule.presumed_months or 0)
    if case.facts.is_proven or end is None or case.facts.day <= end:
        return None
    age = case.ages[rule.window_from]
    return 'not_proven', age - (case.facts.day - end).days, age


def _check_parts(case: Case, rule: Rule) -> Found:
    parts = case.facts.parts
    if not parts and rule.repairs_of == 'same_part':
        # the record of replacements counts while it is not known which part failed again
        return None
    return None if rule.parts & parts else ('parts', 0, 0)


def _check_without_parts(case: Case, rule: Rule) -> Found:
    parts = case.facts.parts
    return ('without_parts', 0, 0) if parts and parts <= rule.without_parts else None


def _check_repairs(case: Case, rule: Rule) -> Found:
    found = len(case.counted(rule))
    return ('min_repairs', rule.min_repairs, found) if found < rule.min_repairs else None


def _check_replacements(case: Case, rule: Rule) -> Found:
    wanted = rule.min_replacements
    found = sum(1 for repair in case.counted(rule) if repair.parts and (
        not rule.parts or repair.parts & rule.parts))
    return ('min_replacements', wanted, found) if found < wanted else None


def _check_exchanges(case: Case, rule: Rule) -> Found:
    found = case.facts.exchanges
    return ('min_exchanges', rule.min_exchanges, found) if found < rule.min_exchanges else None


def _check_since_repair(case: Case, rule: Rule) -> Found:
    limit = rule.since_repair_days or 0
    since = min(((case.facts.day - repair.returned).days
                 for repair in case.counted(rule) if repair.returned), default=None)
    if since is None:
        return 'min_repairs', 1, 0
    return ('since_repair_days', limit, since) if since > limit else None


def _check_repair_days(case: Case, rule: Rule) -> Found:
    limit, day = rule.over_repair_days or 0, case.facts.day
    if rule.counts_begun_days:
        found = sum(
            repair.begun_days(day, case.facts.moment, is_whole=False) for repair in case.begun)
    else:
        found = days_away(repair.stay(day) for repair in case.begun)
    return ('over_repair_days', limit, found) if found <= limit else None


def _check_single_days(case: Case, rule: Rule) -> Found:
    limit, day = rule.over_single_days or 0, case.facts.day
    found = max([repair.own_days(day) for repair in case.begun], default=0)
    return ('over_single_days', limit, found) if found <= limit else None


def _check_stay_days(case: Case, rule: Rule) -> Found:
    limit, day = rule.over_stay_days or 0, case.facts.day
    found = max([
        repair.begun_days(day, case.facts.moment) if rule.counts_begun_days
        else repair.stay_days(day) for repair in case.stays(rule)], default=0)
    return ('over_stay_days', limit, found) if found <= limit else None


def _check_stay_workdays(case: Case, rule: Rule) -> Found:
    limit, facts = rule.over_stay_workdays or 0, case.facts
    found = max([repair.workdays(facts.day, facts.is_workday)
                 for repair in case.stays(rule)], default=0)
    return ('over_stay_workdays', limit, found) if found <= limit else None


def _check_wait_days(case: Case, rule: Rule) -> Found:
    limit, day = rule.over_wait_days or 0, case.facts.day
    found = max([repair.wait_days(day) for repair in case.begun], default=0)
    return ('over_wait_days', limit, found) if found <= limit else None


def _check_refusal(case: Case, rule: Rule) -> Found:
    return None if case.facts.is_refused else ('not_refused', 0, 0)


def _check_exchange_right(case: Case, rule: Rule) -> Found:
    return None if case.exchange_rules else ('no_exchange_right', 0, 0)


def _check_meter(case: Case, rule: Rule) -> Found:
    return ('no_usage', 0, 0) if case.facts.usage is None else None


def _check_same_model(case: Case, rule: Rule) -> Found:
    if rule.same_model == 'available':
        return ('same_model_missing', 0, 0) if case.facts.same_model is False else None
    return ('same_model_available', 0, 0) if case.facts.same_model is not False else None


# each condition: whether a rule sets it, and its test. Whether the seller has the same
# model comes last: where only that fails, the right to an exchange is there.
_CONDITIONS: tuple[tuple[Callable[[Rule], bool], Check], ...] = (
    (lambda rule: True, _check_claim),
    (lambda rule: rule.needs_original, _check_original),
    (lambda rule: rule.in_term, _check_unit_term),
    (lambda rule: rule.in_part_term, _check_part_term),
    (lambda rule: rule.has_window, _check_window),
    (lambda rule: rule.window_usage is not None, _check_window_usage),
    (lambda rule: bool(rule.presumed_months), _check_presumption),
    (lambda rule: bool(rule.parts), _check_parts),
    (lambda rule: bool(rule.without_parts), _check_without_parts),
    (lambda rule: bool(rule.min_repairs), _check_repairs),
    (lambda rule: bool(rule.min_replacements), _check_replacements),
    (lambda rule: bool(rule.min_exchanges), _check_exchanges),
    (lambda rule: rule.since_repair_days is not None, _check_since_repair),
    (lambda rule: rule.over_repair_days is not None, _check_repair_days),
    (lambda rule: rule.over_single_days is not None, _check_single_days),
    (lambda rule: rule.over_stay_days is not None, _check_stay_days),
    (lambda rule: rule.over_stay_workdays is not None, _check_stay_workdays),
    (lambda rule: rule.over_wait_days is not None, _check_wait_days),
    (lambda rule: rule.needs_refusal, _check_refusal),
    (lambda rule: rule.instead_of_exchange, _check_exchange_right),
    (lambda rule: rule.fee == 'usage', _check_meter),
    (lambda rule: rule.same_model != 'any', _check_same_model),
)
