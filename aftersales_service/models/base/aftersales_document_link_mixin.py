from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesDocumentLinkMixin(models.AbstractModel):
    """A line that hangs on a document of one of several models (``res_model``, ``res_id``).

    Core's widget reads the names of such documents one by one; lists show ``record_name``.
    ``aftersales.document.access.mixin`` lets people read such lines through their document.
    """

    _name = 'aftersales.document.link.mixin'
    _description = "Line of Any Document"

    res_model = fields.Char(string="Kind of Record", required=True)
    res_id = fields.Many2oneReference(string="Record", model_field='res_model', required=True)
    record_name = fields.Char(
        string="For", compute='_compute_record_name', search='_search_record_name')

    @api.depends('res_model', 'res_id')
    @api.depends_context('uid')
    def _compute_record_name(self):
        """Name the documents that the user may read, by one query of each model."""
        for model, lines in self.grouped('res_model').items():
            names = {}
            if model in self.env:
                # also where core names the line as superuser, for somebody who reads a link to it
                records = self.env[model].sudo(False).browse(
                    set(lines.mapped('res_id'))).exists()
                readable = records._filtered_access('read')
                names = dict(zip(readable.ids, readable.mapped('display_name'), strict=True))
            for line in lines:
                line.record_name = names.get(line.res_id, False)

    @api.model
    def _search_record_name(self, operator, value):
        """Find the lines of the documents that the user finds by this name."""
        return Domain.OR(
            Domain('res_model', '=', name) & Domain('res_id', 'in', documents._search(
                Domain('display_name', operator, value)))
            for name in self._get_document_models() if (
                documents := self.env[name].with_context(active_test=False)).has_access('read'))

    # === DOCUMENTS === #

    @api.model
    def _get_document_models(self):
        """Return the names of the models whose documents have such lines.

        Hook: called on the model when lines are searched by the name of their document, as the
        user. Extend it by ``(*super()…, 'model')``. Raises nothing.
        """
        return ()

    @api.model
    def _unlink_lines_of(self, model, ids):
        """Delete the lines of documents that the user was allowed to delete, and just did."""
        # unlink of the documents checked the right; their lines go with them
        self.sudo().search([('res_model', '=', model), ('res_id', 'in', ids)]).unlink()

    def _get_documents(self):
        """Return ``{line: document}`` of the documents that still exist, one query a model."""
        documents = {}
        for model, lines in self.grouped('res_model').items():
            if model in self.env:
                found = self.env[model].browse(lines.mapped('res_id')).exists()
                by_id = {document.id: document for document in found}
                documents.update(
                    (line, by_id[line.res_id]) for line in lines if line.res_id in by_id)
        return documents

    def _get_document(self):
        """Return the document of one line."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def action_view_record(self):
        """Open the record."""
        self.ensure_one()
        return {'type': 'ir.actions.act_window', 'res_model': self.res_model,
                'res_id': self.res_id, 'views': [(False, 'form')]}
