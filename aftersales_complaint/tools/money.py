"""Amounts as whole steps of a currency, so that sums are exact: pure Python, no Odoo."""
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = 0.01


def to_steps(amount: float, step: float = CENT) -> int:
    """Return how many steps of the currency an amount is, rounded half up.

    >>> to_steps(0.285)
    29
    >>> to_steps(1500, 0.05)
    30000
    """
    return int((Decimal(str(amount)) / Decimal(str(step))).quantize(Decimal(1), ROUND_HALF_UP))


def from_steps(steps: int, step: float = CENT) -> float:
    """Return the amount of so many steps.

    >>> from_steps(29)
    0.29
    """
    return float(steps * Decimal(str(step)))


def read_amount(text: str, thousands: str = ',') -> float | None:
    """Return an amount that somebody typed; ``None`` for what is no number.

    Of two marks the last one is the decimal mark. A single one is, too, unless it stands where
    the language writes its mark of the thousands: before three digits.

    >>> read_amount('1,234.50'), read_amount('1.234,50'), read_amount('20,5'), read_amount('1,234')
    (1234.5, 1234.5, 20.5, 1234.0)
    >>> read_amount('1.234', '.'), read_amount('1.234', ','), read_amount('1 234,5', ' ')
    (1234.0, 1.234, 1234.5)
    >>> read_amount('1.234.567'), read_amount('-5'), read_amount('much'), read_amount('1.2,3.4')
    (1234567.0, -5.0, None, None)
    """
    text = ''.join(text.split())  # a language may write the thousands with a narrow space
    marks = [letter for letter in text if letter in '.,']
    is_grouped = (len(marks) > 1 and len(set(marks)) == 1) or (
        marks == [thousands] and len(text) - text.index(thousands) == 4)
    if is_grouped:
        text = text.replace(marks[0], '')
    elif marks:
        whole, __, decimals = text.rpartition(marks[-1])
        if marks[-1] in whole:
            return None
        text = whole.replace(marks[0], '') + '.' + decimals
    try:
        return float(text)
    except ValueError:
        return None


def divide(amount: float, weights: Sequence[float], step: float = CENT) -> list[float]:
    """Divide an amount by weights; each part is rounded, the rest goes to the first.

    The parts sum to the amount and none is below zero: where rounding would take more than
    the first part, all others are rounded down.

    >>> divide(100, [1, 1, 1])
    [33.34, 33.33, 33.33]
    >>> divide(0.05, [1] * 10)
    [0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]

    :raise ValueError: the amount or a weight is negative, or there is no weight above zero
    """
    if amount < 0 or any(weight < 0 for weight in weights):
        raise ValueError("amounts and weights cannot be negative")
    total = sum(map(_exact, weights))
    if not total:
        raise ValueError("there is nothing to divide by")
    steps = to_steps(amount, step)
    exact = [steps * _exact(weight) / total for weight in weights[1:]]
    others = [int(part.quantize(Decimal(1), ROUND_HALF_UP)) for part in exact]
    if sum(others) > steps:
        others = [int(part) for part in exact]
    return [from_steps(part, step) for part in (steps - sum(others), *others)]


def _exact(number: float) -> Decimal:
    return Decimal(str(number))
