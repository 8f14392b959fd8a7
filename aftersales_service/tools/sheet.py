"""Spreadsheets as plain rows of text: pure Python, no Odoo import."""
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter

WIDEST_COLUMN = 60
# year first, as platforms and spreadsheets write it; a slot ends where its second hour begins
MOMENT = re.compile(
    r'^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?'
    r'(?:[ T]*(\d{1,2})(?:[:：点时](\d{1,2})?)?.*)?$')


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return an XLSX file with bold headings that stay in view.

    Each cell is text: leading zeros stay, and a formula that somebody smuggled into a
    field is only its letters.

    >>> from openpyxl import load_workbook
    >>> content = write_sheet(["Number", "Note"], [("007", "=1+1")])
    >>> [cell.value for cell in load_workbook(BytesIO(content)).active[2]]
    ['007', '=1+1']
    >>> load_workbook(BytesIO(content)).active['B2'].data_type
    's'
    """
    rows = [["" if value is None or value is False else str(value) for value in row]
            for row in rows]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {'in_memory': True}) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({'bold': True}), book.add_format({'num_format': '@'})
        for column, heading in enumerate(headings):
            longest = max(len(line[column]) for line in [headings, *rows])
            sheet.set_column(column, column, min(longest + 3, WIDEST_COLUMN), text)
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def clean_cell(value: object) -> str | date | datetime:
    """Return a cell without what spreadsheets and platforms wrap around numbers.

    Dates stay dates. Exports guard long numbers with a tab, an apostrophe or a formula.

    >>> clean_cell(" 2600123\\t"), clean_cell("'0012"), clean_cell('="0012"'), clean_cell(None)
    ('2600123', '0012', '0012', '')
    """
    if isinstance(value, date):  # a datetime is one as well
        return value
    text = "" if value is None else str(value).strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text.removeprefix("'").strip()


def read_moment(value: object, day_format: str = '%Y-%m-%d') -> tuple[date, time | None] | None:
    """Return day and time of a cell, the time ``None`` where it is not told.

    Of a slot ("9:00-12:00") its beginning counts. ``None`` for what is no date.

    :param day_format: of the reader's language, for days that do not begin with the year

    >>> read_moment("2026年6月2日 9:30-12:00")
    (datetime.date(2026, 6, 2), datetime.time(9, 30))
    >>> read_moment("02.06.2026", '%d.%m.%Y')
    (datetime.date(2026, 6, 2), None)
    >>> read_moment("2026-02-30"), read_moment("soon")
    (None, None)
    """
    if isinstance(value, datetime):
        return value.date(), value.time()
    if isinstance(value, date):
        return value, None
    found = MOMENT.match(str(value).strip())
    try:
        if not found:
            return datetime.strptime(str(value).strip(), day_format).date(), None
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        clock = None if hour is None else time(hour, minute or 0)
        return date(year, month, day), clock
    except ValueError:
        return None
