"""What an old unit is worth when a new one is bought: pure Python, no Odoo import."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


def age_in_months(bought: date, day: date) -> int:
    """Return the whole months from the purchase to ``day``; never negative.

    >>> age_in_months(date(2024, 1, 31), date(2024, 2, 29))
    0
    >>> age_in_months(date(2024, 1, 15), date(2026, 1, 15))
    24
    """
    months = (day.year - bought.year) * 12 + day.month - bought.month
    return max(0, months - (day.day < bought.day))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the valuation table: category x age x condition -> value or per cent.

    ``category`` ``None`` fits all; ``age_to`` ``None`` has no upper bound, else it is the
    first age that does not fit any more. Dates include both days.
    """

    grade: str
    category: int | None = None
    age_from: int = 0
    age_to: int | None = None
    amount: float = 0.0
    percent: float = 0.0
    start: date | None = None
    stop: date | None = None
    key: int = 0

    def fits(self, grade: str, age: int, day: date) -> bool:
        return (
            self.grade == grade and self.age_from <= age
            and (self.age_to is None or age < self.age_to)
            and (self.start is None or self.start <= day)
            and (self.stop is None or day <= self.stop))

    def value(self, price: float) -> float:
        """Return the fixed value and the part of the price, never more than the price.

        Without a known price only the fixed value counts.
        """
        value = self.amount + price * self.percent / 100
        return min(value, price) if price > 0 else self.amount

    def overlaps(self, other: 'Row') -> bool:
        """Return whether a unit could find both rows, so that the table contradicts itself.

        >>> Row('good', age_to=12).overlaps(Row('good', age_from=12))
        False
        >>> Row('good', age_to=13).overlaps(Row('good', age_from=12))
        True
        """
        return (
            (self.grade, self.category) == (other.grade, other.category)
            and (self.age_to is None or other.age_from < self.age_to)
            and (other.age_to is None or self.age_from < other.age_to)
            and (self.stop is None or other.start is None or other.start <= self.stop)
            and (other.stop is None or self.start is None or self.start <= other.stop))


@dataclass(frozen=True, slots=True)
class Value:
    """What a unit is worth, in the currency of the table, and the row that says so."""

    amount: float
    row: Row | None


def valuate(
        rows: Iterable[Row], categories: Sequence[int], grade: str, age: int, day: date,
        price: float = 0.0) -> Value:
    """Return the value of a unit and the row that says so; zero where none does.

    :param categories: the unit's category and those above it, the nearest first: the
        nearest row decides, one for all categories last
    :param price: of the unit when it was new

    >>> table = [Row('good', None, percent=10), Row('good', 7, 0, 24, percent=30)]
    >>> valuate(table, [9, 7], 'good', 6, date(2026, 1, 1), 1000).amount
    300.0
    >>> valuate(table, [9, 7], 'good', 24, date(2026, 1, 1), 1000).amount
    100.0
    >>> valuate(table, [9, 7], 'broken', 6, date(2026, 1, 1), 1000).amount
    0.0
    """
    rank: dict[int | None, int] = {
        category: place for place, category in enumerate([*categories, None])}
    fitting = [row for row in rows if row.category in rank and row.fits(grade, age, day)]
    if not fitting:
        return Value(0.0, None)
    row = min(fitting, key=lambda row: rank[row.category])
    return Value(row.value(price), row)


def subsidy(price: float, percent: float, cap: float) -> float:
    """Return what a programme pays towards the new unit; ``cap`` 0 has no limit.

    >>> subsidy(8000, 20, 2000), subsidy(12000, 20, 2000), subsidy(100, 20, 0)
    (1600.0, 2000, 20.0)
    """
    paid = max(0.0, price) * percent / 100
    return min(paid, cap) if cap else paid
