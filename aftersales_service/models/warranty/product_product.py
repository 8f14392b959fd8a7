from odoo import models


class ProductProduct(models.Model):
    _name = 'product.product'
    _inherit = ['product.product', 'aftersales.smart.button.mixin']
    _aftersales_link = 'product_id'

    def _get_warranty_policy(self, company):
        """Return the policy for a unit sold by ``company``: the product's, else its category's.

        A policy of another company does not apply.
        """
        template = self.product_tmpl_id
        policy = template.warranty_policy_id or (
            template.categ_id and template.categ_id._get_warranty_policy())
        policy = policy or self.env['aftersales.warranty.policy']
        return policy.filtered(lambda policy: policy.company_id.id in (False, company.id))
