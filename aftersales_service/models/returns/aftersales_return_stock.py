from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesReturn(models.Model):
    """How goods come back and go on: core transfers, announced, received and carried out."""

    _inherit = 'aftersales.return'

    picking_ids = fields.One2many(
        'stock.picking', 'aftersales_return_id', string="Transfers", readonly=True,
        groups='stock.group_stock_user')
    picking_count = fields.Integer(
        string="Number of Transfers", compute='_compute_picking_count', compute_sudo=True)

    @api.depends('picking_ids')
    def _compute_picking_count(self):
        counts = dict(self.env['stock.picking']._read_group(
            [('aftersales_return_id', 'in', self.ids)], ['aftersales_return_id'], ['__count']))
        for record in self:
            record.picking_count = counts.get(record._origin, 0)

    def action_receive(self):
        """Receive what was announced, as it was announced.

        Who receives less, or another unit, does so on the transfer itself.
        """
        self._refuse_where(
            lambda record: record.state != 'authorised',
            self.env._("Only authorised returns are received; authorise the return first"))
        self._ensure_free_to_move()
        pickings = self.picking_ids.filtered(
            lambda picking: picking.state not in ('done', 'cancel'))
        pickings.check_access('write')
        pickings.move_ids.picked = True
        pickings._action_done()

    def action_view_pickings(self):
        """Show the transfers of these returns."""
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    # === ANNOUNCING === #

    def _create_return_pickings(self):
        """Announce the goods to the warehouse: by core's return of their deliveries.

        What is refunded comes by a transfer of its own: its sale counts it as delivered no
        more, but what is exchanged it does.
        """
        for record in self:
            if record.kind == 'vendor':
                record._create_vendor_picking()
                continue
            delivered = record.line_ids.filtered('move_id')
            for (delivery, __), lines in delivered.grouped(
                    lambda line: (line.move_id.picking_id, line._is_refunded())).items():
                record._return_delivery(delivery, lines)
            if others := record.line_ids - delivered:
                record._receive_without_delivery(others)

    def _return_delivery(self, delivery, lines):
        """Return lines of one delivery by the wizard that the warehouse uses itself."""
        wizard = self.env['stock.return.picking'].create({'picking_id': delivery.id})
        for proposal in wizard.product_return_moves:
            chosen = lines.filtered(lambda line, move=proposal.move_id: line.move_id == move)
            proposal.quantity = proposal.move_id.product_id.uom_id._compute_quantity(
                sum(chosen.mapped('quantity')), proposal.uom_id)
            proposal.to_refund = any(line._is_refunded() for line in chosen)
        picking = wizard._create_return()
        picking.aftersales_return_id = self
        self._wait_in_returns(picking)
        # core has just unreserved what other returns of this delivery expect
        for other in delivery.return_ids.filtered(
                lambda other: other.state not in ('done', 'cancel')):
            self._expect_goods(other, other.aftersales_return_id.line_ids.filtered(
                lambda line, other=other: line._is_refunded() == any(
                    other.move_ids.mapped('to_refund'))))

    def _receive_without_delivery(self, lines):
        """Announce goods whose delivery is not known: they come from the customer."""
        lines._record_serials()
        warehouse = self.company_id._get_aftersales_warehouse()
        customers, __ = self.env['stock.warehouse']._get_partner_locations()
        picking = self._create_picking(
            warehouse.in_type_id, customers, self.company_id._get_aftersales_return_location(),
            lines)
        self._expect_goods(picking, lines)

    def _create_vendor_picking(self):
        """Announce the goods that go back to their maker, out of the stock."""
        warehouse = self.company_id._get_aftersales_warehouse()
        __, suppliers = self.env['stock.warehouse']._get_partner_locations()
        way = self.env['aftersales.disposition'].search(
            [('kind', '=', 'vendor'), ('company_id', 'in', (False, self.company_id.id))],
            order='company_id', limit=1)
        source = way._get_location(self.company_id) if way else warehouse.lot_stock_id
        picking = self._create_picking(warehouse.out_type_id, source, suppliers, self.line_ids)
        self._expect_goods(picking, self.line_ids)

    def _create_picking(self, picking_type, source, destination, lines, quantity='quantity'):
        """Make and confirm a transfer of lines, one move for each product and sale.

        Only what comes from a customer, or goes back to one, is the sale's concern.
        """
        is_sold = 'customer' in (source.usage, destination.usage)
        picking = self.env['stock.picking'].create({
            'picking_type_id': picking_type.id, 'company_id': self.company_id.id,
            'partner_id': self.partner_id.id, 'origin': self.rma or self.name,
            'location_id': source.id, 'location_dest_id': destination.id,
            'aftersales_return_id': self.id,
            'move_ids': [fields.Command.create({
                'product_id': product.id, 'product_uom': product.uom_id.id,
                'product_uom_qty': sum(group.mapped(quantity)),
                'location_id': source.id, 'location_dest_id': destination.id,
                'company_id': self.company_id.id,
                'sale_line_id': sold.id, 'to_refund': bool(sold),
            }) for (product, sold), group in lines.grouped(lambda line: (
                line.product_id, line._get_counting_sale(is_sold))).items()]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _wait_in_returns(self, picking):
        """Let goods wait for their inspection out of the stock for sale."""
        location = self.company_id._get_aftersales_return_location()
        picking.location_dest_id = location
        picking.move_ids.location_dest_id = location
        picking.move_line_ids.location_dest_id = location

    @api.model
    def _expect_goods(self, picking, lines):
        """Expect the serial numbers of lines on a transfer, whatever core reserved."""
        for move in picking.move_ids:
            delivery = move.origin_returned_move_id & lines.move_id
            lots = lines.filtered(
                lambda line, move=move, delivery=delivery: line.product_id == move.product_id
                and (not delivery or line.move_id == delivery)).lot_id
            if move.has_tracking != 'serial' or not lots:
                move._action_assign()
                continue
            move._do_unreserve()
            move.move_line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {**move._prepare_move_line_vals(), 'lot_id': lot.id, 'quantity': 1.0})
                for lot in lots]

    # === RECEIVING === #

    def _ensure_received(self):
        self._refuse_where(
            lambda record: not any(picking.state == 'done' for picking in record.picking_ids),
            self.env._("The goods were not received; receive them first"))

    def _on_received(self):
        """Note what arrived of each line."""
        moves = self.picking_ids.filtered(lambda picking: picking.state == 'done').move_ids
        left = {}
        for line in self.line_ids:
            if line.lot_id:
                line.quantity_received = float(line.lot_id in moves.filtered(
                    lambda move, line=line: move.picking_id.aftersales_return_id
                    == line.return_id).move_line_ids.lot_id)
                continue
            key = (line.return_id, line.move_id, line.product_id,
                   bool(line.move_id) and line._is_refunded())
            if key not in left:
                left[key] = sum(moves.filtered(
                    lambda move, line=line: move.product_id == line.product_id
                    and move.picking_id.aftersales_return_id == line.return_id
                    and line._comes_by(move)).mapped(
                            lambda move: move.product_uom._compute_quantity(
                                move.quantity, move.product_id.uom_id)))
            line.quantity_received = min(line.quantity, left[key])
            left[key] -= line.quantity_received
        # nothing is owed for what is missing in the parcel
        self.line_ids.filtered(lambda line: not line.quantity_received).refund_amount = 0.0

    def _on_pickings_done(self):
        """Follow the warehouse: when nothing is announced any more, the goods are here."""
        arrived = self.filtered(
            lambda record: record.state == 'authorised'
            and all(picking.state in ('done', 'cancel') for picking in record.picking_ids)
            and any(picking.state == 'done' for picking in record.picking_ids))
        if arrived:
            arrived._set_state('received')

    # === DISPOSITION === #

    def _carry_out_dispositions(self):
        """Move the goods on as decided, in the transaction that settles the money."""
        for record in self:
            if record.kind == 'vendor':
                continue
            goods = record.line_ids.filtered('quantity_received')
            for way, lines in goods.grouped('disposition_id').items():
                if way.kind == 'scrap':
                    record._scrap(lines)
                elif way.kind == 'customer':
                    record._send_back(lines)
                else:
                    record._put_away(way, lines)

    def _put_away(self, way, lines):
        """Bring goods where their disposition says, by a transfer that is done at once."""
        warehouse = self.company_id._get_aftersales_warehouse()
        picking = self._create_picking(
            warehouse.int_type_id, self.company_id._get_aftersales_return_location(),
            way._get_location(self.company_id), lines, 'quantity_received')
        self._expect_goods(picking, lines)
        picking.move_ids.picked = True
        picking._action_done()
        if picking.state != 'done':
            raise UserError(self.env._(
                "The goods of %(number)s could not be moved to “%(way)s”.",
                number=self.name, way=way.name))

    def _scrap(self, lines):
        scraps = self.env['stock.scrap'].create([{
            'company_id': self.company_id.id, 'product_id': line.product_id.id,
            'product_uom_id': line.product_id.uom_id.id, 'lot_id': line.lot_id.id,
            'scrap_qty': line.quantity_received, 'origin': self.name,
            'location_id': self.company_id._get_aftersales_return_location().id,
            'aftersales_return_id': self.id,
        } for line in lines])
        scraps.do_scrap()

    def _send_back(self, lines):
        """Announce a delivery to the customer of goods that stay theirs."""
        warehouse = self.company_id._get_aftersales_warehouse()
        customers, __ = self.env['stock.warehouse']._get_partner_locations()
        picking = self._create_picking(
            warehouse.out_type_id, self.company_id._get_aftersales_return_location(),
            customers, lines, 'quantity_received')
        arrived = self.picking_ids.move_ids.filtered(
            lambda move: move.state == 'done' and move.origin_returned_move_id)
        for move in picking.move_ids:
            # the return of a return: what was delivered is delivered again
            move.origin_returned_move_id = arrived.filtered(
                lambda other, move=move: other.product_id == move.product_id)[:1]
        self._expect_goods(picking, lines)
