from odoo import fields, models

from .aftersales_warranty_term import TERM_KINDS


class ProductTemplate(models.Model):
    _name = 'product.template'
    _inherit = ['product.template', 'aftersales.smart.button.mixin']

    warranty_policy_id = fields.Many2one(
        'aftersales.warranty.policy', index='btree_not_null',
        help="Each unit delivered to a customer gets a warranty card under this policy. "
             "Empty: the policy of the product category, if any.")
    aftersales_main_part_id = fields.Many2one(
        'aftersales.main.part', string="Main Part", index='btree_not_null',
        help="For spare parts: the main part that warranty terms name.")
    is_aftersales_no_return = fields.Boolean(
        string="Sold for Good",
        help="Made to order, perishable, unsealed media or the like: what is sold at a distance "
             "is not taken back without a reason.")
    is_aftersales_consumable = fields.Boolean(
        string="Consumable for Warranty",
        help="A filter, a battery, a lamp: only a term for consumables covers it.")
    # Extensions: what selling the product adds to the warranty of a unit
    aftersales_extension_months = fields.Integer(
        string="Extends Warranty by (Months)",
        help="Selling this product extends the warranty of a unit, after its running cover.")
    aftersales_extension_kind = fields.Selection(
        [kind for kind in TERM_KINDS if kind[0] != 'component'], string="Extended Cover",
        default='whole_unit')
    aftersales_extension_percent = fields.Float(
        string="Covered by Extension (%)", default=100.0,
        help="The share of the price that the extension covers; the customer pays the rest.")
    aftersales_extension_policy_id = fields.Many2one(
        'aftersales.warranty.policy', string="Extension Terms", index='btree_not_null',
        help="Sell all terms of this policy instead of one cover.")

    _aftersales_extension_valid = models.Constraint(
        'CHECK(aftersales_extension_months >= 0 AND aftersales_extension_percent >= 0'
        ' AND aftersales_extension_percent <= 100)',
        "The months of an extension cannot be negative, and it covers at most 100 %.")

    def _compute_aftersales_counts(self):
        """Add up the variants, archived ones as well: their units are still in use."""
        for template in self.with_context(active_test=False):
            variants = template.product_variant_ids
            for field in self._get_aftersales_counted().values():
                template[field] = sum(variants.mapped(field))

    def _get_aftersales_domain(self):
        return self._get_aftersales_variants()._get_aftersales_domain()

    def _get_aftersales_context(self):
        return self._get_aftersales_variants()._get_aftersales_context()

    def _get_aftersales_variants(self):
        return self.with_context(active_test=False).product_variant_ids
