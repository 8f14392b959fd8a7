"""What an employee is deducted, month by month: pure Python, no Odoo.

A month is the first day of it. All amounts of one call are in one currency.
"""
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .money import CENT, divide, from_steps, to_steps


def month_of(day: date) -> date:
    """Return the month of a day.

    >>> month_of(date(2026, 11, 29))
    datetime.date(2026, 11, 1)
    """
    return day.replace(day=1)


def next_month(month: date, count: int = 1) -> date:
    """Return the month that comes ``count`` months later.

    >>> next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return month + relativedelta(months=count)


def base_point_amounts(
        loss: float, points: Sequence[float], step: float = CENT) -> list[float]:
    """Split a unit's loss by base points: ``F_i = L / P x P_i``, the rest to the first.

    >>> base_point_amounts(6000, [6, 4, 2, 2, 2])
    [2250.0, 1500.0, 750.0, 750.0, 750.0]

    :raise ValueError: no person has base points, or something is negative
    """
    return divide(loss, points, step)


class Scheme(NamedTuple):
    """By which rule persons are deducted.

    Caps are per cent of the month's bonus or wage; ``None`` asks for neither. Without
    ``is_carried_over`` what the first month cannot take lapses.
    """

    bonus_percent: float | None = None
    wage_percent: float | None = None
    keeps_minimum_wage: bool = False
    is_carried_over: bool = True
    months: int = 24


class Pay(NamedTuple):
    """What an employee earns in a month; ``None`` is not known."""

    bonus: float | None = None
    wage: float | None = None
    minimum_wage: float | None = None


def missing_pay(scheme: Scheme, pay: Pay) -> tuple[str, ...]:
    """Return the names of what must be known about a month and is not.

    >>> missing_pay(Scheme(bonus_percent=50), Pay(wage=5000))
    ('bonus',)
    >>> missing_pay(Scheme(wage_percent=20, keeps_minimum_wage=True), Pay(wage=5000))
    ('minimum_wage',)
    """
    needed = {'bonus': scheme.bonus_percent is not None,
              'wage': scheme.wage_percent is not None or scheme.keeps_minimum_wage,
              'minimum_wage': scheme.keeps_minimum_wage}
    return tuple(
        name for name, is_needed in needed.items() if is_needed and getattr(pay, name) is None)


def month_cap(scheme: Scheme, pay: Pay, step: float = CENT) -> float:
    """Return the most that one month may be deducted, all penalties together.

    >>> month_cap(Scheme(bonus_percent=50), Pay(bonus=1000))
    500.0
    >>> month_cap(Scheme(wage_percent=20, keeps_minimum_wage=True), Pay(None, 5000, 2690))
    1000.0
    >>> month_cap(Scheme(wage_percent=20, keeps_minimum_wage=True), Pay(None, 3000, 2690))
    310.0
    >>> month_cap(Scheme(wage_percent=20, keeps_minimum_wage=True), Pay(None, 2500, 2690))
    0.0

    :raise ValueError: the scheme has no cap, or what it asks for is not known
    """
    missing = missing_pay(scheme, pay)
    if missing:
        raise ValueError(f"not known: {', '.join(missing)}")
    caps = []
    if scheme.bonus_percent is not None:
        caps.append(_floor(pay.bonus * scheme.bonus_percent / 100, step))
    if scheme.wage_percent is not None:
        caps.append(_floor(pay.wage * scheme.wage_percent / 100, step))
    if scheme.keeps_minimum_wage:
        caps.append(to_steps(pay.wage, step) - to_steps(pay.minimum_wage, step))
    if not caps:
        raise ValueError("a scheme needs a cap")
    return from_steps(max(0, min(caps)), step)


class Due(NamedTuple):
    """A penalty that is deducted: what is still owed, and from which month on.

    Penalties are taken in the order of ``rank`` (the day of the notice, then its number).
    """

    key: int
    rank: tuple
    owed: float
    first_month: date
    scheme: Scheme


class Booking(NamedTuple):
    """A new row of the ledger: an amount that a month is deducted, or that lapses."""

    key: int
    month: date
    amount: float
    is_lapsed: bool = False


def plan_months(
        dues: Iterable[Due], months: Iterable[date], pay_of: Callable[[date], Pay],
        booked: dict[date, float] | None = None, step: float = CENT) -> list[Booking]:
    """Return the deductions of one employee in these months, first in first out.

    :param months: those that are still open, with all earlier open ones; their order here
        does not matter
    :param pay_of: what the employee earns in a month; asked once for each month that has
        something to deduct
    :param booked: what months were deducted before, whatever for

    >>> due = Due(1, (1,), 1500, date(2026, 1, 1), Scheme(bonus_percent=50))
    >>> plan = plan_months([due], [next_month(due.first_month, n) for n in range(6)],
    ...                    lambda month: Pay(bonus=1000))
    >>> [(row.month.month, row.amount) for row in plan]
    [(1, 500.0), (2, 500.0), (3, 500.0)]

    :raise ValueError: from ``month_cap``
    """
    booked, owed, rows = dict(booked or {}), {}, []
    dues = sorted(dues, key=lambda due: due.rank)
    for due in dues:
        owed[due.key] = to_steps(due.owed, step)
    for month in sorted(set(months)):
        running = [due for due in dues if owed[due.key] > 0 and _is_running(due, month)]
        pay = pay_of(month) if running else None
        taken = to_steps(booked.get(month, 0.0), step)
        for due in running:
            room = to_steps(month_cap(due.scheme, pay, step), step) - taken
            part = min(owed[due.key], max(0, room))
            if part:
                rows.append(Booking(due.key, month, from_steps(part, step)))
            taken += part
            owed[due.key] -= part
            if owed[due.key] and not due.scheme.is_carried_over:
                rows.append(Booking(due.key, month, from_steps(owed[due.key], step), True))
                owed[due.key] = 0
    return rows


def _is_running(due: Due, month: date) -> bool:
    """Whether a month is one of those that a penalty may be deducted in."""
    months = due.scheme.months if due.scheme.is_carried_over else 1
    return due.first_month <= month < next_month(due.first_month, months)


class Balance(NamedTuple):
    """Where a penalty stands, from its ledger; nothing in a ledger is changed or deleted."""

    fine: float
    deducted: float = 0.0
    returned: float = 0.0
    waived: float = 0.0
    step: float = CENT

    @property
    def owed(self) -> float:
        """What is still to be deducted.

        >>> Balance(1500, deducted=500, waived=300).owed
        700.0
        """
        return self._subtract(self.fine, self.deducted, self.waived)

    @property
    def kept(self) -> float:
        """What was deducted and not given back.

        >>> Balance(1500, deducted=500, returned=500, waived=1000).kept
        0.0
        """
        return self._subtract(self.deducted, self.returned)

    def _subtract(self, amount: float, *others: float) -> float:
        steps = to_steps(amount, self.step) - sum(to_steps(other, self.step) for other in others)
        return from_steps(steps, self.step)


def counter_entry(balance: Balance, amount: float, *, is_return: bool) -> float:
    """Return the amount of an entry that waives what is owed or gives back what was deducted.

    >>> counter_entry(Balance(1500, deducted=500), 400, is_return=True)
    400

    :raise ValueError: it is not above zero, or more than is owed or was deducted
    """
    limit = balance.kept if is_return else balance.owed
    if amount <= 0 or to_steps(amount, balance.step) > to_steps(limit, balance.step):
        raise ValueError(f"a counter-entry is above zero and at most {limit}")
    return amount


def _floor(amount: float, step: float) -> int:
    """Return the whole steps in an amount: a cap is never rounded up."""
    steps = to_steps(amount, step)
    return steps - 1 if from_steps(steps, step) > amount + step * 1e-6 else steps
