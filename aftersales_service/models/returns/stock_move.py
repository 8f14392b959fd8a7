from odoo import models


class StockMove(models.Model):
    _inherit = 'stock.move'

    def _create_warranties(self):
        """A unit that replaces a returned one continues the returned one's warranty.

        A unit sent back to its owner keeps its card.
        """
        moves = self.filtered(lambda move: not move.picking_id.aftersales_return_id)
        cards = super(StockMove, moves)._create_warranties()
        for card in cards:
            replaced = card.sale_line_id.aftersales_return_line_id.warranty_id
            if replaced and not replaced.void_date:
                replaced._after_exchange(card, card.delivery_date)
        return cards

    def _end_taken_back(self):
        """Leave the units of our returns to their settlement: they may go back to their owners."""
        return super(StockMove, self.filtered(
            lambda move: not move.picking_id.aftersales_return_id))._end_taken_back()

    def _get_returnable_quantity(self):
        """Return how many units of this delivery did not come back, nor are on their way."""
        self.ensure_one()
        if self.state != 'done':
            return 0.0
        returned = self.returned_move_ids.filtered(lambda move: move.state != 'cancel')
        sent_back = returned.returned_move_ids.filtered(lambda move: move.state != 'cancel')
        unit = self.product_id.uom_id
        return unit.round(sum(
            sign * move.product_uom._compute_quantity(
                move.quantity if move.state == 'done' else move.product_uom_qty, unit)
            for sign, moves in ((1, self | sent_back), (-1, returned)) for move in moves))
