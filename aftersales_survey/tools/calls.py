"""Who is called, and in which order: pure Python, no Odoo import."""
import re
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise

# what is called first: agreed call-backs, then what is late, then what is new today
GROUPS = ('call_back', 'late', 'new')


def is_called(seed: str, number: int, share: float) -> bool:
    """Return whether the ``number``-th record of a draw is among the ``share`` percent called.

    The same seed and number give the same answer, so a plan can be checked afterwards, and a
    larger share calls all whom a smaller one calls.

    >>> [number for number in range(1, 11) if is_called('calls', number, 100)]
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    >>> any(is_called('calls', number, 0) for number in range(1000))
    False
    >>> 650 < sum(is_called('calls', number, 70) for number in range(1000)) < 750
    True
    """
    digest = blake2b(f'{seed}:{number}'.encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2 ** 64 * 100 < share


def read_hours(text: str | None) -> list[tuple[int, int]]:
    """Return the ``(from, to)`` of hours of a day as people write them, the earliest first.

    >>> read_hours("9-12, 14–17,18-20")
    [(9, 12), (14, 17), (18, 20)]
    >>> read_hours(None)
    []
    >>> read_hours("17-14")
    Traceback (most recent call last):
    ...
    ValueError: 17-14

    :raise ValueError: a part is no hours from 0 to 24, or two overlap
    """
    hours: list[tuple[int, int]] = []
    for part in filter(None, re.split(r'[\s,，、;]+', re.sub(r'\s*[-–—~至]\s*', '-', text or ''))):
        found = re.fullmatch(r'(\d{1,2})(?::00)?-(\d{1,2})(?::00)?', part)
        if not found or not int(found[1]) < int(found[2]) <= 24:
            raise ValueError(part)
        hours.append((int(found[1]), int(found[2])))
    hours.sort()
    if any(stop > start for (__, stop), (start, __) in pairwise(hours)):
        raise ValueError(text)
    return hours


def get_group(last_result: str | bool, due: datetime, day_start: datetime) -> str:
    """Return in which part of the queue a call stands that is due at ``due``.

    >>> today = datetime(2026, 6, 2)
    >>> get_group('call_back', datetime(2026, 6, 2, 9), today)
    'call_back'
    >>> get_group('no_answer', datetime(2026, 6, 1, 9), today)
    'late'
    >>> get_group(False, datetime(2026, 6, 2, 9), today)
    'new'
    """
    if last_result == 'call_back':
        return 'call_back'
    return 'late' if due < day_start else 'new'
