from odoo import api, models

from ...tools.sheet import is_shortened, write_sheet


class AftersalesImportMixin(models.AbstractModel):
    """Opening data: a model that offers a sheet to fill in for Odoo's own import.

    The sheet is written when it is asked for, with the labels of the reader's language,
    so that its columns are always those that the import finds by itself.
    """

    _name = 'aftersales.import.mixin'
    _description = "Import Template"

    @api.model
    def get_import_templates(self):
        return [*super().get_import_templates(), self._prepare_import_link()]

    @api.model
    def load(self, fields, data):
        """Refuse numbers of which a spreadsheet lost digits: they would join strangers."""
        damaged = self._find_shortened(fields, data)
        if damaged:
            return {'ids': False, 'messages': damaged, 'nextrow': 0}
        return super().load(fields, data)

    @api.model
    def _get_text_numbers(self):
        """Return the fields whose numbers are texts, each digit of which counts.

        Hook: called on the model by ``load``, as the user who imports, before core reads the rows:
        numbers that a spreadsheet shortened are refused. Raises nothing.
        """
        return {'id', 'phone', 'caller_phone', 'user_phone', 'serial', 'zip', 'ref', 'vat',
                'barcode', 'default_code'}

    @api.model
    def _find_shortened(self, names, data):
        """Return core's messages for the damaged numbers among the rows of an import."""
        columns = [(place, name) for place, name in enumerate(names)
                   if name.rpartition('/')[2] in self._get_text_numbers()]
        return [{
            'type': 'error', 'record': number, 'rows': {'from': number, 'to': number},
            'field': name.partition('/')[0],
            'message': self._format_shortened(row[place])}
            for number, row in enumerate(data) for place, name in columns
            if is_shortened(row[place])]

    @api.model
    def _format_shortened(self, text):
        return self.env._(
            "A spreadsheet shortened the number “%(number)s”, its other digits are lost: format "
            "the column as text and export or type the number again.", number=text)

    @api.model
    def _prepare_import_link(self):
        return {
            'label': self.env._(
                "Import Template for %(records)s",
                records=self.env['ir.model']._get(self._name).name),
            'template': f'/aftersales_service/import-template/{self._name}.xlsx',
        }

    @api.model
    def _get_import_example(self):
        """Return ``{field: an example}`` for each column that the sheet has."""
        return {}

    @api.model
    def _get_import_sheet(self):
        """Return the bytes of the sheet: labels, and one row that shows what goes where."""
        example = self._get_import_example()
        # a label with a slash would be read as the field of another record
        labels = {
            field['name']: field['name'] if '/' in field['string'] else field['string']
            for field in self.env['base_import.import'].get_fields_tree(self._name, depth=1)}
        return write_sheet([labels[name] for name in example], [list(example.values())])
