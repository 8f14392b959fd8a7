"""Working on the groups that a database counted: pure functions, no Odoo import."""
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Row = tuple[Any, ...]


def add_up(rows: Iterable[Row], places: Sequence[int]) -> list[Row]:
    """Return the counts of coarser groups: of those columns of the finest ones.

    The last column of a row is its count. Without columns it is the count of everything.

    >>> rows = [('may', 'open', 2), ('may', 'closed', 3), ('june', 'open', 4)]
    >>> add_up(rows, [0])
    [('may', 5), ('june', 4)]
    >>> add_up(rows, [1]), add_up(rows, []), add_up([], [])
    ([('open', 6), ('closed', 3)], [(9,)], [(0,)])
    """
    totals: dict[Row, int] = {} if places else {(): 0}
    for row in rows:
        key = tuple(row[place] for place in places)
        totals[key] = totals.get(key, 0) + row[-1]
    return [(*key, total) for key, total in totals.items()]


def sort_rows(
        rows: Iterable[Row], keys: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Row]:
    """Return rows sorted by some of their columns; empty values come last, as in SQL.

    :param keys: the place of each column, and what its values are compared by

    >>> sort_rows([('b', 1), (None, 3), ('a', 2)], [(0, str)])
    [('a', 2), ('b', 1), (None, 3)]
    """
    return sorted(rows, key=lambda row: [
        (1,) if not row[place] else (0, key(row[place])) for place, key in keys])
