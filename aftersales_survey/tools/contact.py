"""Words and days of the contacts after a sale: pure functions, no Odoo import."""
import re
from collections.abc import Sequence
from datetime import date, timedelta


def find_rating_request(text: str | None, patterns: Sequence[str]) -> str | None:
    """Return the words of a text that ask for another or a certain rating, ``None`` without.

    :param patterns: regular expressions; the shipped ones are data of the model of known words

    >>> find_rating_request("Please give us <b>five stars</b>", [r'five\\s+stars'])
    'five stars'
    >>> find_rating_request("Tell us honestly how it was.", [r'five\\s+stars'])
    >>> find_rating_request(None, ['x']), find_rating_request("x", [])
    (None, None)
    """
    if not patterns:
        return None
    found = re.search('|'.join(f'(?:{pattern})' for pattern in patterns),
                      re.sub(r'<[^>]+>', ' ', text or ''), re.IGNORECASE)
    return found.group().strip() if found else None


def find_anniversary_days(day: date) -> list[tuple[int, int]]:
    """Return the ``(month, day)`` that are celebrated on ``day``.

    Who was born on 29 February is greeted on the 28th where the year has no 29th.

    >>> find_anniversary_days(date(2026, 2, 28)), find_anniversary_days(date(2028, 2, 28))
    ([(2, 28), (2, 29)], [(2, 28)])
    """
    days = [(day.month, day.day)]
    if days == [(2, 28)] and (day + timedelta(days=1)).day == 1:
        days.append((2, 29))
    return days


def find_window(today: date, offset: int, catch_up: int) -> tuple[date, date]:
    """Return the first and last day of the events whose contact is due today.

    :param offset: days from the event to the contact, negative before it
    :param catch_up: for how many days a contact is made up for where nothing ran

    >>> find_window(date(2026, 11, 30), 30, 3)
    (datetime.date(2026, 10, 28), datetime.date(2026, 10, 31))
    >>> find_window(date(2026, 11, 30), -30, 0)
    (datetime.date(2026, 12, 30), datetime.date(2026, 12, 30))
    """
    last = today - timedelta(days=offset)
    return last - timedelta(days=catch_up), last
