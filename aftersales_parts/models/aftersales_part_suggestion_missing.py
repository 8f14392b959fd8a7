from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST = 1000  # at once; the next click goes on


class AftersalesPartSuggestion(models.Model):
    """Parts that are asked for again and again and that no rule plans yet."""

    _inherit = 'aftersales.part.suggestion'

    def action_plan_missing(self):
        """Give parts that were asked for often enough a rule of nothing, and compare it now.

        The list passes the suggestions that are selected; which parts lack a rule decides.

        The planner's rules order nothing by themselves until a suggestion is applied.

        :raise AccessError: the user makes no reordering rules
        :raise UserError: each part that is asked for has its rule
        """
        company = self.env.company
        points = self.env['stock.warehouse.orderpoint'].create([
            {'product_id': product.id, 'warehouse_id': warehouse.id, 'trigger': 'manual',
             'location_id': warehouse.lot_stock_id.id, 'product_min_qty': 0,
             'product_max_qty': 0}
            for product, warehouse in self._read_missing(company)])
        if not points:
            raise UserError(self.env._(
                "Each part that was asked for in the last year often enough has its reordering "
                "rule. How often is enough stands in the part policy."))
        # the right to make rules was checked by making them
        self.sudo()._suggest(company, points.sudo())
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'success', 'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'},
                'message': self.env._(
                    "%(count)s parts have a reordering rule now; what it should say is "
                    "suggested here.", count=len(points))}}

    @api.model
    def _read_missing(self, company):
        """Return the parts and warehouses of ``company`` with demand and without a rule.

        Asked for in as many months of the last year as the policy says; obsolete parts stay out.
        """
        policy = self.env['aftersales.part.policy']._get_policy(company)
        this_month = company._get_aftersales_day(fields.Datetime.now()).replace(day=1)
        asked = self.env['aftersales.part.demand']._read_group(
            [('company_id', '=', company.id), ('quantity', '>', 0),
             ('month', '>=', this_month - relativedelta(years=1)), ('warehouse_id', '!=', False),
             ('product_id.is_spare_part', '=', True), ('product_id.is_storable', '=', True),
             ('product_id.active', '=', True),
             ('product_id.product_tmpl_id.part_phase', '!=', 'obsolete')],
            ['product_id', 'warehouse_id'],
            having=[('month:count_distinct', '>=', policy.stock_months)],
            order='product_id, warehouse_id')
        planned = set(self.env['stock.warehouse.orderpoint']._read_group(
            [('company_id', '=', company.id),
             ('product_id', 'in', [product.id for product, __ in asked])],
            ['product_id', 'warehouse_id']))
        return [row for row in asked if row not in planned][:MOST]
