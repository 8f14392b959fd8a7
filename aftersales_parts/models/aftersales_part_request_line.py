from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# what the store decides after it was asked
STORE_FIELDS = frozenset({'location_id', 'is_ordered'})
# more is a slip of the keyboard, and some numbers cannot even be rounded
MOST_PIECES = 1_000_000
# of a line whose part is not chosen yet
NOWHERE = {'van': 0.0, 'outlet': 0.0, 'centre': 0.0, 'elsewhere': 0.0, 'incoming': 0.0,
           'date': False}


class AftersalesPartRequestLine(models.Model):
    """A part on a request: how many, where they lie, what became of them."""

    _name = 'aftersales.part.request.line'
    _description = "Part Request Line"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'request_id, id'
    _check_company_auto = True

    request_id = fields.Many2one(
        'aftersales.part.request', required=True, index=True, ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one(
        related='request_id.company_id', store=True, precompute=True, index=True)
    state = fields.Selection(related='request_id.state')
    product_id = fields.Many2one(
        'product.product', string="Part", required=True, index=True, ondelete='restrict',
        check_company=True, domain="[('type', '=', 'consu')]")
    quantity = fields.Float(default=1.0, required=True, digits='Product Unit')
    uom_id = fields.Many2one(related='product_id.uom_id')
    current_product_id = fields.Many2one(
        'product.product', string="Better Choice", compute='_compute_current_product_id',
        compute_sudo=True)

    # Where the store takes it from
    location_id = fields.Many2one(
        'stock.location', string="Take from", check_company=True,
        domain="[('usage', '=', 'internal')]")
    is_ordered = fields.Boolean(
        string="To Buy", help="It lies nowhere: the store buys it, by the rules of the part.")

    # Where it lies now
    free_van = fields.Float(
        string="Van", compute='_compute_free', digits='Product Unit',
        help="Free in the van to which the parts go.")
    free_outlet = fields.Float(
        string="Outlet", compute='_compute_free', digits='Product Unit',
        help="Free in the store of the outlet that does the order.")
    free_centre = fields.Float(
        string="Centre", compute='_compute_free', digits='Product Unit',
        help="Free in the warehouse, without vans and outlets.")
    free_elsewhere = fields.Float(
        string="Elsewhere", compute='_compute_free', digits='Product Unit',
        help="Free in other vans and outlets.")
    quantity_incoming = fields.Float(
        string="Incoming", compute='_compute_free', digits='Product Unit',
        help="Bought and not received yet.")
    date_incoming = fields.Date(string="Incoming on", compute='_compute_free')

    # What became of it
    move_ids = fields.One2many(
        'stock.move', 'aftersales_request_line_id', groups='stock.group_stock_user')
    quantity_missing = fields.Float(
        string="Missing", copy=False, digits='Product Unit',
        help="Handed out by the store, but not there when the parts came.")
    quantity_received = fields.Float(
        string="Received", compute='_compute_received', compute_sudo=True,
        digits='Product Unit')
    quantity_used = fields.Float(
        string="Used", readonly=True, copy=False, protected=True, digits='Product Unit')
    quantity_to_return = fields.Float(
        string="To Give Back", compute='_compute_received', compute_sudo=True,
        digits='Product Unit')

    _product_uniq = models.UniqueIndex(
        '(request_id, product_id)',
        "This part is on the request already: change its quantity instead.")
    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "Say how many pieces you need, 1 or more.")

    # === COMPUTES === #

    @api.depends('product_id', 'quantity')
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.quantity:g} × {line.product_id.display_name or ''}"

    @api.depends('product_id', 'request_id.order_id')
    def _compute_current_product_id(self):
        """Name the old part that is to be used up first, or what is ordered for an old number."""
        for request, lines in self.grouped('request_id').items():
            order = request.order_id
            offers = lines.product_id._get_offers(
                order._get_unit() if order else None, request._get_sources())
            for line in lines:
                best = [offer for offer in offers.get(line.product_id, ())
                        if offer.kind != 'alternative'][:1]
                line.current_product_id = best[0].product if best else False
                if line.current_product_id == line.product_id:
                    line.current_product_id = False

    @api.depends('product_id', 'request_id.location_dest_id', 'request_id.order_id', 'state')
    def _compute_free(self):
        # who asks for a part may know where it lies
        for request, lines in self.sudo().grouped('request_id').items():
            levels = request._read_levels(lines.product_id)
            for line in lines:
                level = levels.get(line.product_id, NOWHERE)
                line.free_van, line.free_outlet = level['van'], level['outlet']
                line.free_centre, line.free_elsewhere = level['centre'], level['elsewhere']
                line.quantity_incoming = level['incoming']
                line.date_incoming = level['date']

    @api.depends(
        'state', 'quantity_used', 'move_ids.state', 'move_ids.quantity',
        'move_ids.returned_move_ids.state')
    def _compute_received(self):
        for line in self:
            done = line.move_ids.filtered(lambda move: move.state == 'done')
            back = done.returned_move_ids.filtered(lambda move: move.state == 'done')
            line.quantity_received = sum(done.mapped('quantity'))
            is_held = line.state in ('handed_over', 'lent', 'used', 'returning')
            line.quantity_to_return = is_held and max(
                line.quantity_received - line.quantity_used - sum(back.mapped('quantity')), 0.0)

    @api.constrains('quantity_missing')
    def _check_missing(self):
        for line in self:
            if not 0 <= line.quantity_missing <= line.quantity:
                raise ValidationError(self.env._(
                    "%(line)s: what is missing lies between 0 and what was asked for.",
                    line=line.display_name))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._ensure_quantities(vals)
        lines = super().create(vals_list)
        if not self.env.su:
            lines._refuse_where(
                lambda line: line.state != 'draft',
                self.env._("The store has this request already; ask for more on a new one"))
        return lines

    def write(self, vals):
        self._ensure_quantities(vals)
        return super().write(vals)

    @api.model
    def _ensure_quantities(self, vals):
        if any(isinstance(vals.get(name), (int, float)) and not abs(vals[name]) < MOST_PIECES
               for name in ('quantity', 'quantity_missing')):
            raise UserError(self.env._(
                "Enter a quantity below %(most)s pieces.", most=f'{MOST_PIECES:,}'))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        self._refuse_where(
            lambda line: line.state not in ('draft', 'cancelled'),
            self.env._("The store has this request already; cancel it and ask again"))

    def action_take_current(self):
        """Ask for the part that is offered in place of the chosen one."""
        for line in self.filtered('current_product_id'):
            line.product_id = line.current_product_id

    # === RULES === #

    def _get_mobile_quantity(self):
        """Return how many pieces the state of this one line is about, for the phone."""
        self.ensure_one()
        if self.state == 'returning':
            return self.quantity_to_return
        return self.quantity_received if self.state in (
            'handed_over', 'lent', 'used') else self.quantity

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        free = STORE_FIELDS if self.state == 'requested' else (
            {'quantity_missing'} if self.state == 'in_transit' else ())
        return locked | ({'product_id', 'quantity', 'quantity_missing', *STORE_FIELDS} - set(free))

    def _get_locked_message(self):
        return self.env._("The store has these parts already; cancel the request and ask again")

    def _choose_places(self):
        """Take each part from the nearest place that has enough, else let it be bought.

        The outlet comes before the centre; another technician's van is never chosen by itself.

        Hook: called by the step that requests, as superuser, for a batch of lines, after the state
        was written. Extend it where parts are stored elsewhere. Raises nothing.
        """
        for request, lines in self.grouped('request_id').items():
            levels = request._read_levels(lines.product_id)
            store, centre = request._get_store(), request._get_centre()
            store -= request._find_destination()
            for line in lines:
                level = levels[line.product_id]
                place = next((place for place, free in (
                    (store, level['outlet']), (centre, level['centre']))
                    if place and free >= line.quantity), None)
                line.write({
                    'location_id': (place or centre).id,
                    'is_ordered': not place and line.product_id.is_storable})

    def _note_used(self):
        """Note how much of each part the order's work took; a loan takes nothing."""
        for order, lines in self.grouped(lambda line: line.request_id.order_id).items():
            left = {}
            for move in order.part_ids:
                if move.repair_line_type == 'add' and move.state != 'cancel':
                    left[move.product_id] = left.get(move.product_id, 0.0) + move.product_qty
            for line in order.part_request_ids.line_ids - lines:  # what others noted already
                left[line.product_id] = left.get(line.product_id, 0.0) - line.quantity_used
            for line in lines:
                if line.request_id.kind != 'loan':
                    line.quantity_used = max(0.0, min(
                        line.quantity_received, left.get(line.product_id, 0.0)))
                    left[line.product_id] = left.get(line.product_id, 0.0) - line.quantity_used

    def _ensure_source(self):
        """Refuse a line without a place, or from where the parts are going."""
        for line in self:
            if not line.location_id:
                raise UserError(self.env._(
                    "Choose where %(line)s is taken from first.", line=line.display_name))
            if line.location_id == line.request_id.location_dest_id:
                raise UserError(self.env._(
                    "%(line)s is in %(place)s already: use it, or choose another place.",
                    line=line.display_name, place=line.location_id.display_name))

    def _prepare_move_vals(self, picking):
        """Return the values of the move that brings the part of this one line."""
        self.ensure_one()
        return {
            **({'date': self._find_arrival(picking.location_id)} if self.is_ordered else {}),
            'aftersales_request_line_id': self.id, 'picking_id': picking.id,
            'product_id': self.product_id.id, 'product_uom': self.uom_id.id,
            'product_uom_qty': self.quantity, 'company_id': self.company_id.id,
            'location_id': picking.location_id.id,
            'location_dest_id': picking.location_dest_id.id,
            'procure_method': 'make_to_order' if self.is_ordered else 'make_to_stock'}

    def _find_arrival(self, location):
        """Return when the part of this one line is in the store if it is ordered today.

        Core plans a purchase for the day on which the goods are needed, even where no vendor is so
        fast: the day that the customer reads would be wrong.
        """
        self.ensure_one()
        rules = self.product_id._get_rules_from_location(location)
        delays, __ = rules.with_context(bypass_delay_description=True)._get_lead_days(
            self.product_id)
        return fields.Datetime.now() + timedelta(
            days=delays['total_delay'] - delays['no_vendor_found_delay'])
