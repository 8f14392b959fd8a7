"""Working on the groups that a database counted: pure functions, no Odoo import."""
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Row = tuple[Any, ...]


def sort_rows(
        rows: Iterable[Row], keys: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Row]:
    """Return rows sorted by some of their columns; empty values come last, as in SQL.

    :param keys: the place of each column, and what its values are compared by

    >>> sort_rows([('b', 1), (None, 3), ('a', 2)], [(0, str)])
    [('a', 2), ('b', 1), (None, 3)]
    """
    return sorted(rows, key=lambda row: [
        (1,) if not row[place] else (0, key(row[place])) for place, key in keys])
