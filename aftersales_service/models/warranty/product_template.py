from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    warranty_policy_id = fields.Many2one(
        'aftersales.warranty.policy', index='btree_not_null',
        help="Each unit delivered to a customer gets a warranty card under this policy. "
             "Empty: the policy of the product category, if any.")
    aftersales_main_part_id = fields.Many2one(
        'aftersales.main.part', string="Main Part", index='btree_not_null',
        help="For spare parts: what kind of part warranties know it as.")
    is_aftersales_consumable = fields.Boolean(
        string="Consumable for Warranty",
        help="A filter, a battery, a lamp: only a term for consumables covers it.")
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')
    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_counts(self):
        """Add up the variants, archived ones as well: their units are still in use."""
        for template in self.with_context(active_test=False):
            variants = template.product_variant_ids
            template.aftersales_order_count = sum(variants.mapped('aftersales_order_count'))
            template.warranty_count = sum(variants.mapped('warranty_count'))

    def action_view_aftersales_orders(self):
        """Show the service orders of units of these products."""
        variants = self.with_context(active_test=False).product_variant_ids
        return variants.with_env(self.env).action_view_aftersales_orders()

    def action_view_warranties(self):
        """Show the warranty cards of units of these products."""
        variants = self.with_context(active_test=False).product_variant_ids
        return variants.with_env(self.env).action_view_warranties()
