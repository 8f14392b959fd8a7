"""What a complaint costs, component by component: pure Python, no Odoo."""
from datetime import date

from dateutil.relativedelta import relativedelta

from .money import CENT, from_steps, to_steps

RESALE_MONTHS = 1


def resale_deadline(decided_on: date, months: int = RESALE_MONTHS) -> date:
    """Return the last day on which a resale lowers the loss of a return.

    >>> resale_deadline(date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    return decided_on + relativedelta(months=months)


def return_loss(
        value: float, resale: float | None = None, resold_on: date | None = None,
        deadline: date | None = None, step: float = CENT) -> float:
    """Return the loss of goods that came back.

    :param value: their price as A-grade goods
    :param resale: what they were sold for again, if they were
    :param resold_on: the day of that sale
    :param deadline: the last day that counts, once the liability was decided

    >>> return_loss(2600)
    2600.0
    >>> return_loss(2600, 1900, date(2026, 6, 1), date(2026, 6, 1))
    700.0
    >>> return_loss(2600, 1900, date(2026, 6, 2), date(2026, 6, 1))
    2600.0

    :raise ValueError: something is negative
    """
    _refuse_negative(value, resale)
    is_late = bool(deadline and resold_on and resold_on > deadline)
    resale = 0.0 if resale is None or resold_on is None or is_late else resale
    return _positive(to_steps(value, step) - to_steps(resale, step), step)


def replacement_loss(
        value: float, freight: float = 0.0, recovered: float = 0.0, step: float = CENT) -> float:
    """Return the loss of goods sent in place of others: value and freight, less what came back.

    >>> replacement_loss(800, 50, 120)
    730.0
    >>> replacement_loss(100, 0, 150)
    0.0

    :raise ValueError: something is negative
    """
    _refuse_negative(value, freight, recovered)
    return _positive(
        to_steps(value, step) + to_steps(freight, step) - to_steps(recovered, step), step)


def rework_loss(
        material: float, hours: float = 0.0, rate: float = 0.0, freight: float = 0.0,
        step: float = CENT) -> float:
    """Return the cost of making goods right: material, hours at their rate, freight.

    >>> rework_loss(120, 2.5, 40, 30)
    250.0

    :raise ValueError: something is negative
    """
    _refuse_negative(material, hours, rate, freight)
    return from_steps(
        to_steps(material, step) + to_steps(hours * rate, step) + to_steps(freight, step), step)


def net_loss(loss: float, paid_by_others: float, step: float = CENT) -> float:
    """Return what the company is left with once others paid.

    Below zero they paid more than the loss.

    >>> net_loss(2660, 798 + 1200)
    662.0
    """
    return from_steps(to_steps(loss, step) - to_steps(paid_by_others, step), step)


def _refuse_negative(*amounts: float | None) -> None:
    if any(amount is not None and amount < 0 for amount in amounts):
        raise ValueError("a loss cannot be negative")


def _positive(steps: int, step: float) -> float:
    return from_steps(max(0, steps), step)
