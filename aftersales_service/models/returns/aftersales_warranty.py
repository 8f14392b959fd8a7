from odoo import fields, models


class AftersalesWarranty(models.Model):
    _inherit = 'aftersales.warranty'

    return_count = fields.Integer(
        string="Number of Returns", compute='_compute_return_count')

    def _compute_return_count(self):
        counts = dict(self.env['aftersales.return.line']._read_group(
            [('warranty_id', 'in', self.ids)], ['warranty_id'], ['return_id:count_distinct']))
        for card in self:
            card.return_count = counts.get(card._origin, 0)

    def action_create_return(self):
        """Take a return of these units."""
        return self.env['aftersales.return']._get_start_action(self)

    def action_view_returns(self):
        """Show the returns of these units."""
        return self.env['aftersales.return']._get_returns_action(
            [('line_ids.warranty_id', 'in', self.ids)])
