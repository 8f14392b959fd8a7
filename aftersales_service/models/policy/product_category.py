from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = 'product.category'

    warranty_policy_id = fields.Many2one(
        'aftersales.warranty.policy', index='btree_not_null',
        help="Units of this category get a warranty card under this policy when they are "
             "delivered, unless the product or a nearer category has its own.")

    def _get_warranty_policy(self):
        """Return the policy of the category, else the one of its nearest parent."""
        self.ensure_one()
        category = self
        while category and not category.warranty_policy_id:
            category = category.parent_id
        return category.warranty_policy_id
