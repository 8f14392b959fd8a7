from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_service.tools.words import read_id, read_words

# quants that a phone reads of a van or store
STOCK_LIMIT = 1000


class StockLocation(models.Model):
    """The three levels of parts: the centre, the stores of outlets, and vans."""

    _name = 'stock.location'
    _inherit = ['stock.location', 'aftersales.mobile.mixin']

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        places.filtered('aftersales_technician_id')._supply_from_centre()
        return places

    def write(self, vals):
        result = super().write(vals)
        if vals.get('aftersales_technician_id'):
            self._supply_from_centre()
        return result

    def unlink(self):
        # the rules that this module made go with the place; who deletes it need not read rules
        routes = self.env['stock.warehouse'].sudo().search(
            [('aftersales_supply_route_id', '!=', False)]).aftersales_supply_route_id
        self.env['stock.rule'].sudo().search(
            [('route_id', 'in', routes.ids), ('location_dest_id', 'in', self.ids)]).unlink()
        return super().unlink()

    def _supply_from_centre(self):
        """Let core replenish these vans and stores from their warehouses."""
        # who may make a van may have it replenished
        for warehouse, places in self.sudo().grouped('warehouse_id').items():
            if warehouse:
                warehouse._supply_places(places)

    @api.model
    def _supply_existing_places(self):
        """Let core replenish the vans and stores that were there before this module."""
        # at installation, for all companies
        vans = self.sudo().search([('aftersales_technician_id', '!=', False)])
        outlets = self.env['aftersales.outlet'].sudo().search([('stock_location_id', '!=', False)])
        (vans | outlets.stock_location_id)._supply_from_centre()

    @api.model
    def _get_part_places(self, company):
        """Return ``{location id: location}`` of vans, outlets' stores and stock, as superuser."""
        # where parts lie is the business of all who ask for them
        locations = self.sudo()
        own = [('company_id', 'in', [False, company.id])]
        places = locations.search([('aftersales_technician_id', '!=', False), *own])
        places |= self.env['aftersales.outlet'].sudo().search(
            [('company_id', '=', company.id)]).stock_location_id
        places |= self.env['stock.warehouse'].sudo().search(
            [('company_id', '=', company.id)]).lot_stock_id
        return {place.id: place for place in places}

    def _find_place(self, places):
        """Return the van, store or stock of ``places`` in which this one location lies, or none."""
        self.ensure_one()
        parents = reversed((self.parent_path or '').strip('/').split('/'))
        return next((places[int(parent)] for parent in parents
                     if parent.isdigit() and int(parent) in places), self.browse())

    def _get_van_owner(self):
        """Return the technician in whose van this one location lies, if there is one."""
        place = self.sudo()  # whose van it is follows from the location
        while place and not place.aftersales_technician_id:
            place = place.location_id
        return place.aftersales_technician_id

    @api.model
    def _read_free_parts(self, products, company):
        """Return ``{product: {place: free quantity}}``, by one query for all.

        What lies in vans and stores is not counted in the stock that they are below.

        Hook to call: where availability by level is shown, as any user, for many products at once;
        reads as superuser. Raises nothing.
        """
        places = self._get_part_places(company)
        free = {product: defaultdict(float) for product in products}
        # as above
        for product, location, quantity, reserved in self.env['stock.quant'].sudo()._read_group(
                [('product_id', 'in', products.ids), ('location_id.usage', '=', 'internal'),
                 ('company_id', '=', company.id)],
                ['product_id', 'location_id'], ['quantity:sum', 'reserved_quantity:sum']):
            place = location._find_place(places)
            if place:
                free[product][place] += quantity - reserved
        # what is missing by a mistake of the books is not there: zero, as one would look
        return {product: defaultdict(float, {
            place: max(quantity, 0.0) for place, quantity in levels.items()})
            for product, levels in free.items()}

    def _get_part_quants(self, products):
        """Return the quants of parts in this one place, without vans and stores in it."""
        self.ensure_one()
        places = self._get_part_places(self.company_id)
        own = self._find_place(places)
        return self.env['stock.quant'].sudo().search(  # as above
            [('product_id', 'in', products.ids), ('location_id', 'child_of', self.ids)],
            order='in_date, id').filtered(
                lambda quant: quant.location_id._find_place(places) == own)

    def _count_part(self, product, quantity, note):
        """Note that ``quantity`` of a part was counted in this one place; it is approved later.

        Called by the phone as superuser, after it checked whose place it is.

        :raise UserError: a part that is counted by its numbers, or a difference without a reason
        """
        self.ensure_one()
        if product.tracking != 'none':
            raise UserError(self.env._(
                "%(part)s is counted by its serial numbers: scan or enter them.",
                part=product.display_name))
        quants = self._get_part_quants(product)
        note = read_words(note)[:200]
        books = sum(quants.mapped('quantity'))
        if product.uom_id.compare(books, quantity) and not note:
            raise UserError(self.env._(
                "%(part)s: the books say %(books)g, you counted %(counted)g. Say why.",
                part=product.display_name, books=books, counted=quantity))
        self._note_count(product, quants, quantity, note)

    def _count_numbers(self, product, counted, note, is_all=True):
        """Note which serial or lot numbers of a part were found in this one place.

        Called as ``_count_part``.

        :param counted: ``{number: quantity}``
        :param is_all: whether what is not named was looked for and not found
        :raise UserError: a number of another part or place, or a difference without a reason
        """
        self.ensure_one()
        if product.tracking == 'serial' and any(quantity != 1 for quantity in counted.values()):
            raise UserError(self.env._(
                "%(part)s: a serial number is one piece.", part=product.display_name))
        quants, note = self._get_part_quants(product), read_words(note)[:200]
        books = {lot.name or "": same for lot, same in quants.grouped('lot_id').items()}
        names = {*counted, *(books if is_all else ())}
        wrong = sorted(name for name in names if product.uom_id.compare(
            sum(books.get(name, quants.browse()).mapped('quantity')), counted.get(name, 0.0)))
        if wrong and not note:
            raise UserError(self.env._(
                "%(part)s: %(numbers)s differ from the books. Say why.",
                part=product.display_name,
                numbers=", ".join(filter(None, wrong)) or self.env._("pieces without a number")))
        lots = self._find_counted_lots(product, [name for name in counted if name not in books])
        for name in names:
            same = books.get(name, quants.browse())
            self._note_count(
                product, same, counted.get(name, 0.0), note, same.lot_id or lots.get(name))

    def _find_counted_lots(self, product, names):
        """Return ``{number: lot}`` of numbers that are not in this one place by the books.

        :raise UserError: a number of another part, or that lies elsewhere by the books
        """
        lots = self.env['stock.lot'].sudo()  # the caller checked whose place is counted
        known = lots.search([
            ('name', 'in', names), ('company_id', 'in', [False, self.company_id.id])])
        own = known.filtered(lambda lot: lot.product_id == product)
        for lot in known - own:
            if lot.name not in own.mapped('name'):
                raise UserError(self.env._(
                    "%(number)s is a number of %(part)s: count it there.",
                    number=lot.name, part=lot.product_id.display_name))
        for quant in own.quant_ids:
            if (product.tracking == 'serial' and quant.location_id.usage == 'internal'
                    and quant.quantity > 0):
                raise UserError(self.env._(
                    "%(number)s lies in %(place)s by the books: ask the store to move it here, "
                    "then count it.", number=quant.lot_id.name,
                    place=quant.location_id.display_name))
        new = lots.create([
            {'name': name, 'product_id': product.id, 'company_id': self.company_id.id}
            for name in names if name not in own.mapped('name')])
        return {lot.name: lot for lot in own | new}

    def _note_count(self, product, quants, quantity, note, lot=None):
        """Write what was counted to one quant of this place; the others keep what they say."""
        quant = (quants.filtered(lambda quant: quant.location_id == self) or quants)[:1]
        if not quant:
            quant = quants.create({
                'product_id': product.id, 'location_id': self.id, 'company_id': self.company_id.id,
                'lot_id': lot.id if lot else False})
        quant.write({
            'inventory_quantity': quantity - sum((quants - quant).mapped('quantity')),
            'aftersales_counter_id': self.env.uid, 'aftersales_count_note': note,
            'aftersales_counted_on': fields.Datetime.now()})

    # === PHONE === #

    def _is_own_place(self, user):
        """Whether this one location is the van of ``user``, or the store of the user's outlet."""
        self.ensure_one()
        place = self.sudo()  # whose van or store it is
        if place.aftersales_technician_id:
            return place.aftersales_technician_id == user
        return bool(self.env['aftersales.outlet'].sudo().search_count(
            [('id', 'in', user._get_served_outlet_ids()), ('stock_location_id', '=', self.id)],
            limit=1))

    def _check_mobile_access(self, kind):
        if self._is_own_place(self.env.user):
            return None
        return super()._check_mobile_access(kind)

    def _on_mobile_part_request(self, payload, moment):
        """Ask for a part for the van or the outlet's store."""
        requests = self.env['aftersales.part.request']
        product = requests._read_mobile_part(payload, self.company_id)
        requests._ensure_current(product, self)
        requests._request_parts(
            {'location_dest_id': self.id, 'kind': 'stock', 'company_id': self.company_id.id,
             'urgency': requests._read_mobile_urgency(payload)},
            [(product, requests._read_mobile_quantity(payload))])

    def _on_mobile_part_pass(self, payload, moment):
        """Give a part of this van to another one; its technician confirms that it came."""
        requests = self.env['aftersales.part.request']
        product = requests._read_mobile_part(payload, self.company_id)
        target = self.browse(read_id(payload.get('location_id'))).exists()
        if (not target.aftersales_technician_id or target == self
                or target.company_id != self.company_id):
            raise UserError(self.env._("Choose the van of a colleague."))
        request = requests.create({
            'company_id': self.company_id.id, 'kind': 'stock', 'location_dest_id': target.id,
            'user_id': target.aftersales_technician_id.id, 'line_ids': [(0, 0, {
                'product_id': product.id, 'quantity': requests._read_mobile_quantity(payload)})]})
        request._set_state('requested', moment)
        request.line_ids.write({'location_id': self.id, 'is_ordered': False})
        request._set_state('reserved', moment)
        request._set_state('in_transit', moment)

    def _on_mobile_part_count(self, payload, moment):
        """Note what was counted; a second person approves it."""
        requests = self.env['aftersales.part.request']
        product = requests._read_mobile_part(payload, self.company_id)
        if not product.is_storable:
            raise UserError(self.env._(
                "%(part)s is not kept in stock: it is not counted.", part=product.display_name))
        note = payload.get('note')
        numbers = requests._read_mobile_numbers(payload)
        if product.tracking != 'none' and numbers is not None:
            return self._count_numbers(product, numbers, note)
        # the label of one piece was scanned: what else lies there is not said
        lot = product.tracking == 'serial' and product._find_scanned_number(
            read_words(payload.get('code')), self.company_id)
        if lot:
            return self._count_numbers(product, {lot.name: 1.0}, note, is_all=False)
        return self._count_part(
            product, requests._read_mobile_quantity(payload, is_zero_allowed=True), note)

    def _prepare_mobile_place(self):
        """Return a van or store with the parts in it, for the phone of whom it belongs to."""
        self.ensure_one()
        places = self._get_part_places(self.company_id)
        rows = {}
        for quant in self.env['stock.quant'].sudo().search(  # the caller found the user's own place
                [('location_id', 'child_of', self.ids),
                 '|', ('quantity', '!=', 0), ('aftersales_counter_id', '!=', False)],
                limit=STOCK_LIMIT):
            if quant.location_id._find_place(places) != self:
                continue
            row = rows.setdefault(quant.product_id, {
                'product_id': quant.product_id.id, 'name': quant.product_id.display_name,
                'code': quant.product_id.default_code or "", 'quantity': 0.0, 'counted': None,
                'tracking': quant.product_id.tracking, 'numbers': []})
            is_counted = bool(quant.aftersales_counter_id)
            if is_counted or row['counted'] is not None:
                # of what is counted in part, the rest is as the books say
                row['counted'] = (row['quantity'] if row['counted'] is None else row['counted']) + (
                    quant.inventory_quantity if is_counted else quant.quantity)
            row['quantity'] += quant.quantity
            if quant.lot_id:
                row['numbers'].append({'name': quant.lot_id.name, 'quantity': quant.quantity})
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.name,
            'is_van': bool(self.aftersales_technician_id),
            'parts': sorted(rows.values(), key=lambda row: row['name'])}
