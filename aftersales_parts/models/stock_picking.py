from odoo import fields, models
from odoo.exceptions import UserError

from .aftersales_inspection import WAITING


class StockPicking(models.Model):
    """Receipts wait for their inspection; a transfer may bring the parts of a request."""

    _name = 'stock.picking'
    _inherit = ['stock.picking', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_request_id = fields.Many2one(
        'aftersales.part.request', string="Part Request", index='btree_not_null', copy=False,
        readonly=True, protected=True)

    def _create_return_of(self, quantities):
        """Return core's return of ``{move: quantity}`` of this transfer; other moves stay.

        Called by requests and inspections after their own checks, with rights on transfers.
        """
        self.ensure_one()
        wizard = self.env['stock.return.picking'].create({'picking_id': self.id})
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.move_id, 0.0)
        return wizard._create_return()

    def _pre_action_done_hook(self):
        moves = self._get_inspected_moves()
        if moves:
            waiting = self._prepare_inspections(moves).filtered(
                lambda inspection: inspection.state in WAITING)
            if waiting:
                return self._show_inspections(waiting)
        return super()._pre_action_done_hook()

    def _action_done(self):
        moves = self._get_inspected_moves()
        if moves:
            inspections = self._prepare_inspections(moves)
            inspections._refuse_where(
                lambda inspection: inspection.state in WAITING,
                self.env._("Inspect these receipts first; open them and decide"))
            for inspection in inspections.filtered('quantity_rejected'):
                inspection.reject_move_id = inspection.move_id._split_into_quarantine(
                    inspection.quantity_rejected, inspection._get_defect_serials()
                    if inspection.state == 'sorted' else None)
        return super()._action_done()

    def action_inspect_parts(self):
        """Open the inspections of the spare parts that these receipts bring."""
        moves = self._get_inspected_moves()
        inspections = self._prepare_inspections(moves) if moves else (
            self.env['aftersales.inspection'].search([('picking_id', 'in', self.ids)]))
        if not inspections:
            raise UserError(self.env._(
                "Nothing of this transfer is inspected: it brings no spare parts from a supplier, "
                "their inspection is exempt, or no quantity is entered yet."))
        return self._show_inspections(inspections)

    def _show_inspections(self, inspections):
        inspections = inspections.sudo(False)
        if not inspections.has_access('read'):
            raise UserError(self.env._(
                "A storekeeper inspects the spare parts of this receipt first: %(parts)s",
                parts=inspections.sudo().product_id.mapped('display_name')))
        return inspections._get_records_action(name=self.env._("Receiving Inspection"))

    def _get_inspected_moves(self):
        """Return the moves that put spare parts of a supplier into use by these transfers.

        That is the receipt itself, or with quality control the transfer out of its location.
        """
        moves = self.move_ids.filtered(
            lambda move: move.product_id.is_spare_part and move.state not in ('done', 'cancel')
            and move.quantity > 0)
        if not moves:
            return moves
        if any(moves.mapped('picked')):
            moves = moves.filtered('picked')
        here = moves.filtered(lambda move: move._is_inspected_here())
        (moves - here)._ensure_not_more_than_ordered()  # they are inspected later
        return here

    def _prepare_inspections(self, moves):
        """Return the inspections of these moves as superuser, after the checks of receipts."""
        inspections = self.env['aftersales.inspection']._prepare_for_moves(moves)
        (moves & inspections.move_id)._ensure_not_more_than_ordered()
        return inspections
