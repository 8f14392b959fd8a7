from odoo import fields, models


class StockLot(models.Model):
    _inherit = 'stock.lot'

    warranty_ids = fields.One2many('aftersales.warranty', 'lot_id', string="Warranty Cards")
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')
    warranty_count = fields.Integer(
        string="Number of Warranty Cards", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_counts(self):
        for model, field in (
                ('aftersales.order', 'aftersales_order_count'),
                ('aftersales.warranty', 'warranty_count')):
            counts = dict(self.env[model]._read_group(
                [('lot_id', 'in', self.ids)], ['lot_id'], ['__count']))
            for lot in self:
                lot[field] = counts.get(lot._origin, 0)

    def action_view_warranties(self):
        """Show the warranty cards of these serial numbers."""
        return self.env['aftersales.warranty']._get_cards_action([('lot_id', 'in', self.ids)])

    def action_view_aftersales_orders(self):
        """Show the service orders of these serial numbers."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action['domain'] = [('lot_id', 'in', self.ids)]
        action['context'] = {'default_lot_id': self.id if len(self) == 1 else False}
        return action
