from dataclasses import replace

from odoo import api, fields, models

FEWEST_DIGITS = 7  # of a phone: shorter ones are house numbers and notes


class AftersalesOrder(models.Model):
    """The order's number on the online platform it came from, by which it is made once."""

    _inherit = 'aftersales.order'

    platform_id = fields.Many2one(
        'aftersales.platform', readonly=True, copy=False, ondelete='restrict',
        check_company=True)
    platform_number = fields.Char(
        string="Number on the Platform", readonly=True, copy=False, index='btree_not_null')
    platform_line = fields.Char(string="Line on the Platform", readonly=True, copy=False)

    _platform_uniq = models.UniqueIndex(
        '(company_id, platform_id, platform_number, platform_line) '
        'WHERE platform_id IS NOT NULL',
        "This line of the platform's order is registered already.")

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if any(vals.get('platform_id') for vals in vals_list):
            orders._mark_distance_sales()
        return orders

    def _mark_distance_sales(self):
        """Note that units of orders from an online platform were bought at a distance."""
        cards = self.filtered('platform_id').warranty_id.filtered(
            lambda card: not card.is_distance_sale)
        # the importer checked its right; the platform says how the unit was sold
        cards.sudo().is_distance_sale = True

    def _get_facts(self, repairs=(), same_model=None, exclusions=(), day=None):
        """A platform's order proves the purchase, and that it was made at a distance."""
        facts = super()._get_facts(repairs, same_model, exclusions, day)
        return replace(
            facts, has_proof=facts.has_proof or bool(self.platform_number),
            is_distance_sale=facts.is_distance_sale or bool(self.platform_id))

    @api.model
    def _get_platform_orders(self, platform, company, numbers):
        """Return ``{(number, line): order}`` of the ``numbers`` that are registered already.

        As superuser: what somebody else registered is known as well.
        """
        orders = self.sudo().with_context(active_test=False).search_fetch(
            [('company_id', '=', company.id), ('platform_id', '=', platform.id),
             ('platform_number', 'in', list(numbers))],
            ['platform_number', 'platform_line', 'phone', 'caller_name', 'partner_id',
             'product_id', 'serial'])
        return {(order.platform_number, order.platform_line): order for order in orders}

    def _is_platform_customer(self, name, phone):
        """Whether a row's name or phone is that of this order's customer, as far as known.

        One of the two is enough: people correct names, platforms hide phones. An order that
        was erased knows neither.
        """
        self.ensure_one()
        names = {self.caller_name, self.partner_id.name}
        phones = {digits[-FEWEST_DIGITS:] for digits in (
            ''.join(filter(str.isdecimal, number or ''))
            for number in (self.phone, self.partner_id.phone)) if digits}
        if not (self.phone or self.caller_name) or not (name or phone):
            return True
        digits = ''.join(filter(str.isdecimal, phone or ''))
        return name in names or digits[-FEWEST_DIGITS:] in phones

    def _is_platform_product(self, name):
        """Whether a row names the product of this order, as far as both know one."""
        self.ensure_one()
        product = self.product_id
        return not name or not product or name in (
            product.default_code, product.barcode, product.name)
