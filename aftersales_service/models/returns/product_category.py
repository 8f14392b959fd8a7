from odoo import models


class ProductCategory(models.Model):
    _inherit = 'product.category'

    def _get_parent_ids(self):
        """Return the ids of this category and those above it."""
        return {int(key) for key in (self.parent_path or '').split('/') if key}
