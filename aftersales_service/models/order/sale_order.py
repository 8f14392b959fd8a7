from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True)
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_order_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_order_count(self):
        """Count the service orders for units that were sold by these orders."""
        counts = dict(self.env['aftersales.order']._read_group(
            self._get_aftersales_domain(), ['warranty_id.sale_line_id'], ['__count']))
        for order in self:
            order.aftersales_order_count = sum(
                counts.get(line, 0) for line in order.order_line)

    def action_view_aftersales_orders(self):
        """Show the service orders for units that were sold by these orders."""
        return self.env['aftersales.order']._get_orders_action(self._get_aftersales_domain())

    def _get_aftersales_domain(self):
        return [('warranty_id.sale_line_id.order_id', 'in', self.ids)]
