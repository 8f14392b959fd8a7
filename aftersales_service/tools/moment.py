"""Days and times as files and people write them: pure Python, no Odoo import."""
import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from .words import plain

# year first, as platforms and spreadsheets write it
DAY = re.compile(r'^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?')
WEEKDAY = re.compile(r'^\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?')
# of a slot ("9:00-12:00") the beginning counts
CLOCK = re.compile(
    r'^(?P<iso>T)?[\s,]*(?P<early>上午|早上|凌晨)?(?P<noon>中午)?(?P<late>下午|晚上|傍晚)?\s*'
    r'(?P<hour>\d{1,2})'
    r'(?:[:：点时.]\s*(?P<minute>\d{1,2}|半)?分?(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?秒?)?'
    r'\s*(?P<half>[ap]\.?m\.?)?(?P<rest>.*)$', re.IGNORECASE | re.DOTALL)
ZONE = re.compile(
    r'^\s*(?:(?P<utc>Z|UTC|GMT)'
    r'|(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2}))\s*$', re.IGNORECASE)
WIDEST_WEST, WIDEST_EAST = timedelta(hours=12), timedelta(hours=14)
WHOLE_DAY = frozenset({'', "全天", "上午", "白天", "am"})


def read_moment(value: object, day_format: str = '%Y-%m-%d') -> tuple[date, time | None] | None:
    """Return day and time of a cell, the time ``None`` where it is not given.

    Of a slot ("9:00-12:00") its beginning counts. A time that names its zone has one; else it is
    the reader's. ``None`` for what is no date.

    :param day_format: of the reader's language, for days that do not begin with the year

    >>> read_moment("2026年6月2日 9:30-12:00")
    (datetime.date(2026, 6, 2), datetime.time(9, 30))
    >>> read_moment("02.06.2026", '%d.%m.%Y'), read_moment("06/02/2026 9:30 PM", '%m/%d/%Y')[1]
    ((datetime.date(2026, 6, 2), None), datetime.time(21, 30))
    >>> read_moment("2026-06-02T01:30:00Z")[1].utcoffset()
    datetime.timedelta(0)
    >>> read_moment("2026-02-30"), read_moment("soon"), read_moment("2026-06-02 9:75")
    (None, None, None)
    """
    if isinstance(value, datetime):
        return value.date(), value.timetz()
    if isinstance(value, date):
        return value, None
    text = plain(str(value)).strip()
    try:
        found = DAY.match(text)
        if found:
            day, rest = date(*map(int, found.groups())), text[found.end():]
        else:
            day, rest = _read_local_day(text, day_format)
        return day, _read_clock(rest)
    except ValueError:
        return None


def _read_local_day(text: str, day_format: str) -> tuple[date, str]:
    """Return a day in the reader's own format, and what stands behind it."""
    words = text.split(' ')
    for count in range(1, len(words) + 1):
        try:
            day = datetime.strptime(' '.join(words[:count]).rstrip(','), day_format).date()
        except ValueError:
            continue
        return day, ' '.join(words[count:])
    raise ValueError(text)


def _read_clock(text: str) -> time | None:
    """Return the time with which the rest of a cell begins; raise ValueError for a wrong one."""
    text = WEEKDAY.sub('', text)
    found = CLOCK.match(text)
    if not found:
        if text.strip().casefold() in WHOLE_DAY:
            return None
        raise ValueError(text)
    hour = int(found['hour'])
    minute = 30 if found['minute'] == '半' else int(found['minute'] or 0)
    half = (found['half'] or '').replace('.', '').lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    if (half == 'pm' or found['late']) and hour < 12:
        hour += 12
    elif (half == 'am' or found['early']) and hour == 12:
        hour = 0
    elif found['noon'] and hour < 6:
        hour += 12
    clock = time(hour, minute, int(found['second'] or 0)).replace(second=0)
    return clock.replace(tzinfo=_read_zone(found['rest'], clock, bool(found['iso'])))


def _read_zone(rest: str, clock: time, is_iso: bool) -> timezone | None:
    """Return the zone behind a time; "9:30-12:00" is a slot, "T9:30-07:00" has a zone."""
    found = ZONE.match(rest)
    if not found:
        return None
    if found['utc']:
        return UTC
    end = timedelta(hours=int(found['hours']), minutes=int(found['minutes']))
    if found['sign'] == '+':
        return timezone(end) if end <= WIDEST_EAST else None
    is_slot = not is_iso and end > timedelta(hours=clock.hour, minutes=clock.minute)
    return None if is_slot or end > WIDEST_WEST else timezone(-end)
