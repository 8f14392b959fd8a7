from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    warranty_policy_id = fields.Many2one(
        'aftersales.warranty.policy', index='btree_not_null',
        help="Each unit delivered to a customer gets a warranty card under this policy. "
             "Empty: the policy of the product category, if any.")
