from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Used parts: what comes out of a machine comes back, and new ones are new where due."""

    _inherit = 'stock.move'

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        used = moves.filtered(
            lambda move: move.aftersales_order_id and move.repair_line_type == 'add'
            and move.state == 'done' and move.product_id.is_spare_part)
        if used:
            # the step that consumes the parts was checked
            used.sudo()._ensure_new_where_due()
            self.env['aftersales.old.part'].sudo()._create_for_moves(used.sudo())
        return moves

    def _ensure_new_where_due(self):
        """Refuse repaired parts where a new one is due, or the customer did not agree.

        Called when parts of service orders were used, as superuser.

        :raise UserError: naming part and lot
        """
        for move in self:
            repaired = move.move_line_ids.lot_id.filtered('is_aftersales_repaired')
            if not repaired:
                continue
            facts = {'part': move.product_id.display_name, 'lot': repaired[0].name}
            if move._is_new_part_due():
                raise UserError(self.env._(
                    "%(part)s %(lot)s is a repaired part, but the warranty owes the customer a "
                    "new one: take a new part.", **facts))
            if not move.aftersales_order_id.is_repaired_part_agreed:
                raise UserError(self.env._(
                    "%(part)s %(lot)s is a repaired part: tell the customer, and note on the "
                    "order that they agreed.", **facts))

    def _is_new_part_due(self):
        """Whether the customer has a right to a new part.

        Hook: called as superuser, for one used part that is a repaired one. By default parts that
        the warranty covers. Raises nothing.
        """
        self.ensure_one()
        return self.is_aftersales_covered
