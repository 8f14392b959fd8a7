from odoo import fields, models


class AftersalesOrder(models.Model):
    """A pick-up of returned goods is charged by activities as other returns are."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.cost.mixin']

    has_costs = fields.Boolean(related='type_id.has_costs')

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target == 'done':
            charged = self.filtered(lambda order: order.type_id._charges_costs())
            if charged:
                charged._propose_costs()

    def _get_cost_date(self):
        self.ensure_one()
        return fields.Date.context_today(self, self.date_done) if self.date_done else (
            super()._get_cost_date())

    def _get_cost_keys(self):
        self.ensure_one()
        return {'order_id': self.id, 'warranty_id': self.warranty_id.id}

    def _get_cost_drivers(self):
        """Count what a pick-up is: one return in one parcel, with one contact."""
        self.ensure_one()
        return {
            'returns': 1.0, 'parcels': 1.0, 'lines': 1.0, 'contacts': 1.0 + self.reminder_count,
            'kg': self.sudo().product_id.weight,
        }
