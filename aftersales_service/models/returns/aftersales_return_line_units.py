from collections import defaultdict

from odoo import api, models
from odoo.exceptions import LockError, UserError, ValidationError

from .aftersales_return import TAKEN_STATES


class AftersalesReturnLine(models.Model):
    """Which units come back: known by their numbers, once, and no more than were delivered."""

    _inherit = 'aftersales.return.line'

    @api.model
    def _fill_units(self, vals_list):
        """Find the cards of the given serial numbers with one search."""
        numbered = [vals for vals in vals_list if vals.get('serial') and not (
            vals.get('warranty_id') or vals.get('move_id'))]
        if not numbered:
            return
        # a unit is found by its number, also when others sold it; the company rule holds
        cards = self.env['aftersales.warranty'].search(
            [('serial', 'in', [vals['serial'].strip() for vals in numbered])], order='id')
        by_serial = {card.serial: card for card in cards}
        for vals in numbered:
            card = by_serial.get(vals['serial'].strip())
            if card and vals.get('product_id') in (None, False, card.product_id.id):
                vals['warranty_id'] = card.id

    def _ensure_units(self):
        """Refuse units and quantities that are returned already, or were never delivered."""
        lines = self.filtered(lambda line: line.state in TAKEN_STATES).sudo()
        lines._ensure_units_once()
        lines._ensure_quantities()

    def _ensure_units_once(self):
        """Refuse the second return of a unit that has a card, or a serial number.

        A unit that went back to its owner may come again.
        """
        others = self.search([
            ('state', 'in', TAKEN_STATES), ('return_id.kind', '!=', 'vendor'),
            '|', ('state', '!=', 'settled'),
            '&', '&', ('is_accepted', '=', True), ('settlement', '!=', 'none'),
            ('quantity_received', '>', 0),
            '|', ('warranty_id', 'in', self.warranty_id.ids),
            '&', ('lot_id', 'in', self.lot_id.ids),
            ('move_id', 'in', (False, *self.move_id.ids))])
        taken = defaultdict(self.browse)
        for line in others:
            for key in line._get_unit_keys():
                taken[key] |= line
        for line in self.filtered(lambda line: line.return_id.kind != 'vendor'):
            for key in line._get_unit_keys():
                if other := taken[key] - line:
                    raise ValidationError(self.env._(
                        "%(unit)s is on return %(other)s already: a unit is returned once.",
                        unit=line.display_name, other=other[0].return_id.name))

    def _get_unit_keys(self):
        """Return what makes this one unit: its card, and its serial number on one delivery."""
        self.ensure_one()
        keys = [self.warranty_id] if self.warranty_id else []
        is_unit = self.lot_id and (self.move_id or self.lot_id.product_id.tracking == 'serial')
        return [*keys, (self.lot_id, self.move_id)] if is_unit else keys

    def _ensure_quantities(self):
        """Refuse more than was delivered, less what came back by any return."""
        lines = self.filtered(lambda line: line.return_id.kind != 'vendor')
        lines.filtered(
            lambda line: line.sale_line_id and not line.move_id)._ensure_sold_quantities()
        moves = lines.move_id
        if not moves:
            return
        busy = moves - moves.try_lock_for_update(allow_referencing=True)
        if busy:
            # customers read it as well; its cause lets code try again later
            raise UserError(self.env._(
                "Another return of “%(product)s” is being registered right now. Wait a moment, "
                "then try again.", product=busy[0].product_id.display_name,
            )) from LockError(busy._name)
        asked = dict(self._read_group(
            [('move_id', 'in', moves.ids), ('state', '=', 'request'),
             ('return_id.kind', '!=', 'vendor')],
            ['move_id'], ['quantity:sum']))
        for move in moves:
            left = move._get_returnable_quantity()
            if move.product_id.uom_id.compare(asked.get(move, 0.0), left) > 0:
                self._refuse_quantity(
                    move.product_id, left, move.product_uom._compute_quantity(
                        move.quantity, move.product_id.uom_id), asked[move])

    def _ensure_sold_quantities(self):
        """Refuse more than a sale delivered, of goods whose delivery is not named."""
        asked = self._read_group(
            [('sale_line_id', 'in', self.sale_line_id.ids), ('move_id', '=', False),
             ('state', 'in', ('request', 'authorised')), ('return_id.kind', '!=', 'vendor')],
            ['sale_line_id', 'product_id'], ['quantity:sum'])
        for sold, product, quantity in asked:
            is_component = sold._is_component(product)
            unit = (product if is_component else sold.product_id).uom_id
            delivered = sum(
                move._get_component_quantity() for move in sold._get_component_moves()
                if move.product_id == product and move.state == 'done'
            ) if is_component else sold.product_uom_id._compute_quantity(sold.qty_delivered, unit)
            if unit.compare(quantity, delivered) > 0:
                self._refuse_quantity(product, delivered, delivered, quantity)

    def _refuse_quantity(self, product, left, delivered, asked):
        raise ValidationError(self.env._(
            "Of “%(product)s” %(left)s of %(delivered)s delivered can still be returned, not "
            "%(asked)s.", product=product.display_name, left=left, delivered=delivered,
            asked=asked))
