from odoo import models


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    def _prepare_mobile_price(self):
        """Return a line of a quotation as the technician's phone shows it."""
        self.ensure_one()
        labour, move = self.aftersales_labour_ids[:1], self.move_ids.filtered('repair_id')[:1]
        source = labour or move
        return {
            'key': f'{source._name},{source.id}' if source else '',
            'name': self.name,
            'quantity': self.product_uom_qty,
            'untaxed': self.price_subtotal,
            'total': self.price_total,
            'is_quoted': True,
        }
