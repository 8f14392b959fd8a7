from odoo import fields, models
from odoo.tools import clean_context


class StockMove(models.Model):
    _inherit = 'stock.move'

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves._end_taken_back()
        moves._create_warranties()
        return moves

    def _end_taken_back(self):
        """End the cards of units that these done moves take back from customers.

        Every way back counts, core's own *Return* of a delivery among them: a unit that is ours
        again is sold with a card of its own.
        """
        for move in self.filtered(lambda move: (
                move.state == 'done' and move.location_usage == 'customer'
                and move.location_dest_usage != 'customer' and not move.repair_id)):
            if cards := move._get_taken_back_cards():
                day = fields.Date.context_today(move, move.date)
                cards._close(day, move.env._(
                    "Taken back by %(transfer)s", transfer=move.reference or move.name or ''))
                cards.return_move_id = move.id

    def _get_taken_back_cards(self):
        """Return the cards of the units that this move takes back, as superuser.

        Units with a serial number are known by it, others by their delivery, the last one first.

        What an extension leaves out stays its owner's.
        """
        self.ensure_one()
        # core checked the right to validate the transfer; stock users have no rights on cards
        cards = self.env['aftersales.warranty'].sudo().with_context(clean_context(self.env.context))
        known = [('company_id', '=', self.company_id.id), ('void_date', '=', False),
                 ('product_id', '=', self.product_id.id)]
        if lots := self.move_line_ids.lot_id if self.has_tracking == 'serial' else ():
            return cards.search([*known, ('lot_id', 'in', lots.ids)])
        units = int(self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method='DOWN'))
        delivery = self.origin_returned_move_id
        return cards.search(
            [*known, ('move_id', '=', delivery.id)], order='id desc', limit=units
        ) if delivery and units else cards.browse()

    def _reopen_sent_back(self):
        """Let the cards go on of units that these moves bring back to their owners."""
        sent_back = self.filtered(lambda move: (
            move.state == 'done' and move.location_dest_usage == 'customer'
            and move.origin_returned_move_id.location_usage == 'customer'))
        # as above: the cards follow from the transfer
        cards = self.env['aftersales.warranty'].sudo().search([
            ('return_move_id', 'in', sent_back.origin_returned_move_id.ids)
        ]) if sent_back else ()
        if cards:
            cards.with_context(clean_context(self.env.context))._reopen()
        return sent_back

    def _create_warranties(self):
        """Make a warranty card for each unit that these done moves hand to a customer.

        Sale, point of sale and drop shipment alike: what counts is the customer location.
        Parts fitted by a repair are no units sold, and a product without policy gets none.
        """
        vals_list = []
        for move in self - self._reopen_sent_back():
            if (move.state == 'done' and move.location_dest_usage == 'customer'
                    and move.location_usage != 'customer' and not move.repair_id):
                policy = move.product_id._get_warranty_policy(
                    move.company_id, fields.Date.context_today(move, move.date),
                    move.sudo()._get_warranty_partner()._get_warranty_buyer())
                if policy:
                    vals_list += move._prepare_warranty_vals_list(policy)
        # core checked the right to validate the delivery; stock users have no rights on cards.
        # The move says where a card comes from, so that its chatter need not; stock users do
        # not follow cards
        cards = self.env['aftersales.warranty'].sudo().with_context(
            clean_context(self.env.context), mail_create_nolog=True,
            mail_create_nosubscribe=True).create(vals_list)
        cards._extend_as_sold()
        self._warn_of_kits_without_card()
        return cards

    def _warn_of_kits_without_card(self):
        """Say on the sale that the policy of a kit makes no card, as its components come."""
        # the seller reads whether there is a policy; packers read none
        sold = self.sudo().filtered(
            lambda move: move.state == 'done' and move.location_dest_usage == 'customer'
            and move.location_usage != 'customer').sale_line_id
        for line in sold:
            products = line._get_component_moves().product_id
            if products and line.product_id._get_warranty_policy(line.company_id) and not any(
                    product._get_warranty_policy(line.company_id) for product in products):
                line.order_id._message_log(body=self.env._(
                    "“%(kit)s” is delivered as its components, so that its warranty policy makes "
                    "no card: give a policy to one of %(components)s.",
                    kit=line.product_id.display_name,
                    components=products.mapped('display_name')))

    def _get_component_quantity(self):
        """Return what this delivery brings or brought, in the product's own unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity if self.state == 'done' else self.product_uom_qty,
            self.product_id.uom_id, round=False)

    def _prepare_warranty_vals_list(self, policy):
        """Return the values of one card per unit, up to the company's cap per line.

        A tracked product makes a card per serial number; others one per whole unit in the
        product's own unit of measure.
        """
        self.ensure_one()
        move = self.sudo()
        cap = move.company_id.aftersales_card_cap
        common = {
            'company_id': move.company_id.id,
            'partner_id': move._get_warranty_partner().id,
            'product_id': move.product_id.id,
            'policy_id': policy.id,
            'move_id': move.id,
            'sale_line_id': move.sale_line_id.id,
            'delivery_date': fields.Date.context_today(move, move.date),
            **move.sale_line_id._prepare_warranty_sale_vals(move.product_id),
        }
        if move.has_tracking == 'serial':
            lots = move.move_line_ids.lot_id
            return [common | {'lot_id': lot.id} for lot in lots[:cap]]
        quantity = move.product_uom._compute_quantity(
            move.quantity, move.product_id.uom_id, rounding_method='DOWN')
        return [dict(common) for __ in range(min(int(quantity), cap))]

    def _get_warranty_partner(self):
        """Return who owns the unit: the customer of the sale, else the delivery's contact."""
        return (self.sale_line_id.order_id.partner_id or self.picking_id.partner_id
                or self.partner_id)
