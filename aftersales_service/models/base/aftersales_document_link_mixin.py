from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class AftersalesDocumentLinkMixin(models.AbstractModel):
    """A line that hangs on a document of one of several models (``res_model``, ``res_id``).

    Core's widget reads the names of such documents one by one; lists show ``record_name``.
    With ``_is_read_by_document`` a user reads the lines of those documents that the user may
    read, as core's activities do; what one may do with a line is for the access rights.
    """

    _name = 'aftersales.document.link.mixin'
    _description = "Line of Any Document"

    # the mixin of the models whose documents have such lines
    _document_mixin = None
    # lines are read through their document
    _is_read_by_document = False

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
                records = self.env[model].browse(set(lines.mapped('res_id'))).exists()
                readable = records._filtered_access('read')
                names = dict(zip(readable.ids, readable.mapped('display_name'), strict=True))
            for line in lines:
                line.record_name = names.get(line.res_id, False)

    @api.model
    def _search_record_name(self, operator, value):
        """Find the lines of the documents that the user finds by this name."""
        return Domain.OR(
            Domain('res_model', '=', documents._name) & Domain(
                'res_id', 'in', documents._search(Domain('display_name', operator, value)))
            for documents in self._get_readable_documents())

    # === ACCESS === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False,
                **kwargs):
        if self._is_read_by_document and not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self._is_read_by_document or not any(self._ids):
            return result
        forbidden = (self - result[0] if result else self)._filter_hidden()
        if forbidden and result:
            return result[0] + forbidden, result[1]
        return (forbidden, self._make_hidden_error) if forbidden else result

    def _filter_hidden(self):
        """Return the lines of documents that the user may not read."""
        hidden = self.browse()
        # where a line hangs decides whether the user may know it
        for model, lines in self.sudo().grouped('res_model').items():
            readable = set()
            if model in self.env:
                records = self.env[model].browse(set(lines.mapped('res_id'))).exists()
                readable = set(records._filtered_access('read').ids)
            hidden += lines.filtered(
                lambda line, readable=readable: line.res_id not in readable)
        return hidden

    def _make_hidden_error(self):
        return AccessError(self.env._(
            "These records (%(model)s) belong to documents that you may not read. Ask a team "
            "lead for access to the documents.", model=self.env['ir.model']._get(self._name).name))

    # === DOCUMENTS === #

    @api.model
    def _get_document_models(self):
        """Return the names of the models whose documents have such lines."""
        return [name for name in self.pool.descendants([self._document_mixin], '_inherit')
                if not self.pool[name]._abstract] if self._document_mixin else []

    @api.model
    def _get_readable_documents(self):
        """Return an empty recordset of each such model that the user may read, archived too."""
        return [documents for name in self._get_document_models() if (
            documents := self.env[name].with_context(active_test=False)).has_access('read')]

    @api.model
    def _get_readable_domain(self):
        """Return the domain of the lines whose documents the user may read."""
        return Domain.OR(map(self._get_joined_domain, self._get_readable_documents()))

    @api.model
    def _get_joined_domain(self, documents):
        """Return the domain of the lines with a document of one model that the user may read.

        A join: the database begins with the lines or the documents, whichever are fewer. As a
        set of ids, all that the user may read would be collected for each list.
        """
        def to_sql(model, alias, query):
            table = query.make_alias(alias, documents._table)
            query.add_join(
                'LEFT JOIN', table, documents._search(Domain.TRUE).subselect(),
                SQL("%s = %s AND %s = %s", SQL.identifier(alias, 'res_id'),
                    SQL.identifier(table, 'id'), SQL.identifier(alias, 'res_model'),
                    documents._name))
            return SQL("%s IS NOT NULL", SQL.identifier(table, 'id'))
        return Domain.custom(to_sql=to_sql)

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
