from odoo import models


class ProductCategory(models.Model):
    _inherit = 'product.category'

    def _get_ancestor_ids(self):
        """Return the ids of the category and of all above it; none for no category."""
        return [int(part) for part in (self.parent_path or '').split('/') if part]
