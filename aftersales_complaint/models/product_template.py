from odoo import models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    def action_view_failure_price(self):
        """Show what the failures of this model cost, of all its variants."""
        self.ensure_one()
        return self.env['aftersales.failure.price']._open_for(
            scope='product', product_tmpl_id=self.id)
