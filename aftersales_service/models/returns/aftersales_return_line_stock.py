from odoo import models


class AftersalesReturnLine(models.Model):
    _inherit = 'aftersales.return.line'

    def _record_serials(self):
        """Give units that stock has never seen the record of the number on them."""
        new = self.filtered(lambda line: (
            line.serial and not line.lot_id and line.product_id.tracking == 'serial'))
        lots = new and self.env['stock.lot'].search(
            [('name', 'in', new.mapped('serial')), ('product_id', 'in', new.product_id.ids),
             ('company_id', 'in', (False, *new.company_id.ids))])
        known = {(lot.name, lot.product_id): lot for lot in lots}
        missing = new.filtered(lambda line: (line.serial, line.product_id) not in known)
        made = self.env['stock.lot'].create([
            {'name': line.serial, 'product_id': line.product_id.id} for line in missing])
        known |= {(lot.name, lot.product_id): lot for lot in made}
        for line in new:
            line.lot_id = known[line.serial, line.product_id]

    def _comes_by(self, move):
        """Return whether goods of this line were announced by a move of their product."""
        self.ensure_one()
        if self.return_id.kind == 'vendor':
            return True
        return move.origin_returned_move_id == self.move_id and (
            not self.move_id or move.to_refund == self._is_refunded())

    def _get_counting_sale(self, is_sold):
        """Return the sale line that counts a transfer of these goods, if it counts any.

        None counts what comes for an exchange or for repair, nor its way back.
        """
        self.ensure_one()
        if self.return_id.state == 'authorised':
            is_counted = not self.move_id and self._is_refunded()
        else:
            is_counted = any(self._get_return_moves().mapped('to_refund'))
        return self.sale_line_id if is_sold and is_counted else self.sale_line_id.browse()
