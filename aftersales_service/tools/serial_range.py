"""Serial numbers, how they are written and their ranges: pure Python, no Odoo import.

Numbers of one length sort as text; numbers of different length do not (``A-9`` would stand
behind ``A-10``), so a range has one length.
"""


def spellings(number: str | None) -> tuple[str, ...]:
    r"""Return how a number that was typed or scanned may stand on a card, as typed first.

    Scanners add a line's end, people leave out capitals.

    >>> spellings('ac-01\n')
    ('ac-01\n', 'ac-01', 'AC-01')
    >>> spellings('AC-01'), spellings(None)
    (('AC-01',), ())
    """
    typed = (number or '').strip()
    return tuple(dict.fromkeys((number, typed, typed.upper()))) if typed else ()


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
