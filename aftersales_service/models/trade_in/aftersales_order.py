from odoo import fields, models


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    has_trade_in = fields.Boolean(
        string="Trade-in", readonly=True, copy=False, protected=True)

    def action_view_trade_ins(self):
        """Show the trade-ins that came from these orders, or write down the first."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_trade_in_action')
        domain = [('order_id', 'in', self.ids)]
        action.update(domain=domain, context={
            'default_order_id': self.id if len(self) == 1 else False})
        if len(self) == 1 and not self.env['aftersales.trade.in'].search_count(domain, limit=1):
            action['views'] = [(False, 'form')]
        return action
