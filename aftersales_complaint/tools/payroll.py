"""The sheet of a month's deductions for payroll: pure Python, no Odoo."""
from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

WIDTH = 22


def write_payroll(
        title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return an XLSX file: a title, headings that stay in view, and one row a deduction.

    Numbers are numbers; all else is text, so that a name that begins with ``=`` is no formula.

    >>> from openpyxl import load_workbook
    >>> content = write_payroll("2026-11", ["Person", "Amount"], [("=1+1", 500.0)])
    >>> sheet = load_workbook(BytesIO(content)).active
    >>> [cell.value for cell in sheet[3]], sheet['A3'].data_type
    (['=1+1', 500], 's')
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {'in_memory': True}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({'bold': True}), book.add_format({'num_format': '0.00'})
        sheet.set_column(0, len(headings) - 1, WIDTH)
        sheet.write_string(0, 0, title, bold)
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, heading, bold)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(number, column, value, money)
                else:
                    sheet.write_string(number, column, str(value or ""))
        sheet.freeze_panes(2, 0)
    return file.getvalue()
