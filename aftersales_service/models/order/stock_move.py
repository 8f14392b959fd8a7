from odoo import api, fields, models

from ...tools.warranty import COMPONENT


class StockMove(models.Model):
    _inherit = 'stock.move'

    # plain columns, filled by create and write: a stored compute on this table would
    # make the installation recompute every move of the company
    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True)
    is_aftersales_covered = fields.Boolean(
        string="Covered", copy=False, help="Covered parts cost the customer nothing.")
    aftersales_cover_reason = fields.Char(string="Cover Reason", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        part_vals = [
            vals for vals in vals_list
            if vals.get('aftersales_order_id') or vals.get('repair_id')]
        if part_vals:
            self._complete_part_vals(part_vals)
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if 'is_aftersales_covered' in vals:
            self.sale_line_id._apply_aftersales_cover(vals['is_aftersales_covered'])
        return result

    def _create_repair_sale_order_line(self):
        result = super()._create_repair_sale_order_line()
        covered = self.filtered('is_aftersales_covered').sale_line_id
        if covered:
            covered._apply_aftersales_cover(True)
        return result

    def _judge_aftersales_cover(self):
        """Decide the cover of parts that are not used yet anew, from their order's card."""
        for move in self:
            if move.repair_line_type == 'add' and move.state not in ('done', 'cancel'):
                is_covered, reason = move.aftersales_order_id._get_cover_verdict(
                    COMPONENT, move.product_id)
                move.write({
                    'is_aftersales_covered': is_covered, 'aftersales_cover_reason': reason})

    @api.model
    def _complete_part_vals(self, vals_list):
        """Give parts of a service order their repair, and all parts of it their cover."""
        orders = self.env['aftersales.order'].browse(
            {vals['aftersales_order_id'] for vals in vals_list
             if vals.get('aftersales_order_id') and not vals.get('repair_id')})
        if orders:  # parts of a plain repair are the stock user's own business
            orders.check_access('write')
        repair_by_order = orders._get_or_create_repairs()
        products = self.env['product.product']
        for vals in vals_list:
            if not vals.get('repair_id'):
                order = orders.browse(vals['aftersales_order_id'])
                vals['repair_id'] = repair_by_order[order].id
                vals.setdefault('repair_line_type', 'add')
            # whoever may add a part to the repair may know the order's cover
            order = self.env['repair.order'].browse(vals['repair_id']).sudo().aftersales_order_id
            vals['aftersales_order_id'] = order.id
            # a person who decides the cover says why; without a reason the card decides
            if order and vals.get('repair_line_type') == 'add' and (
                    not vals.get('aftersales_cover_reason')):
                product = products.browse(vals.get('product_id'))
                vals['is_aftersales_covered'], vals['aftersales_cover_reason'] = (
                    order._get_cover_verdict(COMPONENT, product))
