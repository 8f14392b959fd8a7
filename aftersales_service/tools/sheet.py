"""Spreadsheets as plain rows of text: pure Python, no Odoo import."""
import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from openpyxl import load_workbook

from .words import plain

WIDEST_COLUMN = 60
# how spreadsheets write a number of which they lost digits
SHORTENED = re.compile(r'^[+-]?\d([.,]\d+)?[eE]\+\d{2,3}$')
NO_TEXT = re.compile(rb'[\x00-\x08\x0e-\x1a\x1c-\x1f]')
AMOUNT = re.compile(r'^\d{1,3}(?:,\d{3})+(?:\.0+)?$|^\d+\.0+$')
EXACT_LIMIT = 10 ** 15  # spreadsheets keep 15 digits of a number
UNPACKED_LIMIT = 200_000_000  # bytes: the largest files of platforms stay far below


def is_shortened(text: object) -> bool:
    """Return whether a spreadsheet damaged a number that should have been a text.

    >>> is_shortened('3.65482E+17'), is_shortened('3,7e+12'), is_shortened(' 1.3E+10 ')
    (True, True, True)
    >>> is_shortened('365482012345678901'), is_shortened('AC-1E+12'), is_shortened('12E4')
    (False, False, False)
    """
    return isinstance(text, str) and bool(SHORTENED.match(text.strip()))


def read_digits(text: str) -> str:
    """Return a number that is a text as it was before a program took it for an amount.

    Nothing is lost by decimals of zero and by groups of three, unlike by an exponent.

    >>> read_digits('26001.0'), read_digits('13,800,138,000'), read_digits('ＡＣ－０１')
    ('26001', '13800138000', 'AC-01')
    >>> read_digits('1.5'), read_digits('B-1,2'), read_digits('3.6E+17'), read_digits('007')
    ('1.5', 'B-1,2', '3.6E+17', '007')
    """
    text = plain(text).strip()
    if AMOUNT.match(text):
        return text.partition('.')[0].replace(',', '')
    return text


def shorten(value: object) -> str | None:
    """Return a number of too many digits as a spreadsheet shows it, ``None`` for all else.

    What follows the fifteenth digit is not what was typed, however exact it looks.

    >>> shorten(365482012345678901), shorten(3.65482012345679e17)
    ('3.65482E+17', '3.65482E+17')
    >>> shorten(8613800138000), shorten('365482012345678901'), shorten(None)
    (None, None, None)
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f'{value:.5E}' if is_number and abs(value) >= EXACT_LIMIT else None


def find_shortened(content: bytes, sheet_name: str) -> list[tuple[int, int, str]]:
    """Return ``(row, column, text)`` of the numbers of too many digits in an XLSX sheet.

    Rows are counted without the empty ones, as Odoo's import reads them.

    >>> from openpyxl import Workbook
    >>> book, file = Workbook(), BytesIO()
    >>> for row in ("Number",), (), (365482012345678901,), ("365482012345678901",):
    ...     book.active.append(row)
    >>> book.save(file)
    >>> find_shortened(file.getvalue(), 'Sheet')
    [(1, 0, '3.65482E+17')]
    """
    book = load_workbook(BytesIO(content), data_only=True, read_only=True)
    found, place = [], 0
    for row in book[sheet_name].iter_rows(values_only=True):
        if any(value is not None and str(value).strip() for value in row):
            found += [(place, column, text) for column, value in enumerate(row)
                      if (text := shorten(value))]
            place += 1
    return found


def has_more_rows(text: str, separator: str, limit: int) -> bool:
    r"""Return whether a CSV text has more than ``limit`` filled rows; it stops reading there.

    >>> has_more_rows('a,b\n\n"c\nd",e\n', ',', 1), has_more_rows('a,b\n\n"c\nd",e\n', ',', 2)
    (True, False)
    """
    filled = (row for row in csv.reader(StringIO(text), delimiter=separator) if any(row))
    return next(islice(filled, limit, None), None) is not None


def mend_cells(content: bytes) -> bytes:
    """Return an XLSX file whose errors and times of a day are words: core refuses the whole file.

    >>> from openpyxl import Workbook
    >>> book, file = Workbook(), BytesIO()
    >>> book.active.append(['#N/A', time(9, 30)])
    >>> book.save(file)
    >>> [cell.value for cell in load_workbook(BytesIO(mend_cells(file.getvalue()))).active[1]]
    ['#N/A', '09:30:00']
    """
    book, file = load_workbook(BytesIO(content), data_only=True), BytesIO()
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == 'e' or isinstance(cell.value, time):
                cell.number_format, cell.value = '@', str(cell.value)
                cell.data_type = 's'
    book.save(file)
    return file.getvalue()


def is_longer(content: bytes, limit: int) -> bool:
    """Return whether an XLSX file has more than ``limit`` filled rows on its first sheet.

    It stops reading there, so that a large file costs no more than a permitted one; what
    is no XLSX is not longer. A file that would unpack to more than ``UNPACKED_LIMIT`` is.

    >>> content = write_sheet(["Number"], [("1",), ("",), ("2",)])
    >>> is_longer(content, 2), is_longer(content, 3), is_longer(b"Number", 0)
    (True, False, False)
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT:
                return True
        book = load_workbook(BytesIO(content), data_only=True, read_only=True)
        filled = 0
        for row in book.worksheets[0].iter_rows(values_only=True):
            filled += any(value is not None and str(value).strip() for value in row)
            if filled > limit:
                return True
    except (BadZipFile, KeyError, ValueError, IndexError, ParseError):
        return False  # its reader says what is wrong with it
    return False


