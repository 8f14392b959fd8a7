from odoo import fields, models


class ProductProduct(models.Model):
    _name = 'product.product'
    _inherit = ['product.product', 'aftersales.smart.button.mixin']
    _aftersales_link = 'product_id'

    def _get_warranty_policy(self, company, day=None, buyer=None):
        """Return the policy for a unit sold by ``company``: the product's, else its category's.

        A policy of another company does not apply. Of its versions the one counts that
        binds units sold on ``day``, by default today, to such a ``buyer`` (``_get_version``).
        """
        template = self.product_tmpl_id
        policy = template.warranty_policy_id or (
            template.categ_id and template.categ_id._get_warranty_policy())
        policy = policy or self.env['aftersales.warranty.policy']
        policy = policy.filtered(
            lambda policy: policy._get_setting('company_id') in (False, company.id))
        return policy._get_version(day or fields.Date.context_today(self), buyer)

    def _is_warranty_extension(self):
        """Return whether selling the product extends the warranty of a unit."""
        template = self.product_tmpl_id
        return bool(template.aftersales_extension_policy_id
                    or template.aftersales_extension_months)

    def _prepare_extension_vals_list(self):
        """Return the covers that one unit of this product sells: a policy's terms, or one."""
        self.ensure_one()
        # what is sold is the same for everybody
        template = self.product_tmpl_id.sudo()
        policy = template.aftersales_extension_policy_id
        if terms := policy and policy._get_terms():
            return [{
                'name': term.name, 'kind': term.kind, 'months': term.months,
                'days': term.days, 'percent': term.percent, 'usage_limit': term.usage_limit,
                'main_part_ids': term.main_part_ids.ids, 'article': term.article,
                'term_id': term.id, 'has_labour': term.has_labour,
            } for term in terms]
        if not template.aftersales_extension_months:
            return []
        named = self.with_context(display_default_code=False)  # customers read the name
        return [{
            'name': named.display_name, 'kind': template.aftersales_extension_kind,
            'months': template.aftersales_extension_months,
            'percent': template.aftersales_extension_percent}]
