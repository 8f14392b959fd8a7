from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    is_aftersales_covered = fields.Boolean(
        string="Covered by Warranty", copy=False,
        help="The customer pays nothing for this line, whatever its quantity becomes.")
    aftersales_labour_ids = fields.One2many('aftersales.labour', 'sale_line_id')

    def _reset_price_unit(self):
        super()._reset_price_unit()
        if self.is_aftersales_covered:
            # core prices the line anew at each change of quantity
            self.update({'price_unit': 0.0, 'technical_price_unit': 0.0})

    def _apply_aftersales_cover(self, is_covered):
        """Make lines of a quotation free, or priced again; invoiced ones stay."""
        lines = self.filtered(lambda line: not line.qty_invoiced)
        lines.is_aftersales_covered = is_covered
        for line in lines:
            line._reset_price_unit()
