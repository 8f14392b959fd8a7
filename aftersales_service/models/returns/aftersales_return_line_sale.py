from odoo import api, fields, models
from odoo.fields import Command


class AftersalesReturnLine(models.Model):
    """How much of a line was invoiced, and what is left of its sale."""

    _inherit = 'aftersales.return.line'

    quantity_uninvoiced = fields.Float(
        string="Not Invoiced", digits='Product Unit', readonly=True, copy=False,
        help="Taken off the sale instead of credited, because it was never invoiced.",
        protected=True)

    @api.model
    def _get_refund_settlements(self):
        """Return the settlements by which the customer gets the value of the goods back.

        Hook: called on the model, with any rights, where a line is judged, changed and settled.
        Extend it by ``(*super()…, 'key')`` for a settlement added by ``selection_add``. Raises
        nothing.
        """
        return ('refund',)

    def _is_refunded(self):
        """Return whether the value of the goods is paid back, in whatever form."""
        self.ensure_one()
        return self.settlement in self._get_refund_settlements()

    def _is_taken_back(self):
        """Return whether the sale of these goods is undone."""
        self.ensure_one()
        return bool(self._is_refunded() and self.is_accepted and self.quantity_received
                    and self.return_id.kind != 'vendor')

    def _get_companions(self):
        """Return the lines, this one included, whose goods came back by the same moves."""
        self.ensure_one()
        moves = self._get_return_moves()
        return self.return_id.line_ids.filtered(
            lambda line: line.product_id == self.product_id and line._get_return_moves() == moves)

    def _get_return_moves(self):
        """Return the moves by which the goods of this line came back."""
        self.ensure_one()
        return self.return_id.picking_ids.move_ids.filtered(
            lambda move: move.state == 'done' and move.location_dest_usage != 'customer'
            and move.product_id == self.product_id
            and move.origin_returned_move_id == self.move_id
            and move.sale_line_id in (self.sale_line_id, self.sale_line_id.browse())
            and (not self.lot_id or self.lot_id in move.move_line_ids.lot_id))

    def _get_paid_sale_line(self):
        """Return the sale line that the customer paid: that of the unit which was exchanged."""
        self.ensure_one()
        sold = self.sale_line_id
        while sold.aftersales_return_line_id:
            sold = sold.aftersales_return_line_id.sale_line_id
        return sold

    def _get_replaced_lines(self):
        """Return the earlier lines of units whose exchange led to the goods of these lines."""
        lines, found = self.browse(), self.sale_line_id.aftersales_return_line_id
        while found:
            lines |= found
            found = found.sale_line_id.aftersales_return_line_id - lines
        return lines

    def _mark_replaced(self):
        """Count units that were exchanged as delivered no more, now that the new one is back."""
        for line in self.filtered('sale_line_id'):
            if len(line._get_companions()) == 1:
                line._get_return_moves().to_refund = True
                self.env.add_to_compute(
                    line.sale_line_id._fields['qty_delivered'], line.sale_line_id)

    def _to_sale_unit(self, sold):
        """Return what was received in the unit of a sale line."""
        self.ensure_one()
        if self.sale_share:
            return self.quantity_received * self.sale_share
        return self.uom_id._compute_quantity(
            self.quantity_received, sold.product_uom_id, round=False)

    def _note_uninvoiced(self, sold):
        """Note what of these lines of one sale line was never invoiced; refund the rest only.

        What the customer keeps was invoiced first.
        """
        if not sold:
            return  # what was exchanged was bought elsewhere
        taken = sum(line._to_sale_unit(sold) for line in self)
        left = max(sold._get_posted_quantity() - self._get_kept_quantity(sold, taken), 0.0)
        charges = []
        for line in self:
            received = line._to_sale_unit(sold)
            credited = min(received, left)
            left -= credited
            if sold.product_uom_id.compare(credited, received) < 0:
                share = credited / received
                charges += line._prepare_sale_charges(sold, 1 - share)
                line.write({
                    'quantity_uninvoiced': line.quantity_received * (1 - share),
                    'refund_amount': line.currency_id.round(line.refund_amount * share)})
        sold._charge(charges)

    def _prepare_sale_charges(self, sold, share):
        """Return lines of the sale for what is kept back of the goods it never invoiced.

        Of goods that were invoiced, the same is kept back from the credit note.

        :param share: the part of what was received that was never invoiced
        """
        self.ensure_one()
        quantity = self.quantity_received * share
        kept = self.price_unit * quantity - self.refund_amount * share
        paid = sold.price_reduce_taxinc
        # with the taxes of the goods, as their price is written in the sale
        ratio = sold.price_unit * (1 - sold.discount / 100) / paid if paid else 1.0
        line = self.with_env(self.return_id._in_customer_language().env)
        return [{
            'order_id': sold.order_id.id, 'product_id': self._get_charge_product().id,
            'name': name, 'product_uom_qty': 1.0, 'tax_ids': [Command.set(sold.tax_ids.ids)],
            'price_unit': ratio * self.currency_id._convert(
                amount, sold.currency_id, self.company_id, sold.order_id.date_order.date()),
        } for name, amount in line._get_deductions(self.currency_id.round(kept), quantity)]

    def _get_kept_quantity(self, sold, taken):
        """Return what is left to the customer of a sale line, of which ``taken`` come back."""
        if sold.product_id.invoice_policy == 'order':
            return sold.product_uom_qty - taken
        announced = self.return_id.picking_ids.move_ids.filtered(
            lambda move: move.state == 'done' and move.to_refund and move.sale_line_id == sold
            and move.location_dest_usage != 'customer')
        back = sum(sold._to_sale_unit(
            move.product_id, move.quantity, move.product_uom) for move in announced)
        return sold.qty_delivered + back - taken

    def _shrink_sale(self, sold):
        """Order no more what came back, where a sale is invoiced by what was ordered.

        Otherwise core would invoice the goods again, once they are credited.
        """
        if sold.product_id.invoice_policy != 'order' or sold.state != 'sale':
            return
        taken = sum(line._to_sale_unit(sold) for line in self)
        with sold.order_id._unlocked():
            # the price stays as it was agreed for the whole quantity
            sold.with_context(skip_procurement=True).write({
                'product_uom_qty': max(sold.product_uom_qty - taken, sold.qty_delivered, 0.0),
                'price_unit': sold.price_unit, 'discount': sold.discount})
