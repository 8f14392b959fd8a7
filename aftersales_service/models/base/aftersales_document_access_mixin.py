from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class AftersalesDocumentAccessMixin(models.AbstractModel):
    """A line that people read, search and change as they may its document.

    ``res_model`` and ``res_id`` name the document. Groups and companies of the line's own rules
    hold besides, and superuser passes, as core's activities do it.
    """

    _name = 'aftersales.document.access.mixin'
    _description = "Line Read through Its Document"

    @api.model
    def _get_document_models(self):
        """Return the names of the models that such lines belong to.

        Called with each search, as the user; lines of other models are found by superuser only.
        """
        return ()

    # === SEARCH === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False,
                **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_readable_domain(self):
        """Return the domain of the lines whose documents the user may read, archived too."""
        return Domain.OR(
            self._get_joined_domain(documents) for name in self._get_document_models() if (
                documents := self.env[name].with_context(active_test=False)).has_access('read'))

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

    # === ACCESS === #

    def _check_access(self, operation):
        result = super()._check_access(operation)
        lines = self - result[0] if result else self
        if not any(lines._ids):
            return result
        forbidden = lines._filter_hidden('read' if operation == 'read' else 'write')
        if forbidden and result:
            return result[0] + forbidden, result[1]
        return (forbidden, self._make_hidden_error) if forbidden else result

    def _filter_hidden(self, operation):
        """Return the lines of documents on which the user may not do ``operation``."""
        hidden = self.browse()
        # where a line hangs decides whether the user may know it
        for model, lines in self.sudo().grouped('res_model').items():
            allowed = set()
            if model in self.env:
                records = self.env[model].browse(set(lines.mapped('res_id'))).exists()
                allowed = set(records._filtered_access(operation).ids)
            hidden += lines.filtered(lambda line, allowed=allowed: line.res_id not in allowed)
        return hidden

    def _make_hidden_error(self):
        return AccessError(self.env._(
            "These records (%(model)s) belong to documents that you may not read or change. Ask "
            "a team lead for access to the documents.",
            model=self.env['ir.model']._get(self._name).name))
