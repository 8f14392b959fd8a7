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


def mark_sheet(
        items: Iterable[Item], pass_mark: float, applies_from: float = 0.0) -> Mark:
    """Return the mark of a sheet: the weight passed, of the weight that applies.

    A failed red line fails the sheet at once, whatever else was done well. An open item counts
    as not passed yet; items that do not apply count nothing. A red line always applies, and with
    less than ``applies_from`` percent of the weight applying the sheet proves too little to pass.

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
    >>> mark_sheet([Item('passed'), Item('na', is_red_line=True)], 85).is_passed
    False
    >>> eleven = [*[Item('na')] * 10, Item('passed')]
    >>> mark_sheet(eleven, 85, 50).is_passed, mark_sheet(eleven, 85, 9).is_passed
    (False, True)
    """
    items = list(items)
    applies = [item for item in items if item.result != NOT_APPLICABLE]
    total = sum(item.weight for item in applies)
    passed = sum(item.weight for item in applies if item.result == PASSED)
    percent = 100.0 * passed / total if total else 0.0
    is_red = any(item.is_red_line and item.result == FAILED for item in items)
    is_complete = all(item.result for item in items)
    is_proof = total >= applies_from / 100.0 * sum(item.weight for item in items) - 1e-9 and (
        not any(item.is_red_line and item.result == NOT_APPLICABLE for item in items))
    # unrounded: a mark just below the line does not pass
    reaches = bool(total) and percent >= pass_mark - 1e-9
    is_passed = is_complete and not is_red and reaches and is_proof
    return Mark(percent, is_passed, is_red or is_complete, is_red)
