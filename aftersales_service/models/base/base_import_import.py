from odoo import models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ...tools.sheet import find_shortened, is_shortened, shorten
from .ir_attachment import PREFIX


class BaseImport(models.TransientModel):
    """Files of ours show a number of which a spreadsheet lost digits as what it is.

    Core would write out digits that were never typed, and they would be believed.
    """

    _inherit = 'base_import.import'

    def _is_aftersales_file(self):
        """Whether the file is of a model of ours, or a platform's, which names no model."""
        self.ensure_one()
        return not self.res_model or self.res_model.startswith(PREFIX) or hasattr(
            self.env.get(self.res_model), '_get_import_example')

    def _parse_import_data(self, data, import_fields, options):
        """Refuse damaged numbers in the texts of our models, such as serial numbers of a range.

        Opening sheets name the row besides: their model refuses them itself.
        """
        model = self.env.get(self.res_model)
        if self._is_aftersales_file() and not hasattr(model, '_get_import_example'):
            texts = [(place, name) for place, name in enumerate(import_fields)
                     if name in model._fields and model._fields[name].type == 'char']
            wrong = next(((row[place], name) for row in data for place, name in texts
                          if is_shortened(row[place])), None)
            if wrong:
                raise ImportValidationError(self.env[
                    'aftersales.import.mixin']._format_shortened(wrong[0]), field=wrong[1])
        return super()._parse_import_data(data, import_fields, options)

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
