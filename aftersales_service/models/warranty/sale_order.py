from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_warranty_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_warranty_count(self):
        counts = dict(self.env['aftersales.warranty']._read_group(
            [('sale_line_id.order_id', 'in', self.ids)], ['sale_line_id'], ['__count']))
        for order in self:
            order.warranty_count = sum(counts.get(line, 0) for line in order.order_line)

    def action_view_warranties(self):
        """Show the warranty cards of the units delivered for these orders."""
        return self.env['aftersales.warranty']._get_cards_action(
            [('sale_line_id.order_id', 'in', self.ids)])
