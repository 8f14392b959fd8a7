"""Rows of a telephone system's call log: pure functions, no Odoo import."""
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

_UNITS = re.compile(
    r'^(?:(\d+)\s*(?:h|小时|时))?\s*(?:(\d+)\s*(?:m|min|分钟|分))?\s*(?:(\d+)\s*(?:s|sec|秒))?$')


def bare(text: object) -> str:
    """Return a word as it is compared: small, with single spaces for all that separates.

    >>> bare(" NO_ANSWER"), bare("No - answer")
    ('no answer', 'no answer')
    """
    return re.sub(r'[\s_-]+', ' ', str(text or '').strip().casefold())


def read_word(text: object, words: Mapping[str, str]) -> str | None:
    """Return the key of a word of a telephone system, ``None`` where it is not known.

    :param words: keys by ``bare`` words; data of the model of known words

    >>> read_word("NO_ANSWER", {'no answer': 'missed'}), read_word("?", {'no answer': 'missed'})
    ('missed', None)
    """
    return words.get(bare(text))


def read_seconds(text: object) -> int | None:
    """Return a duration in seconds, ``None`` where it cannot be read.

    >>> read_seconds("75"), read_seconds("1:15"), read_seconds("00:01:15"), read_seconds("75.0")
    (75, 75, 75, 75)
    >>> read_seconds("1,234"), read_seconds("7,5")
    (1234, 8)
    >>> read_seconds("1分15秒"), read_seconds("2m"), read_seconds(""), read_seconds("long")
    (75, 120, 0, None)
    >>> read_seconds("1:75"), read_seconds("-3")
    (None, None)
    """
    words = str(text if text is not None else '').strip()
    if not words:
        return 0
    if re.fullmatch(r'\d{1,3}(?:,\d{3})+(?:\.\d+)?', words):
        words = words.replace(',', '')
    if re.fullmatch(r'\d+(?:[.,]\d+)?', words):
        return round(float(words.replace(',', '.')))
    parts = words.split(':')
    if 2 <= len(parts) <= 3 and all(part.isascii() and part.isdigit() for part in parts):
        *hours, minutes, seconds = map(int, parts)
        is_read = seconds < 60 and (minutes < 60 or not hours)
        return sum(hours) * 3600 + minutes * 60 + seconds if is_read else None
    if found := _UNITS.match(words.casefold()):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None


def judge_contacts(
        calls: Iterable[tuple[int, str, datetime]], days: int,
        until: datetime) -> dict[int, str]:
    """Return for each answered call whether the first contact was enough.

    ``'solved'``: the same number did not call again within ``days``; ``'repeated'``: it did;
    ``'open'``: the days are not over.

    :param calls: ``(key, number in full, start)`` of incoming calls
    :param until: now

    >>> day = datetime(2026, 11, 1, 9)
    >>> calls = [(1, '+1', day), (2, '+1', day + timedelta(days=2)), (3, '+2', day)]
    >>> judge_contacts(calls, 7, day + timedelta(days=8))
    {1: 'repeated', 2: 'open', 3: 'solved'}
    """
    by_number: dict[str, list[tuple[datetime, int]]] = {}
    for key, number, start in calls:
        by_number.setdefault(number, []).append((start, key))
    judged: dict[int, str] = {}
    wait = timedelta(days=days)
    for rows in by_number.values():
        rows.sort()
        for (start, key), following in zip(rows, [*rows[1:], None], strict=True):
            if following and following[0] - start <= wait:
                judged[key] = 'repeated'
            else:
                judged[key] = 'open' if until - start <= wait else 'solved'
    return dict(sorted(judged.items()))


def choose_order(
        moment: datetime, orders: Sequence[tuple[int, datetime]],
        before: timedelta = timedelta(days=1),
        after: timedelta = timedelta(hours=12)) -> int | None:
    """Return the order that a call was about: the first made after it, else the last before it.

    :param orders: ``(id, made on)`` of the caller

    >>> moment = datetime(2026, 11, 1, 9)
    >>> made = [(1, moment - timedelta(hours=3)), (2, moment + timedelta(minutes=4))]
    >>> choose_order(moment, made), choose_order(moment, made[:1]), choose_order(moment, [])
    (2, 1, None)
    >>> choose_order(moment, [(1, moment - timedelta(days=30))])
    """
    later = [(made, key) for key, made in orders if moment <= made <= moment + after]
    if later:
        return min(later)[1]
    earlier = [(made, key) for key, made in orders if moment - before <= made < moment]
    return max(earlier)[1] if earlier else None
