from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_service.tools.timezone import local_day


class AftersalesPartRequest(models.Model):
    """The stock behind a request: core's transfers, reservations, returns and purchases.

    All methods run as superuser, after the checks of the step that calls them.
    """

    _inherit = 'aftersales.part.request'

    # === PLACES === #

    def _get_centre(self):
        """Return the stock of the company's warehouse, as superuser."""
        self.ensure_one()
        return self.company_id._get_parts_warehouse().lot_stock_id

    def _get_store(self):
        """Return the store of the outlet that does the order, none where it keeps none."""
        self.ensure_one()
        outlet = self.sudo().outlet_id  # as above
        kept = outlet if outlet.keeps_stock else outlet.parent_id.filtered('keeps_stock')
        return kept.stock_location_id

    def _get_sources(self):
        """Return where the store may take parts for this one request from, as superuser."""
        self.ensure_one()
        return (self._get_store() | self._get_centre()) - self._find_destination()

    def _find_destination(self):
        """Return the van or store that the parts of this one request go to, or none."""
        self.ensure_one()
        if self.location_dest_id:
            return self.location_dest_id
        vans = self.sudo().user_id.aftersales_van_ids  # as above
        van = vans.filtered(
            lambda van: van.active and van.company_id.id in (False, self.company_id.id))[:1]
        return van or self._get_store()

    def _read_levels(self, products, shared=None):
        """Return ``{product: levels}``: what is free in van, outlet and centre, and incoming.

        :param shared: what ``_read_stock`` read, where several requests ask for it
        """
        self.ensure_one()
        van, store, centre = self._find_destination(), self._get_store(), self._get_centre()
        free, incoming = shared or self._read_stock(products, self.company_id)
        return {product: {
            'van': places.get(van, 0.0) if van != store else 0.0,
            'outlet': places.get(store, 0.0),
            'centre': places.get(centre, 0.0),
            'elsewhere': sum(
                quantity for place, quantity in places.items()
                if place not in (van, store, centre)),
            'incoming': incoming.get(product, (0.0, False))[0],
            'date': incoming.get(product, (0.0, False))[1],
        } for product in products for places in (free[product],)}

    @api.model
    def _read_stock(self, products, company):
        """Return what is free of parts by place, and what suppliers still deliver of them."""
        return (self.env['stock.location']._read_free_parts(products, company),
                self._read_incoming(products, company))

    @api.model
    def _read_incoming(self, products, company):
        """Return ``{product: (quantity, first day)}`` of what suppliers still deliver."""
        return {
            product: (quantity, date.date())
            for product, quantity, date in self.env['stock.move'].sudo()._read_group(  # as above
                [('product_id', 'in', products.ids), ('company_id', '=', company.id),
                 ('location_id.usage', '=', 'supplier'),
                 ('state', 'not in', ('draft', 'done', 'cancel'))],
                ['product_id'], ['product_qty:sum', 'date:min'])}

    # === OUT OF THE STORE === #

    def _create_transfers(self):
        """Reserve or order the parts, by one transfer from each place."""
        for request in self:
            request._set_destination()
            request.line_ids._ensure_source()
            for place, lines in request.line_ids.grouped('location_id').items():
                picking = self.env['stock.picking'].create(request._prepare_picking_vals(
                    place, request.location_dest_id))
                moves = self.env['stock.move'].create(
                    [line._prepare_move_vals(picking) for line in lines])
                (moves.filtered(lambda move: move.procure_method == 'make_to_stock')
                 )._reserve_in_place()
                picking.action_confirm()
            request._update_date_expected()

    def _set_destination(self):
        """Send the parts of this one request to the van; give a technician without one a bag."""
        self.ensure_one()
        destination = self._find_destination()
        if not destination:
            destination = self.env['stock.location'].create({
                'name': self.user_id.name, 'usage': 'internal', 'company_id': self.company_id.id,
                # beside the stock: what is in a van is not the centre's to give away
                'location_id': self._get_centre().location_id.id,
                'aftersales_technician_id': self.user_id.id})
            self.message_post(body=self.env._(
                "%(technician)s had no van. The location %(van)s was created: parts for this "
                "technician's orders are taken from there from now on.",
                technician=self.user_id.name, van=destination.display_name))
        self.location_dest_id = destination
        self.order_id._move_drafts_to_parts_location()

    def _prepare_picking_vals(self, source, destination):
        """Return the values of an internal transfer of this one request."""
        self.ensure_one()
        warehouse = self.company_id._get_parts_warehouse()
        return {
            'aftersales_request_id': self.id, 'company_id': self.company_id.id,
            'picking_type_id': warehouse.int_type_id.id, 'location_id': source.id,
            'location_dest_id': destination.id, 'origin': self.name,
            'partner_id': self.order_id.partner_id.id if self.kind == 'loan' else False}

    def _update_date_expected(self):
        """Name the day on which the parts arrive, unless the store named one already."""
        for request in self.filtered(lambda request: not request.date_expected):
            bought = request.line_ids.move_ids.created_purchase_line_ids.mapped('date_planned')
            company = request.company_id
            zone = company._get_aftersales_zone()
            start = max(local_day(moment, zone) for moment in (fields.Datetime.now(), *bought))
            policy = self.env['aftersales.part.policy']._get_policy(company, start)
            request.date_expected = start + timedelta(days=policy[f'days_{request.urgency}'])

    def _validate_transfers(self):
        """Book what came; what is missing stays in the books of the store, which hears of it."""
        for request in self:
            pickings = request.picking_ids.filtered(
                lambda picking: picking.state not in ('done', 'cancel'))
            for line in request.line_ids.filtered('quantity_missing'):
                line.move_ids._leave_out(line.quantity_missing)
            pickings.move_ids.picked = True
            pickings.with_context(cancel_backorder=True)._action_done()
            missing = request.line_ids.filtered('quantity_missing')
            if sender := missing and request.sender_id:
                request.activity_schedule(
                    'mail.mail_activity_data_todo', user_id=sender.id,
                    summary=request.with_context(lang=sender.lang).env._(
                        "Parts Missing on Arrival"),
                    note=", ".join(
                        f"{line.quantity_missing:g} × {line.product_id.display_name}"
                        for line in missing))

    # === BACK TO THE STORE === #

    def _create_returns(self):
        """Let core return what was not used; the store takes it back later."""
        for request in self:
            back = {line: line.quantity_to_return for line in request.line_ids}
            for picking in request.picking_ids.filtered(
                    lambda picking, lines=request.line_ids: picking.state == 'done'
                    and picking.move_ids & lines.move_ids):
                quantities = {}
                for move in picking.move_ids:
                    line = move.aftersales_request_line_id
                    quantities[move] = min(move.quantity, back.get(line, 0.0))
                    back[line] = back.get(line, 0.0) - quantities[move]
                if any(quantities.values()):
                    request._return(picking, quantities)

    def _return(self, picking, quantities):
        """Create and reserve core's return of ``{move: quantity}`` of one transfer."""
        returned = picking._create_return_of(quantities)
        returned.aftersales_request_id = self
        if returned.state != 'assigned':
            raise UserError(self.env._(
                "%(request)s: not all of these parts are in %(place)s. Note what was used on the "
                "service order first.", request=self.name,
                place=picking.location_dest_id.display_name))
        return returned

    def _validate_returns(self):
        """Book what came back."""
        pickings = self.picking_ids.filtered(
            lambda picking: picking.return_id and picking.state not in ('done', 'cancel'))
        pickings.move_ids.picked = True
        pickings.with_context(cancel_backorder=True)._action_done()

    # === LENT TO THE CUSTOMER === #

    def _lend(self):
        """Move the loan units from the van to what customers have on loan."""
        for request in self:
            picking = self.env['stock.picking'].create(request._prepare_picking_vals(
                request.location_dest_id, request.company_id._get_loan_location()))
            self.env['stock.move'].create([{
                'product_id': line.product_id.id, 'product_uom': line.uom_id.id,
                'product_uom_qty': line.quantity_received, 'picking_id': picking.id,
                'location_id': picking.location_id.id,
                'location_dest_id': picking.location_dest_id.id,
            } for line in request.line_ids if line.quantity_received])
            picking.action_confirm()
            picking.action_assign()
            if picking.state != 'assigned':
                raise UserError(self.env._(
                    "%(request)s: the loan unit is not in %(place)s any more.",
                    request=request.name, place=picking.location_id.display_name))
            picking.move_ids.picked = True
            picking._action_done()

    def _take_from_customer(self):
        """Move the loan units back into the van."""
        for request in self:
            loan = request.company_id._get_loan_location()
            for picking in request.picking_ids.filtered(
                    lambda picking, loan=loan: picking.location_dest_id == loan):
                returned = request._return(
                    picking, {move: move.quantity for move in picking.move_ids})
                returned.move_ids.picked = True
                returned._action_done()
