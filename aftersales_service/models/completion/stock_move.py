from odoo import models


class StockMove(models.Model):
    _inherit = 'stock.move'

    def _can_be_removed(self):
        """A part on a quotation that the customer has not accepted may still be left out."""
        return super()._can_be_removed() or (
            len(self) == 1 and self.state == 'draft'
            and self.sale_line_id.order_id.state in ('draft', 'sent'))
