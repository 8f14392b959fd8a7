from functools import partial

from odoo import api, models
from odoo.fields import Domain


class AftersalesDocumentAccessMixin(models.AbstractModel):
    """A line that people read, search and change as they may its record.

    ``res_model`` and ``res_id`` name the record. Groups and companies of the line's own rules
    hold besides. Superuser passes.
    """

    _name = 'aftersales.document.access.mixin'
    _description = "Line Read through Its Record"

    @api.model
    def _get_document_models(self):
        """Return the names of the models that such lines belong to.

        Called with each search, as the user; lines of other models are found by superuser only.
        """
        return ()

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_readable_domain(self):
        """Return the lines of the records that the user may read."""
        return Domain.OR(
            Domain('res_model', '=', model)
            & Domain('res_id', 'in', self.env[model]._search([], active_test=False))
            for model in self._get_document_models() if self.env[model].has_access('read'))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        lines = self - result[0] if result else self
        if not any(lines._ids):
            return result
        needed = 'read' if operation == 'read' else 'write'
        forbidden = self.browse()
        for model, of_model in lines.sudo().grouped('res_model').items():
            allowed = set()
            if model in self.env:
                records = self.env[model].browse(set(of_model.mapped('res_id'))).exists()
                allowed = set(records._filtered_access(needed)._ids)
            forbidden |= self.browse(line.id for line in of_model if line.res_id not in allowed)
        if not forbidden:
            return result
        if result:
            return result[0] | forbidden, result[1]
        return forbidden, partial(
            self.env['ir.rule']._make_access_error, operation, forbidden)
