from odoo import api, fields, models


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
        those that go back to their owner are delivered to them once more, by ``_send_back``.
        """
        for line in self.line_ids.filtered('sale_line_id'):
            is_taken = line._is_taken_back()
            changed = line._get_return_moves().filtered(
                lambda move, is_taken=is_taken: move.to_refund != is_taken)
            if changed and len(line._get_companions()) == 1:
                changed.write({'to_refund': is_taken, 'sale_line_id': line.sale_line_id.id})
                self.env.add_to_compute(
                    line.sale_line_id._fields['qty_delivered'], line.sale_line_id)
