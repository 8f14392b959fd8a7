from odoo import api, models
from odoo.tools import ormcache


class AftersalesCachedNameMixin(models.AbstractModel):
    """Configuration whose name stands on every order: lists and messages ask no query for it."""

    _name = 'aftersales.cached.name.mixin'
    _description = "Configuration with a Cached Name"
    _inherit = ['aftersales.cached.mixin']

    @api.depends('name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        names = self._get_names()
        for record in self:
            record.display_name = names.get(record.id) or record.name

    @api.model
    @ormcache('self.env.lang')
    def _get_names(self):
        """Return ``{id: name}`` of all records in the user's language."""
        # users who may read an order may read the names of its stage and type
        records = self.sudo().with_context(active_test=False).search_fetch([], ['name'])
        return {record.id: record.name for record in records}
