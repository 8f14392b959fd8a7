from odoo import models


class AftersalesReturn(models.Model):
    _inherit = 'aftersales.return'

    def _get_complaint_costs(self):
        """Add the goods at the price that was paid for them."""
        costs = super()._get_complaint_costs()
        costs['return'] += sum(
            line.price_unit * (line.quantity_received or line.quantity) for line in self.line_ids)
        return costs
