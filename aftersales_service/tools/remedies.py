"""What a customer may choose for a faulty unit: pure functions, no Odoo import.

Facts of one unit and the rules of its policy in, a decision out: the remedies in order,
each with the rule that gives it, its fee, refund and last day, and why the other rules
do not give theirs. The order of the rules given does not matter.
"""
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from .facts import FAULTS, MINOR, NO_REASON, PERFORMANCE, SAFETY, Facts, Repair
from .rules import REASONS, Case, Rule
from .warranty import days_away

__all__ = [
    'FAULTS', 'MINOR', 'NO_REASON', 'PERFORMANCE', 'REASONS', 'REMEDIES', 'SAFETY', 'Decision',
    'Facts', 'Failure', 'Remedy', 'Repair', 'Rule', 'decide', 'depreciation_fee', 'usage_fee']

# best for the customer first; a loan is for the time of a repair
REMEDIES = ('refund', 'exchange', 'part_refund', 'part', 'repair', 'reduction', 'loan')

_READING_ORDER = attrgetter('reading_order')


class Remedy(NamedTuple):
    """What the customer may choose; ``last_day`` is the last day to ask for it."""

    kind: str
    rule: Rule
    fee: float = 0.0
    refund: float = 0.0
    last_day: date | None = None


class Failure(NamedTuple):
    """Why a rule gives nothing: one of ``REASONS``, what it wants and what was found."""

    rule: Rule
    reason: str
    wanted: float = 0
    found: float = 0


class Decision(NamedTuple):
    """The verdict on the unit: its remedies in order, and every rule fired or failed."""

    remedies: tuple[Remedy, ...] = ()
    fired: tuple[Rule, ...] = ()
    failed: tuple[Failure, ...] = ()
    exclusions: tuple[str, ...] = ()

    @property
    def is_eligible(self) -> bool:
        """Return whether anything is owed without charge beyond the fee."""
        return bool(self.remedies)

    def get(self, kind: str) -> Remedy | None:
        """Return the remedy of ``kind``, the cheapest for the customer."""
        return next((remedy for remedy in self.remedies if remedy.kind == kind), None)


def decide(facts: Facts, rules: Iterable[Rule]) -> Decision:
    """Return what the rules give on the facts.

    Of two rules for one remedy the one with the lower fee gives it, of those that cost the
    same the one that gives it longest, else the first. Where a fault gives it, no rule that
    asks for none does: there the customer pays the way back. Rules that give something in
    place of an exchange are read last, when the right to one is known.
    """
    case = Case(facts)
    fired: list[Rule] = []
    failed: list[Failure] = []
    best: dict[str, tuple[float, bool, bool]] = {}
    givers: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=_READING_ORDER):
        found = case.find_failure(rule)
        if rule.remedy == 'exchange' and (found is None or found[0] == 'same_model_missing'):
            case.exchange_rules.append(rule)
        if found:
            failed.append(Failure(rule, *found))
            continue
        fired.append(rule)
        # on the first day no fee has grown yet: the rule without one costs less
        cost = (
            _compute_fee_amount(case, rule), rule.fee != 'none',
            NO_REASON in rule.fault_kinds and facts.fault_kind != NO_REASON)
        if rule.remedy not in best or cost < best[rule.remedy]:
            best[rule.remedy], givers[rule.remedy] = cost, []
        if cost == best[rule.remedy]:
            givers[rule.remedy].append(rule)
    remedies = tuple(
        _give(case, best[kind][0], givers[kind]) for kind in REMEDIES if kind in best)
    return Decision(remedies, tuple(fired), tuple(failed), facts.exclusions)


def _compute_fee_amount(case: Case, rule: Rule) -> float:
    if rule.fee == 'none':
        return 0.0
    facts = case.facts
    if rule.fee == 'daily':
        return depreciation_fee(facts.price, rule.rate, facts.age - days_away(facts.away()))
    return usage_fee(facts.price, facts.usage or 0.0, rule.rate)


def _give(case: Case, fee: float, rules: list[Rule]) -> Remedy:
    """Return what the rules of one remedy give, named after the one that gives it longest."""
    rule, last_day = rules[0], case.last_day(rules[0])
    for other in rules[1:]:
        if last_day is None:
            break
        end = case.last_day(other)
        if end is None or end > last_day:
            rule, last_day = other, end
    refund = case.facts.price - fee if rule.remedy == 'refund' else 0.0
    return Remedy(rule.remedy, rule, fee, refund, last_day)


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
