from odoo import models


class PurchaseOrderLine(models.Model):
    """A purchase whose day moves takes the days of arrival of its requests with it."""

    _inherit = 'purchase.order.line'

    def write(self, vals):
        """Tell requests that wait for a bought part of its new day."""
        result = super().write(vals)
        if 'date_planned' in vals:
            # who buys need not read requests
            requests = self.sudo().move_dest_ids.aftersales_request_line_id.request_id.filtered(
                lambda request: request.state == 'ordered')
            for request in requests:
                request.date_expected = False
                request._update_date_expected()
        return result