def is_words(content: bytes) -> bool:
    r"""Return whether a file is plain text, such as CSV, whatever its name says.

    >>> is_words(b'Name,Phone'), is_words("Name".encode('utf-16')), is_words(b'PK\x03\x04')
    (True, True, False)
    >>> is_words(b'\x89PNG\r\n\x1a\n'), is_words(b' <html><table>'), is_words(b'')
    (False, False, False)
    """
    if content.startswith((b'\xff\xfe', b'\xfe\xff')):
        return True
    return bool(content) and not content.startswith(
        (b'PK\x03\x04', b'\xd0\xcf\x11\xe0')) and not content.lstrip().startswith(
            b'<') and not NO_TEXT.search(content[:5000])


def write_sheet(
        headings: Sequence[str], rows: Iterable[Sequence[object]],
        keep_numbers: bool = False) -> bytes:
    """Return an XLSX file with bold headings that stay in view.

    Each cell is text: leading zeros stay, and a formula that somebody smuggled into a
    field is only its letters.

    :param keep_numbers: integers and floats stay numbers, which a spreadsheet can add up

    >>> from openpyxl import load_workbook
    >>> content = write_sheet(["Number", "Note"], [("007", "=1+1")])
    >>> [cell.value for cell in load_workbook(BytesIO(content)).active[2]]
    ['007', '=1+1']
    >>> load_workbook(BytesIO(content)).active['B2'].data_type
    's'
    >>> content = write_sheet(["Rating"], [(9.5,), ("=1+1",)], keep_numbers=True)
    >>> [row[0].data_type for row in load_workbook(BytesIO(content)).active['A2:A3']]
    ['n', 's']
    """
    rows = [[value if keep_numbers and type(value) in (int, float)
             else "" if value is None or value is False else str(value) for value in row]
            for row in rows]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {'in_memory': True}) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({'bold': True}), book.add_format({'num_format': '@'})
        plain = book.add_format({'num_format': 'General'})
        for column, heading in enumerate(headings):
            longest = max(len(str(line[column])) for line in [headings, *rows])
            sheet.set_column(column, column, min(longest + 3, WIDEST_COLUMN), text)
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value, plain)
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
