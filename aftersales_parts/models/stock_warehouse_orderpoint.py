from odoo import api, fields, models
from odoo.fields import Domain

# what core plans with where a part is bought and nobody is known to sell it
_NO_VENDOR_DAYS = 365


class StockWarehouseOrderpoint(models.Model):
    """The present minimum and maximum of a part; what is suggested for it, and was before."""

    _inherit = 'stock.warehouse.orderpoint'

    aftersales_suggestion_ids = fields.One2many(
        'aftersales.part.suggestion', 'orderpoint_id', string="Stock Suggestions")
    # a plain column: the work queue of the monthly run
    aftersales_review_month = fields.Date(
        string="Reviewed in", copy=False, readonly=True,
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
        templates.seller_ids.fetch()
        routes = {template: (template.route_ids.ids, template.categ_id) for template in templates}
        for points in self.grouped(lambda point: (
                point.company_id, point.location_id, point.route_id, point.warehouse_id,
                str(routes[point.product_id.product_tmpl_id]))).values():
            rules = points[0].with_prefetch().rule_ids  # they follow from what is grouped by
            moved = sum(rules.filtered(
                lambda rule: rule.action in ('pull', 'pull_push')).mapped('delay'))
            bought = rules.filtered(lambda rule: rule.action == 'buy')
            for point in points:
                days[point] = moved + (bool(bought) and point._get_part_vendor_days(
                    bought.company_id or point.company_id))
        return days

    def _get_part_vendor_days(self, company):
        """Return how long the vendor of this part takes, and the company to order it."""
        self.ensure_one()
        vendor = self.supplier_id or self._find_part_vendor(company)
        return vendor.delay + company.days_to_purchase if vendor else _NO_VENDOR_DAYS

    def _find_part_vendor(self, company):
        """Return the vendor that core chooses; where there is but a plain one, without asking."""
        vendor = self.product_id.product_tmpl_id.seller_ids
        if len(vendor) == 1 and vendor.partner_id.active and not (
                vendor.company_id or vendor.product_id or vendor.date_start or vendor.date_end):
            return vendor
        return self.product_id.with_company(company)._select_seller(quantity=None)[:1]
