"""Ranges of serial numbers: pure Python, no Odoo import.

Numbers of one length sort as text; numbers of different length do not (``A-9`` would stand
behind ``A-10``), so a range has one length.
"""


def range_problem(first: str, last: str) -> str | None:
    """Return what is wrong with a range: ``open``, ``length``, ``order`` or ``None``.

    >>> range_problem('AC-0001', 'AC-0500')
    >>> range_problem('AC-1', 'AC-10')
    'length'
    >>> range_problem('AC-0500', 'AC-0001')
    'order'
    >>> range_problem('AC-0001', '')
    'open'
    >>> range_problem('', '')
    """
    if bool(first) != bool(last):
        return 'open'
    if len(first) != len(last):
        return 'length'
    return 'order' if first > last else None


def length_pattern(number: str) -> str:
    r"""Return the SQL ``LIKE`` pattern of all texts that are as long as ``number``.

    >>> length_pattern('AC-01')
    '_____'
    """
    return '_' * len(number)
