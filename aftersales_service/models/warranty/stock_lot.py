from odoo import fields, models


class StockLot(models.Model):
    _inherit = 'stock.lot'

    warranty_ids = fields.One2many('aftersales.warranty', 'lot_id', string="Warranty Cards")
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_order_count')

    def _compute_aftersales_order_count(self):
        counts = dict(self.env['aftersales.order']._read_group(
            [('lot_id', 'in', self.ids)], ['lot_id'], ['__count']))
        for lot in self:
            lot.aftersales_order_count = counts.get(lot._origin, 0)

    def action_view_warranties(self):
        """Show the warranty cards of these serial numbers."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_action')
        action['domain'] = [('lot_id', 'in', self.ids)]
        action['context'] = {}
        return action

    def action_view_aftersales_orders(self):
        """Show the service orders of these serial numbers."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action['domain'] = [('lot_id', 'in', self.ids)]
        action['context'] = {'default_lot_id': self.id if len(self) == 1 else False}
        return action
