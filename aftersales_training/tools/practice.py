"""What a practice sheet comes to: pure Python, no Odoo import."""
from collections.abc import Iterable
from typing import NamedTuple

PASSED, FAILED, NOT_APPLICABLE = 'passed', 'failed', 'na'


class Item(NamedTuple):
    """One item of a sheet; ``result`` is one of the above, or empty while it is open."""

    result: str | None
    weight: float = 1.0
    is_red_line: bool = False


class Mark(NamedTuple):
    """A mark from 0 to 100; ``is_decided`` once nothing more can change the result."""

    percent: float
    is_passed: bool
    is_decided: bool
    has_red_line: bool = False


def mark_sheet(items: Iterable[Item], pass_mark: float) -> Mark:
    """Return the mark of a sheet: the weight passed, of the weight that applies.

    A failed red line fails the sheet at once, whatever else was done well. An open item counts
    as not passed yet; items that do not apply count nothing.

    >>> twelve = [Item('passed')] * 11
    >>> mark_sheet([*twelve, Item('failed')], 85)
    Mark(percent=91.66666666666667, is_passed=True, is_decided=True, has_red_line=False)
    >>> mark_sheet([*twelve, Item('failed', is_red_line=True)], 85)
    Mark(percent=91.66666666666667, is_passed=False, is_decided=True, has_red_line=True)
    >>> mark_sheet([Item('failed', is_red_line=True), Item(None)], 85).is_decided
    True
    >>> mark_sheet([Item('passed'), Item(None)], 85).is_decided
    False
    >>> mark_sheet([Item('na')], 85)
    Mark(percent=0.0, is_passed=False, is_decided=True, has_red_line=False)
    """
    items = list(items)
    applies = [item for item in items if item.result != NOT_APPLICABLE]
    total = sum(item.weight for item in applies)
    passed = sum(item.weight for item in applies if item.result == PASSED)
    percent = 100.0 * passed / total if total else 0.0
    is_red = any(item.is_red_line and item.result == FAILED for item in items)
    is_complete = all(item.result for item in items)
    # unrounded: a mark just below the line does not pass
    reaches = bool(total) and percent >= pass_mark - 1e-9
    return Mark(percent, is_complete and not is_red and reaches, is_red or is_complete, is_red)
