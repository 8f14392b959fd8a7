from odoo import api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """A part on an order says when it was replaced or does not fit; one click takes the other."""

    _inherit = 'stock.move'

    aftersales_part_hint = fields.Char(string="Part Note", compute='_compute_aftersales_part_offer')
    aftersales_offered_part_ids = fields.Many2many(
        'product.product', string="Better Choice", compute='_compute_aftersales_part_offer')

    @api.depends('product_id', 'aftersales_order_id.warranty_id', 'aftersales_order_id.serial')
    def _compute_aftersales_part_offer(self):
        self.aftersales_part_hint = self.aftersales_offered_part_ids = False
        parts = self.filtered(
            lambda move: move.aftersales_order_id and move.repair_line_type == 'add'
            and move.state in ('draft', 'confirmed') and move.product_id.is_spare_part)
        for order, moves in parts.grouped('aftersales_order_id').items():
            order._note_parts(moves)

    def action_use_offered_part(self):
        """Take what is offered in place of these parts; the cover is decided again."""
        for move in self:
            if not move.aftersales_offered_part_ids:
                raise UserError(self.env._(
                    "%(part)s is the current part: there is nothing to exchange.",
                    part=move.product_id.display_name))
        more = []
        for move in self:
            first, *others = move._prepare_offered_part_vals()
            more += others  # of a kit
            move.write({name: first[name] for name in ('product_id', 'product_uom_qty')})
        self._judge_aftersales_cover()
        self.create(more)

    def _prepare_offered_part_vals(self):
        """Return the values of the lines that replace one part: one, or those of a kit."""
        self.ensure_one()
        offers = {offer.product: offer for offer in self._get_part_offers()}
        return [{
            'aftersales_order_id': self.aftersales_order_id.id,
            'repair_id': self.repair_id.id,
            'company_id': self.company_id.id,
            'repair_line_type': 'add',
            'product_id': part.id,
            'product_uom_qty': self.product_uom_qty * offers[part].quantity,
        } for part in self.aftersales_offered_part_ids]

    def _get_part_offers(self):
        self.ensure_one()
        order = self.aftersales_order_id
        return self.product_id._get_offers(
            order._get_unit(), order._get_parts_sources())[self.product_id]
