from odoo import models


class StockMove(models.Model):
    """A used part as the technician's phone shows it."""

    _inherit = 'stock.move'

    def _can_be_removed(self):
        """Whether this is one part that was noted, but neither booked nor quoted."""
        return len(self) == 1 and self.state == 'draft' and not self.sale_line_id

    def _prepare_mobile_part(self):
        self.ensure_one()
        return {
            'id': self.id,
            'name': " · ".join([self.product_id.display_name, *self.lot_ids.mapped('name')]),
            'quantity': self.product_uom_qty,
            'cover': self.aftersales_cover_reason or "",
            'available': self.aftersales_available if self.product_id.is_storable else None,
            'can_be_removed': self._can_be_removed(),
        }
