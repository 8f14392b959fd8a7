from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class StockMove(models.Model):
    """Receipts of spare parts: what is inspected, and what goes to quarantine."""

    _inherit = 'stock.move'

    def _is_inspected_here(self):
        """Whether the goods of this move come into use by it, as they come from a supplier.

        With quality control (receipt in three steps) it is the move out of its location.
        """
        self.ensure_one()
        warehouse = self.picking_type_id.warehouse_id
        if warehouse.reception_steps != 'three_steps':
            # what a supplier sends straight to a customer never comes here
            return self.location_id.usage == 'supplier' and (
                self.location_dest_id.usage == 'internal')
        control = warehouse.wh_qc_stock_loc_id
        return self.location_id == control and self.location_dest_id != control and bool(
            self._get_receipt_move())

    def _get_receipt_move(self):
        """Return the move that brought the goods of this one from the supplier, if one did."""
        self.ensure_one()
        move, seen = self, self
        while move and move.location_id.usage != 'supplier':
            move = move.move_orig_ids.filtered(lambda origin: origin.state == 'done')[:1] - seen
            seen |= move
        return move

    def _get_part_supplier(self):
        self.ensure_one()
        return self._get_receipt_move().picking_id.partner_id.commercial_partner_id

    def _get_received_quantity(self):
        """Return what this move brings now, in the unit of the part."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method='HALF-UP')

    def _ensure_not_more_than_ordered(self):
        """Refuse to inspect more of a part than its purchase order still expects.

        :raise UserError: naming part, ordered and received quantity
        """
        for line, moves in self.filtered(
                lambda move: move.location_id.usage == 'supplier').grouped(
                    'purchase_line_id').items():
            if not line:
                continue
            # who receives goods may know how many were ordered
            line, unit = line.sudo(), moves.product_id.uom_id
            received = sum(move._get_received_quantity() for move in moves)
            expected = line.product_uom_id._compute_quantity(
                line.product_qty - line.qty_received, unit)
            if unit.compare(received, expected) > 0:
                raise UserError(self.env._(
                    "%(part)s: %(received)s received, but only %(expected)s are still ordered. "
                    "Correct the quantity, or have the purchase order changed first.",
                    part=line.product_id.display_name, received=f'{received:g}',
                    expected=f'{max(expected, 0.0):g}'))

    def _split_into_quarantine(self, quantity, serials=None):
        """Let ``quantity`` of this move go to quarantine instead; return the move of it.

        :param serials: the serial numbers that go, where the part has some
        """
        self.ensure_one()
        warehouse = self.picking_type_id.warehouse_id or self.company_id._get_parts_warehouse()
        place = warehouse._get_quarantine()
        if self.product_uom.compare(self.quantity, self.product_uom_qty) > 0:
            self.product_uom_qty = self.quantity  # more than expected, without an order
        if self.product_id.uom_id.compare(quantity, self.product_qty) >= 0:
            rejected = self
        else:
            lines = self._take_lines(quantity, serials)
            rejected = self.create(self._split(quantity))
            lines.move_id = rejected
            rejected.picked = True
        rejected.write({
            'location_dest_id': place.id, 'location_final_id': place.id,
            'move_dest_ids': [Command.clear()]})
        rejected.move_line_ids.location_dest_id = place
        if rejected.state == 'draft':
            rejected._action_confirm(merge=False)
        return rejected

    def _take_lines(self, quantity, serials):
        """Return move lines of together ``quantity`` (in the unit of the part), split off."""
        lines = self.move_line_ids
        if serials:
            return lines.filtered(lambda line: (line.lot_id.name or line.lot_name) in serials)
        taken, left = lines.browse(), quantity
        for line in lines:
            if left <= 0:
                break
            if line.quantity_product_uom > left:
                share = line.product_id.uom_id._compute_quantity(
                    left, line.product_uom_id, rounding_method='HALF-UP')
                rest = line.quantity - share
                line.quantity = rest
                line = line.copy({'quantity': share, 'move_id': self.id})
            taken |= line
            left -= line.quantity_product_uom
        return taken
