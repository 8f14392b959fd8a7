from odoo import models

from ...tools.sheet import find_shortened, shorten


class BaseImport(models.TransientModel):
    """Files of ours show a number of which a spreadsheet lost digits as what it is.

    Core would write out digits that were never typed, and they would be believed.
    """

    _inherit = 'base_import.import'

    def _is_aftersales_file(self):
        """Whether the file is an opening sheet, or a platform's, which names no model."""
        self.ensure_one()
        return not self.res_model or hasattr(self.env.get(self.res_model), '_get_import_example')

    def _read_xls_book(self, book, sheet_name):
        if self._is_aftersales_file():
            sheet = book.sheet_by_name(sheet_name)
            for row in range(sheet.nrows):
                for column, cell in enumerate(sheet.row(row)):
                    if cell.ctype == 2 and (text := shorten(cell.value)):  # a number
                        sheet.put_cell(row, column, 1, text, cell.xf_index)  # a text
        return super()._read_xls_book(book, sheet_name)

    def _read_xlsx(self, options):
        count, rows = super()._read_xlsx(options)
        is_long = any(
            isinstance(cell, str) and len(cell) > 15 and cell.lstrip('-').isdecimal()
            for row in rows for cell in row)
        if is_long and self._is_aftersales_file():
            for row, column, text in find_shortened(self.file, options['sheet']):
                rows[row][column] = text
        return count, rows
