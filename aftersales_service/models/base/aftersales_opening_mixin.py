from odoo import api, models

from ...tools.sheet import write_sheet


class AftersalesOpeningMixin(models.AbstractModel):
    """Opening data: a model that offers a sheet to fill in for Odoo's own import.

    The sheet is written when it is asked for, with the labels of the reader's language,
    so that its columns are always those that the import finds by itself.
    """

    _name = 'aftersales.opening.mixin'
    _description = "Opening Data"

    @api.model
    def get_import_templates(self):
        return [*super().get_import_templates(), self._prepare_opening_link()]

    @api.model
    def _prepare_opening_link(self):
        return {
            'label': self.env._(
                "Import Template for %(records)s",
                records=self.env['ir.model']._get(self._name).name),
            'template': f'/aftersales_service/import-template/{self._name}.xlsx',
        }

    @api.model
    def _get_opening_example(self):
        """Return ``{field: an example}`` for each column that the sheet has."""
        return {}

    @api.model
    def _get_opening_sheet(self):
        """Return the bytes of the sheet: labels, and one row that shows what goes where."""
        example = self._get_opening_example()
        # a label with a slash would be read as the field of another record
        labels = {
            field['name']: field['name'] if '/' in field['string'] else field['string']
            for field in self.env['base_import.import'].get_fields_tree(self._name, depth=1)}
        return write_sheet([labels[name] for name in example], [list(example.values())])
