"""How many more orders an outlet can take on a day.

Pure Python, no Odoo import. A limit holds for a product category or for all, and for a
date, a weekday or every day. For one category a date beats a weekday, and a weekday
beats every day. An order needs room under each limit that holds for it.
"""
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limit:
    """A number of orders a day; what is empty holds for all."""

    orders: int
    category: int | None = None
    weekday: int | None = None  # Monday is 0
    day: date | None = None

    @property
    def closeness(self) -> int:
        """Order limits of one category: the higher one beats the others."""
        return 2 if self.day else 1 if self.weekday is not None else 0

    def holds_on(self, day: date) -> bool:
        """Return whether this limit speaks about ``day``."""
        if self.day:
            return self.day == day
        return self.weekday is None or self.weekday == day.weekday()


def widen(limit: Limit, factor: float) -> int:
    """Return the orders of a limit in a season; the number of a single day stays.

    >>> widen(Limit(10), 1.5), widen(Limit(3), 1.5), widen(Limit(10, day=date(2026, 6, 8)), 1.5)
    (15, 4, 10)
    """
    # a hair more: 100 orders times 1.1 are 110, whatever binary fractions say
    return limit.orders if limit.day else int(limit.orders * factor + 1e-9)


def limits_of_day(
        limits: Iterable[Limit], day: date, factor: float = 1.0) -> dict[int | None, int]:
    """Return the orders that may be taken on ``day``, by category (``None`` is all).

    :param factor: of the season in which the day lies

    >>> every_day, sunday = Limit(10), Limit(2, weekday=6)
    >>> limits_of_day([every_day, sunday], date(2026, 6, 7))
    {None: 2}
    >>> limits_of_day([every_day, Limit(0, day=date(2026, 6, 8))], date(2026, 6, 8))
    {None: 0}
    """
    closest: dict[int | None, Limit] = {}
    for limit in limits:
        if limit.holds_on(day):
            rival = closest.get(limit.category)
            if rival is None or (limit.closeness, -limit.orders) > (
                    rival.closeness, -rival.orders):
                closest[limit.category] = limit
    return {category: widen(limit, factor) for category, limit in closest.items()}


class Book:
    """What one outlet has taken and may still take; orders are booked one after another."""

    def __init__(self, limits: Iterable[Limit], factors: Mapping[date, float] | None = None):
        self._limits = list(limits)
        self._factors = factors or {}
        self._used: Counter[tuple[date, int | None]] = Counter()

    @property
    def is_limited(self) -> bool:
        """Return whether any limit speaks about the outlet, on whatever day.

        >>> Book([]).is_limited, Book([Limit(3)]).is_limited
        (False, True)
        """
        return bool(self._limits)

    def use(self, day: date, categories: Collection[int], orders: int = 1) -> None:
        """Book orders of a product category, given with all its parents."""
        for category in (None, *categories):
            self._used[day, category] += orders

    def used(self, day: date, category: int | None = None) -> int:
        """Return the orders booked for ``day`` and a category (``None`` is all)."""
        return self._used[day, category]

    def left(self, day: date, categories: Collection[int] = ()) -> int | None:
        """Return how many more orders there is room for; ``None`` says without limit.

        >>> book = Book([Limit(3), Limit(1, category=7)])
        >>> book.use(date(2026, 6, 8), [7])
        >>> book.left(date(2026, 6, 8), [7]), book.left(date(2026, 6, 8), [8])
        (0, 2)
        """
        rooms = [
            orders - self._used[day, category]
            for category, orders in limits_of_day(
                self._limits, day, self._factors.get(day, 1.0)).items()
            if category is None or category in categories]
        return max(min(rooms), 0) if rooms else None

    def places(self, limit: Limit, day: date) -> int:
        """Return how many orders a limit stands for on ``day``, with its season.

        >>> day = date(2026, 6, 8)
        >>> Book([], {day: 2.0}).places(Limit(3), day)
        6
        """
        return widen(limit, self._factors.get(day, 1.0))

    def has_room(self, day: date, categories: Collection[int] = ()) -> bool:
        """Return whether one more order of a category fits into ``day``."""
        left = self.left(day, categories)
        return left is None or left > 0
