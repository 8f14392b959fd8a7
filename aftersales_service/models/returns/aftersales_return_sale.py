from odoo import api, fields, models
from odoo.fields import Command


class AftersalesReturn(models.Model):
    """What a sale still delivers and invoices once its goods came back."""

    _inherit = 'aftersales.return'

    has_uninvoiced = fields.Boolean(
        string="Partly Not Invoiced", compute='_compute_has_uninvoiced')

    @api.depends('line_ids.quantity_uninvoiced')
    def _compute_has_uninvoiced(self):
        for record in self:
            record.has_uninvoiced = any(record.line_ids.mapped('quantity_uninvoiced'))

    def _take_back_sales(self):
        """Let each sale know what was taken back; an exchange leaves it delivered.

        What is ours again is neither delivered nor invoiced by its sale any more, and no more
        is refunded than was invoiced.
        """
        taken = self.line_ids.filtered(lambda line: line.sale_line_id and line._is_taken_back())
        by_sale = taken.grouped(lambda line: line._get_paid_sale_line())
        for sold, lines in by_sale.items():
            lines._note_uninvoiced(sold)
        self._mark_moves()
        taken._get_replaced_lines()._mark_replaced()
        for sold, lines in (taken.grouped('sale_line_id') | by_sale).items():
            lines._shrink_sale(sold)

    def _mark_moves(self):
        """Say on the transfers which goods their sale no longer counts as delivered.

        Goods of several lines that came by one move are marked as they were announced:
        those that go back to their owner are delivered to him once more, by ``_send_back``.
        """
        for line in self.line_ids.filtered('sale_line_id'):
            is_taken = line._is_taken_back()
            changed = line._get_return_moves().filtered(
                lambda move, is_taken=is_taken: move.to_refund != is_taken)
            if changed and len(line._get_companions()) == 1:
                changed.write({'to_refund': is_taken, 'sale_line_id': line.sale_line_id.id})
                self.env.add_to_compute(
                    line.sale_line_id._fields['qty_delivered'], line.sale_line_id)


class AftersalesReturnLine(models.Model):
    """How much of a line was invoiced, and what is left of its sale."""

    _inherit = 'aftersales.return.line'

    quantity_uninvoiced = fields.Float(
        string="Not Invoiced", digits='Product Unit', readonly=True, copy=False,
        help="Taken off the sale instead of credited, because it was never invoiced.",
        protected=True)

    @api.model
    def _get_refund_settlements(self):
        """Return the settlements by which the customer gets the value of his goods back."""
        return ('refund',)

    def _is_refunded(self):
        """Tell whether the value of the goods is paid back, in whatever form."""
        self.ensure_one()
        return self.settlement in self._get_refund_settlements()

    def _is_taken_back(self):
        """Tell whether the sale of these goods is undone."""
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

        Otherwise core would invoice the goods anew, once they are credited.
        """
        if sold.product_id.invoice_policy != 'order' or sold.state != 'sale':
            return
        taken = sum(line._to_sale_unit(sold) for line in self)
        with sold.order_id._unlocked():
            # the price stays as it was agreed for the whole quantity
            sold.with_context(skip_procurement=True).write({
                'product_uom_qty': max(sold.product_uom_qty - taken, sold.qty_delivered, 0.0),
                'price_unit': sold.price_unit, 'discount': sold.discount})


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

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

        Where an accountant credited the goods by hand, what is kept back was his decision.
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
