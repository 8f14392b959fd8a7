from odoo import fields, models


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    has_return = fields.Boolean(string="Return", readonly=True, copy=False, protected=True)

    def action_create_return(self):
        """Take the unit of this order back."""
        return self.env['aftersales.return']._get_start_action(self)

    def action_view_returns(self):
        """Show the returns of these orders."""
        return self.env['aftersales.return']._get_returns_action([('order_id', 'in', self.ids)])
