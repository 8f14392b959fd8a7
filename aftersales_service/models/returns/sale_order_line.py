from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    aftersales_return_line_id = fields.Many2one(
        'aftersales.return.line', string="Exchanged Goods", readonly=True,
        index='btree_not_null', copy=False, protected=True)

    def _compute_invoice_status(self):
        """A replacement at no charge waits for no invoice."""
        result = super()._compute_invoice_status()
        for line in self:
            if line.aftersales_return_line_id and line.currency_id.is_zero(line.price_total):
                line.invoice_status = 'no'
        return result

    def _to_sale_unit(self, product, quantity, unit):
        """Return a quantity of what this line delivered in the line's own unit.

        A component makes a part of the kit: half a set is half a unit sold.
        """
        self.ensure_one()
        if self._is_component(product):
            return unit._compute_quantity(quantity, product.uom_id, round=False) * (
                self._get_component_share(product))
        return unit._compute_quantity(quantity, self.product_uom_id, round=False)

    def _get_gross_quantity(self):
        """Count what returns took off the order before it was invoiced, too."""
        gross = super()._get_gross_quantity()
        taken = self.env['aftersales.return.line'].sudo().search([
            ('sale_line_id', '=', self.id), ('state', '=', 'settled'),
            ('quantity_uninvoiced', '>', 0)])
        return gross + sum(
            line.quantity_uninvoiced * line.sale_share if line.sale_share
            else line.uom_id._compute_quantity(
                line.quantity_uninvoiced, self.product_uom_id, round=False)
            for line in taken) if self.product_id.invoice_policy == 'order' else gross

    def _charge(self, vals_list):
        """Let the confirmed sale of this line invoice charges for goods that came back.

        Where an accountant credited the goods by hand, the accountant decided what is kept back.
        """
        if vals_list and self.state == 'sale' and not self._is_credited_by_hand():
            with self.order_id._unlocked():
                self.create(vals_list)

    def _is_credited_by_hand(self):
        self.ensure_one()
        refunds = self.invoice_lines.move_id.filtered(
            lambda move: move.move_type == 'out_refund' and move.state != 'cancel')
        return bool(refunds - self.env['aftersales.return'].search(
            [('refund_ids', 'in', refunds.ids)]).refund_ids)

    def _get_posted_quantity(self):
        """Return what was invoiced for good, less credit notes, drafts of those included."""
        self.ensure_one()
        return sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id, round=False)
            * (1 if line.move_id.move_type == 'out_invoice' else -1)
            for line in self.invoice_lines
            if line.move_id.state == 'posted' or (
                line.move_id.move_type == 'out_refund' and line.move_id.state == 'draft'))
