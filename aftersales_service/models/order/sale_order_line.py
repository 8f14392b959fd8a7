from odoo import fields, models

from ...tools.line_cover import customer_price


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    is_aftersales_covered = fields.Boolean(
        string="Covered by Warranty", copy=False,
        help="The customer pays nothing for this line, whatever its quantity becomes.")
    aftersales_cover_percent = fields.Float(
        string="Covered by Warranty (%)", copy=False,
        help="The customer pays the rest of the price, whatever the quantity becomes.")
    aftersales_labour_ids = fields.One2many('aftersales.labour', 'sale_line_id')

    def _reset_price_unit(self):
        super()._reset_price_unit()
        percent = 100.0 if self.is_aftersales_covered else self.aftersales_cover_percent
        if percent:
            # core prices the line again at each change of quantity
            price = self.currency_id.round(customer_price(self.price_unit, percent))
            self.update({'price_unit': price, 'technical_price_unit': price})

    def _apply_aftersales_cover(self, percent):
        """Price lines of a quotation at the customer's share; invoiced ones stay."""
        lines = self.filtered(lambda line: not line.qty_invoiced)
        lines.write({
            'aftersales_cover_percent': percent, 'is_aftersales_covered': percent >= 100.0})
        for line in lines:
            line._reset_price_unit()
