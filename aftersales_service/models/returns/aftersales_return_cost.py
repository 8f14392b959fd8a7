from odoo import fields, models


class AftersalesReturn(models.Model):
    """What handling a return costs: charged by activities when it is settled."""

    _name = 'aftersales.return'
    _inherit = ['aftersales.return', 'aftersales.cost.mixin']

    def _get_cost_date(self):
        self.ensure_one()
        return fields.Date.context_today(self, self.date_settled) if self.date_settled else (
            super()._get_cost_date())

    def _get_cost_keys(self):
        self.ensure_one()
        cards = self.line_ids.warranty_id or self.order_id.warranty_id
        # the costs of several units belong to none of them
        return {'order_id': self.order_id.id,
                'warranty_id': cards.id if len(cards) == 1 else False}

    def _get_cost_drivers(self):
        """Count what was handled: one return and parcel, its lines, inspections, credit notes."""
        self.ensure_one()
        lines = self.line_ids
        inspected = lines.filtered('grade')
        return {
            'returns': 1.0, 'parcels': 1.0, 'lines': float(len(lines)), 'contacts': 1.0,
            'inspections': sum(inspected.mapped('quantity_received')),
            'packages': sum(
                line.quantity_received for line in inspected
                if line.disposition_id.kind in ('restock', 'refurbish', 'open_box', 'customer')),
            'credit_notes': 1.0 if self.sudo().refund_ids else 0.0,
            'kg': sum(line.quantity_received * line.sudo().product_id.weight for line in lines),
        }

    def _get_direct_costs(self):
        self.ensure_one()
        return {'recovered': sum(self.line_ids.mapped('recovered_value'))}
