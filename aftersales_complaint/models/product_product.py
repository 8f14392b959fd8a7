from odoo import models


class ProductProduct(models.Model):
    _inherit = 'product.product'

    def action_view_failure_price(self):
        """Show what the failures of this variant's model cost: its form has the button too."""
        self.ensure_one()
        return self.product_tmpl_id.action_view_failure_price()
