from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


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

        Hook: called on the model with each search but superuser's, as the user; only superuser
        finds lines of other models. Extend it by ``(*super()…, 'model')``. Raises nothing.
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
            Domain('res_model', '=', name)
            & Domain('res_id', 'in', documents._search(Domain.TRUE))
            for name in self._get_document_models() if (
                documents := self.env[name].with_context(active_test=False)).has_access('read'))

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
