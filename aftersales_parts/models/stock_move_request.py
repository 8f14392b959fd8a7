from odoo import fields, models
from odoo.exceptions import LockError, UserError


class StockMove(models.Model):
    """Moves that bring the parts of a request: reserved, split and followed for its lines."""

    _inherit = 'stock.move'

    # a plain column: see the service module's own fields on moves
    aftersales_request_line_id = fields.Many2one(
        'aftersales.part.request.line', string="Part Request Line", index='btree_not_null',
        copy=False, readonly=True, protected=True)

    def _reserve_in_place(self):
        """Reserve these draft moves in their places, without the vans and stores below them.

        Called as superuser by the step that reserves. Two storekeepers who want the last piece at
        once meet at its quant: one is refused.

        :raise UserError: another user takes the same parts right now, or there are too few
        """
        for place, moves in self.grouped('location_id').items():
            quants = place._get_part_quants(moves.product_id)
            busy = quants - quants.try_lock_for_update(allow_referencing=True)
            if busy:
                raise UserError(self.env._(
                    "Another user is taking %(parts)s from %(place)s right now; reload and try "
                    "again.", parts=", ".join(busy.product_id.mapped('display_name')),
                    place=place.display_name)) from LockError('stock.quant')
            by_product = quants.grouped('product_id')
            for move in moves.filtered(lambda move: move.product_id.is_storable):
                move._reserve_quants(by_product.get(move.product_id, quants.browse()))

    def _reserve_quants(self, quants):
        """Reserve this one move in ``quants``, the oldest first, completely or not at all."""
        self.ensure_one()
        needed, vals_list = self.product_qty, []
        for quant in quants:
            taken = min(needed, quant.quantity - quant.reserved_quantity)
            if taken > 0:
                vals_list.append(self._prepare_move_line_vals(taken, quant))
                needed -= taken
        if self.product_id.uom_id.compare(needed, 0.0) > 0:
            raise UserError(self.env._(
                "%(place)s has too few of %(part)s: %(missing)g missing. Choose another place, or "
                "buy the part.", place=self.location_id.display_name,
                part=self.product_id.display_name, missing=needed))
        self.env['stock.move.line'].create(vals_list)

    def _leave_out(self, quantity):
        """Take ``quantity`` off what these reserved moves bring."""
        for move in self.filtered(lambda move: move.state not in ('done', 'cancel')):
            left_out = min(quantity, move.quantity)
            move.quantity -= left_out
            quantity -= left_out

    def _action_assign(self, force_qty=False):
        """Let requests go on whose last part came in."""
        result = super()._action_assign(force_qty=force_qty)
        # who receives goods need not read requests
        requests = self.sudo().aftersales_request_line_id.request_id
        requests.filtered(lambda request: request.state == 'ordered' and all(
            line.move_ids and all(move.state in ('assigned', 'done') for move in line.move_ids)
            for line in request.line_ids))._set_state('reserved')
        return result

    def _action_done(self, cancel_backorder=False):
        self._ensure_own_van()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _ensure_own_van(self):
        """Refuse work that would use parts out of the van of somebody else.

        :raise UserError: naming part and van
        """
        parts = self.filtered(
            lambda move: move.repair_line_type == 'add' and move.state not in ('done', 'cancel'))
        if not parts:
            return
        for move in parts.sudo():  # who works on the order follows from the part
            owner = move.location_id._get_van_owner()
            worker = move.aftersales_order_id.technician_id or move.repair_id.user_id
            if owner and owner != worker:
                raise UserError(self.env._(
                    "%(part)s lies in the van of %(owner)s: let %(owner)s hand it over first, or "
                    "take it from another place.", part=move.product_id.display_name,
                    owner=owner.name))
