from odoo import api, fields, models
from odoo.fields import Domain

# what core plans with where a part is bought and no vendor is known
_NO_VENDOR_DAYS = 365


class StockWarehouseOrderpoint(models.Model):
    """The present minimum and maximum of a part; what is suggested for it, and was before."""

    _name = 'stock.warehouse.orderpoint'
    _inherit = ['stock.warehouse.orderpoint', 'aftersales.protected.mixin']

    aftersales_suggestion_ids = fields.One2many(
        'aftersales.part.suggestion', 'orderpoint_id', string="Stock Suggestions")
    # a plain column: the work queue of the monthly run
    aftersales_review_month = fields.Date(
        string="Reviewed in", copy=False, readonly=True, protected=True,
        help="The month in which its minimum and maximum were last compared with the demand.")

    def action_view_aftersales_suggestions(self):
        """Show what was suggested for these rules, and what became of it."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_parts.aftersales_part_suggestion_action')
        return {**action, 'domain': [('orderpoint_id', 'in', self.ids)], 'context': {}}

    @api.model
    def _get_part_review_domain(self, company, month):
        """Return the domain of the rules of parts that the run of ``month`` still has to see."""
        return (
            Domain('company_id', '=', company.id)
            & Domain('product_id.is_spare_part', '=', True)
            & (Domain('aftersales_review_month', '=', False)
               | Domain('aftersales_review_month', '<', month)))

    def _get_part_lead_days(self):
        """Return ``{rule: days until what is ordered today is there}``, read in sets.

        The same days as core's ``lead_days``, which asks for each rule by itself: those of the
        rules on the way, and where the part is bought those of its vendor and of the company.
        """
        days = {}
        templates = self.product_id.product_tmpl_id
        routes = {template: (template.route_ids.ids, template.categ_id) for template in templates}
        plain = self._read_plain_delays(templates)
        for points in self.grouped(lambda point: (
                point.company_id, point.location_id, point.route_id, point.warehouse_id,
                str(routes[point.product_id.product_tmpl_id]))).values():
            rules = points[0].with_prefetch().rule_ids  # they follow from what is grouped by
            moved = sum(rules.filtered(
                lambda rule: rule.action in ('pull', 'pull_push')).mapped('delay'))
            bought = rules.filtered(lambda rule: rule.action == 'buy')
            if not bought:
                days.update(dict.fromkeys(points, moved))
                continue
            company = bought.company_id or points.company_id
            for point in points:
                days[point] = moved + self._find_vendor_days(
                    point.product_id, company, plain, point.supplier_id)
        return days

    @api.model
    def _get_vendor_days(self, products, company):
        """Return ``{part: days until a new piece is there}``: of its vendor and of the company."""
        plain = self._read_plain_delays(products.product_tmpl_id)
        return {product: self._find_vendor_days(product, company, plain) for product in products}

    @api.model
    def _find_vendor_days(self, product, company, plain, vendor=None):
        """Return the days of a purchase; of ``vendor`` (a price of a supplier) or the best one."""
        delay = plain.get(product.product_tmpl_id)
        if delay is None or vendor:
            vendor = vendor or product.with_company(company)._select_seller(quantity=None)[:1]
            delay = vendor.delay if vendor else None
        return _NO_VENDOR_DAYS if delay is None else delay + company.days_to_purchase

    @api.model
    def _read_plain_delays(self, templates):
        """Return ``{product: days}`` of those with one vendor, who delivers at any time."""
        groups = self.env['product.supplierinfo']._read_group(
            [('product_tmpl_id', 'in', templates.ids), ('partner_id.active', '=', True)],
            ['product_tmpl_id'],
            ['__count', 'delay:min', 'company_id:count', 'product_id:count', 'date_start:count',
             'date_end:count'])
        return {template: delay for template, count, delay, *limits in groups
                if count == 1 and not any(limits)}
