from odoo import fields, models


class StockLot(models.Model):
    _inherit = 'stock.lot'

    aftersales_return_count = fields.Integer(
        string="Returns", compute='_compute_aftersales_return_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_return_count(self):
        counts = dict(self.env['aftersales.return.line']._read_group(
            [('lot_id', 'in', self.ids)], ['lot_id'], ['return_id:count_distinct']))
        for lot in self:
            lot.aftersales_return_count = counts.get(lot._origin, 0)

    def action_view_aftersales_returns(self):
        """Show the returns of these serial numbers."""
        return self.env['aftersales.return']._get_returns_action(
            [('line_ids.lot_id', 'in', self.ids)])
