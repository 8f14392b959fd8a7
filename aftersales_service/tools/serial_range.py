"""Serial numbers, how they are written and their ranges: pure Python, no Odoo import.

Numbers of one length sort as text; numbers of different length do not (``A-9`` would stand
behind ``A-10``), so a range has one length.
"""
import re

from .words import plain

# what stands before a number on a plate or in a message
_LABEL = re.compile(
    r'^(?:s\s*/\s*n|sn|serial(?:\s*(?:number|no))?|序列号|机身号|机身码|机号|机器号|产品编号|编号|条码)'
    r'\s*(?:[:：#.]\s*|\s(?=\S*\d))', re.IGNORECASE)


def spellings(number: str | None) -> tuple[str, ...]:
    r"""Return how a number that was typed or scanned may stand on a card, as typed first.

    Scanners add a line's end, people leave out capitals, type in full width, put blanks
    between the groups of a plate or copy its label with it.

    >>> spellings('ac-01\n')
    ('ac-01\n', 'ac-01', 'AC-01')
    >>> spellings('AC-01'), spellings(None)
    (('AC-01',), ())
    >>> spellings('ＡＣ－０１')[-1], spellings('AC 01 77')[-1], spellings('S/N: ac 01')[-1]
    ('AC-01', 'AC0177', 'AC01')
    >>> spellings('序列号：AC-01')[-1], spellings('SN-77'), spellings('SN123')
    ('AC-01', ('SN-77',), ('SN123',))
    """
    typed = (number or '').strip()
    clean = read_serial(typed)
    joined = ''.join(clean.split())
    return tuple(dict.fromkeys(
        (number, typed, typed.upper(), clean, clean.upper(), joined, joined.upper())
    )) if typed else ()


def read_serial(typed: str | None) -> str:
    """Return a serial number without its label and in half width.

    >>> read_serial(' SN：ＡＣ－０１ '), read_serial('SN-77'), read_serial('SN:')
    ('AC-01', 'SN-77', 'SN:')
    """
    clean = plain(typed).strip()
    return _LABEL.sub('', clean).strip() or clean


def read_serial_vals(vals: dict) -> dict:
    """Return the values of a record with its number as it is searched for.

    >>> read_serial_vals({'serial': 'SN: AC-01'}), read_serial_vals({'serial': False})
    ({'serial': 'AC-01'}, {'serial': False})
    """
    serial = vals.get('serial')
    return {**vals, 'serial': read_serial(serial)} if isinstance(serial, str) else dict(vals)


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
