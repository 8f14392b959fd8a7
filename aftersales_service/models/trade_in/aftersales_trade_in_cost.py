from odoo import fields, models


class AftersalesTradeIn(models.Model):
    """Taking an old unit back is charged by activities as other returns are."""

    _name = 'aftersales.trade.in'
    _inherit = ['aftersales.trade.in', 'aftersales.cost.mixin']

    def _get_cost_date(self):
        self.ensure_one()
        return fields.Date.context_today(self, self.date_received) if self.date_received else (
            super()._get_cost_date())

    def _get_cost_keys(self):
        self.ensure_one()
        return {'order_id': self.order_id.id, 'warranty_id': self.order_id.warranty_id.id}

    def _get_cost_drivers(self):
        """Count what a trade-in is: one return, looked at once; a pick-up counts its own."""
        self.ensure_one()
        return {
            'returns': 1.0, 'lines': 1.0, 'inspections': 1.0, 'contacts': 1.0,
            'parcels': 0.0 if self.pickup_order_id else 1.0,
            'kg': self.sudo().product_id.weight,
        }

    def _get_direct_costs(self):
        """Return what the unit brought; its granted value is a price, not a cost of handling."""
        self.ensure_one()
        return {'recovered': self.recovered_value}
