"""What a return is worth and where the goods go: pure functions, no Odoo import.

The return policy is judged on plain facts, the refund is calculated, and of the paths open to
returned goods the one that brings most is proposed; what the law forbids comes first.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

GRADES = ('A', 'B', 'C', 'D')  # the best first


@dataclass(frozen=True, slots=True)
class Terms:
    """A return policy: ``None`` asks for nothing; ``window_days`` count from the delivery."""

    window_days: int
    needs_proof: bool = True
    needs_unused: bool = False
    restocking_percent: float = 0.0
    is_free_at_fault: bool = True
    max_returns: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of one line that a customer wants to return on ``day``.

    ``earlier_returns`` are those of the customer in the period that the policy watches.
    """

    day: date
    delivered: date | None = None
    has_proof: bool = True
    is_excluded: bool = False
    is_used: bool = False
    is_seller_fault: bool = False
    earlier_returns: int = 0


@dataclass(frozen=True, slots=True)
class PolicyVerdict:
    """Whether a policy takes the goods back; ``reason`` names the condition that failed."""

    is_eligible: bool
    reason: str = ''
    last_day: date | None = None
    restocking_percent: float = 0.0


def judge_policy(terms: Terms, request: Request) -> PolicyVerdict:
    """Return the verdict of a return policy; the last day of the window is within it.

    >>> terms = Terms(window_days=7, restocking_percent=10)
    >>> judge_policy(terms, Request(date(2026, 3, 8), date(2026, 3, 1))).restocking_percent
    10
    >>> judge_policy(terms, Request(date(2026, 3, 9), date(2026, 3, 1))).reason
    'window'
    >>> judge_policy(terms, Request(date(2026, 3, 8), date(2026, 3, 1), has_proof=False)).reason
    'proof'
    """
    last_day = request.delivered and request.delivered + timedelta(days=terms.window_days)
    failed = next((reason for reason, fails in (
        ('proof', terms.needs_proof and not request.has_proof),
        ('excluded', request.is_excluded),
        ('not_delivered', last_day is None or request.day < (request.delivered or request.day)),
        ('window', last_day is not None and request.day > last_day),
        ('used', terms.needs_unused and request.is_used),
        ('abuse', terms.max_returns is not None
         and request.earlier_returns >= terms.max_returns),
    ) if fails), '')
    is_free = terms.is_free_at_fault and request.is_seller_fault
    return PolicyVerdict(
        not failed, failed, last_day,
        0.0 if failed or is_free else terms.restocking_percent)


def net_refund(price: float, fee: float = 0.0, restocking_percent: float = 0.0) -> float:
    """Return what the customer gets of a price: less the fee for use and for restocking.

    >>> net_refund(3000, 1350)
    1650.0
    >>> net_refund(100, 0, 15)
    85.0
    >>> net_refund(100, 95, 15)
    0.0
    """
    charge = max(price, 0.0) * min(max(restocking_percent, 0.0), 100.0) / 100
    return min(max(price - max(fee, 0.0) - charge, 0.0), max(price, 0.0))


# what goods are worth less, per cent of the price, where a return policy says nothing else
LOSSES = {'B': 10.0, 'C': 30.0, 'D': 60.0, 'incomplete': 20.0}


def value_loss(grade: str, is_complete: bool, losses: dict[str, float]) -> float:
    """Return how much of their price goods have lost, per cent: by their grade and what is missing.

    >>> value_loss('A', True, LOSSES), value_loss('C', True, LOSSES)
    (0.0, 30.0)
    >>> value_loss('D', False, {'D': 90, 'incomplete': 20})
    100.0
    """
    missing = 0.0 if is_complete else losses.get('incomplete', 0.0)
    return min(losses.get(grade, 0.0) + missing, 100.0)


@dataclass(frozen=True, slots=True)
class Path:
    """A way that returned goods may go, and what it brings.

    ``percent`` of the value is expected with ``probability`` (0 to 1); handling costs
    ``cost``, and each of the ``days`` until it is done costs ``holding_cost``.
    ``worst_grade`` is the lowest grade that may go this way. ``owner`` says whose goods
    they must be: the seller's (``'seller'``), or the customer's (``'customer'``).
    """

    key: int
    kind: str
    percent: float = 0.0
    probability: float = 1.0
    cost: float = 0.0
    holding_cost: float = 0.0
    days: float = 0.0
    worst_grade: str = 'D'
    forbids_battery: bool = False
    needs_wiped: bool = False
    needs_complete: bool = False
    needs_maker_fault: bool = False
    owner: str = 'seller'


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods of a return as the inspection found them."""

    value: float
    grade: str = 'D'
    is_complete: bool = True
    has_battery: bool = False
    keeps_data: bool = False
    is_wiped: bool = False
    is_maker_fault: bool = False
    owner: str = 'seller'


def objection(path: Path, goods: Goods) -> str:
    """Return why goods may not go a way, the gravest reason first; empty when they may.

    >>> phone = Goods(1000, 'A', keeps_data=True)
    >>> objection(Path(1, 'restock', needs_wiped=True), phone)
    'not_wiped'
    >>> objection(Path(1, 'scrap', forbids_battery=True), Goods(10, has_battery=True))
    'battery'
    """
    return next((reason for reason, holds in (
        ('battery', path.forbids_battery and goods.has_battery),
        ('not_wiped', path.needs_wiped and goods.keeps_data and not goods.is_wiped),
        ('owner', path.owner != goods.owner),
        ('grade', GRADES.index(goods.grade) > GRADES.index(path.worst_grade)),
        ('incomplete', path.needs_complete and not goods.is_complete),
        ('maker_fault', path.needs_maker_fault and not goods.is_maker_fault),
    ) if holds), '')


def worth(path: Path, value: float) -> float:
    """Return what a way brings: expected value x probability - cost - holding cost x days.

    >>> worth(Path(1, 'refurbish', percent=80, probability=0.9, cost=100,
    ...            holding_cost=2, days=10), 1000)
    600.0
    """
    expected = value * path.percent / 100 * path.probability
    return expected - path.cost - path.holding_cost * path.days


def propose(paths: Iterable[Path], goods: Goods) -> Path | None:
    """Return the open way that brings most; ``None`` when every way is forbidden.

    >>> paths = [Path(1, 'restock', 90, 1, 5, worst_grade='A'), Path(2, 'scrap', 0, 1, 3)]
    >>> propose(paths, Goods(100, 'A')).kind, propose(paths, Goods(100, 'C')).kind
    ('restock', 'scrap')
    """
    return max(
        (path for path in paths if not objection(path, goods)),
        key=lambda path: (worth(path, goods.value), -path.key), default=None)
