from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    can_trade_in = fields.Boolean(compute='_compute_aftersales_trade_in_count')
    aftersales_trade_in_count = fields.Integer(
        string="Trade-ins", compute='_compute_aftersales_trade_in_count')

    @api.depends_context('uid')
    def _compute_aftersales_trade_in_count(self):
        """Count the old units taken back; who has no after-sales role sees none of it."""
        trades, user = self.env['aftersales.trade.in'].sudo(False), self.env.user
        is_agent = trades.has_access('read')
        counts = dict(trades._read_group(
            [('sale_order_id', 'in', self.ids)], ['sale_order_id'], ['__count'],
        )) if is_agent else {}
        for order in self:
            order.aftersales_trade_in_count = counts.get(order._origin, 0)
            order.can_trade_in = is_agent and (
                user.has_group('aftersales_service.group_aftersales_returns')
                or bool(order.aftersales_trade_in_count))

    def action_view_trade_ins(self):
        """Show the old units taken back with these sales, or write down the first."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_trade_in_action')
        action.update(domain=[('sale_order_id', 'in', self.ids)], context={
            'default_sale_order_id': self.id if len(self) == 1 else False})
        if len(self) == 1 and not self.aftersales_trade_in_count:
            action['views'] = [(False, 'form')]
        return action
