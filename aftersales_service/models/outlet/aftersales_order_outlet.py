from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.area import Place, find_zone, has_tie, rank_outlets


class AftersalesOrder(models.Model):
    """The first step of dispatch (派单): which outlet serves the order, and its answer."""

    _inherit = 'aftersales.order'

    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True,
        domain="[('state', '=', 'active'), ('company_id', '=', company_id)]",
        help="Found by the service address.")
    offer_ids = fields.One2many('aftersales.offer', 'order_id', string="Offers", protected=True)
    offer_id = fields.Many2one(
        'aftersales.offer', string="Last Offer", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    offer_state = fields.Selection(
        related='offer_id.state', string="Answer of the Outlet", store=True, precompute=True,
        protected=True)
    date_offered = fields.Datetime(related='offer_id.date_offered', protected=True)
    date_offer_deadline = fields.Datetime(related='offer_id.date_deadline', protected=True)
    decline_reason = fields.Char(
        related='offer_id.reason', string="Reason for Declining", protected=True,
        groups='base.group_user')
    capacity_day = fields.Date(
        compute='_compute_capacity_day', store=True, precompute=True,
        help="The day on which the order takes a place at the outlet: the planned day, "
             "else the day of the offer.", protected=True)

    _outlet_open_idx = models.Index('(outlet_id, capacity_day) WHERE date_closed IS NULL')

    # === COMPUTES === #

    @api.depends('site_id', 'company_id')
    def _compute_outlet_id(self):
        """Take the outlet of the site's area; one that has the order keeps it."""
        area = self.env['aftersales.outlet.area']
        free = self.filtered(
            lambda order: order.offer_state not in ('offered', 'accepted')
            and area._get_map(order.company_id.id))
        for order in self - free:
            order.outlet_id = order.outlet_id
        outlets = self.env['aftersales.outlet']
        for order, ranked in free._rank_outlets().items():
            order.outlet_id = outlets.browse(ranked[:1])

    @api.depends('date_planned', 'offer_id.date_offered')
    def _compute_capacity_day(self):
        for order in self:
            moment = order.date_planned or order.date_offered
            order.capacity_day = moment and order.company_id._get_aftersales_day(moment)

    # === CRUD === #

    def write(self, vals):
        if 'outlet_id' in vals and 'offer_id' not in vals:
            # the outlet that loses an order must not work on it
            self.sudo().filtered(
                lambda order: order.outlet_id.id != vals['outlet_id'])._withdraw_offers()
        return super().write(vals)

    # === ACTIONS === #

    def action_offer_to_outlet(self):
        """Offer each order to its outlet, or to the next one that has room."""
        self.check_access('write')
        self._refuse_where('is_closed', self.env._("These orders are closed; reopen them first"))
        self._refuse_where(
            lambda order: order.offer_state in ('offered', 'accepted'),
            self.env._(
                "These orders are with an outlet already; take them back first, or leave them out"))
        self._ensure_free_to_move()
        # check_access checked the right to the orders; offers are written by this flow only
        left = self.sudo()._offer_to_first_with_room()
        if left:
            raise UserError(self.env._(
                "No active outlet has room for these orders; choose an outlet or another "
                "day: %(orders)s", orders=left.mapped('name')))

    def action_accept_offer(self):
        """Take offered orders on, as a member of the outlet or as the dispatcher."""
        # a button that was tapped twice changes nothing
        orders = self._ensure_serves().filtered(
            lambda order: order.offer_id.state != 'accepted'
            or order.offer_id.answered_by_id != self.env.user)
        orders._ensure_free_to_move()
        orders.offer_id._ensure_in_time()
        orders.offer_id._answer('accepted')

    def action_decline_offer(self, reason):
        """Decline offered orders for a reason; they go to the next outlet."""
        orders = self._ensure_serves()
        if not (reason or '').strip():
            raise UserError(self.env._("Give the reason for declining the orders."))
        orders._ensure_free_to_move()
        orders.offer_id._ensure_in_time()
        orders.offer_id._answer('declined', reason.strip())
        orders._pass_on()

    # === RULES === #

    @api.model
    def _get_parts_location_fields(self):
        return super()._get_parts_location_fields() | {'outlet_id'}

    def _get_store_location(self):
        """Take the parts of an outlet's orders from its store, where it keeps one."""
        # the desk reads no outlets' stock; where the parts lie follows from the order
        outlet = self.sudo().outlet_id
        kept = outlet if outlet.keeps_stock else outlet.parent_id.filtered('keeps_stock')
        return kept.stock_location_id or super()._get_store_location()

    def _ensure_serves(self):
        """Return the orders as superuser if the user works for their outlet or the desk.

        Refused without naming the orders: an outlet learns nothing about those of others.
        """
        user = self.env.user
        if user._is_internal() and self.has_access('write'):
            return self.sudo()
        served = set(user._get_served_outlet_ids())
        orders = self.sudo()
        if not orders.exists() == orders or orders.filtered(
                lambda order: order.outlet_id.id not in served
                or order.offer_state not in ('offered', 'accepted')):
            raise AccessError(self.env._("These are not orders of your outlet."))
        return orders

    def _get_place(self):
        """Return the service address in the words of ``tools.area``."""
        self.ensure_one()
        site = self.site_id
        return Place(
            country=site.country_id._origin.id, state=site.state_id._origin.id,
            city=site.city or '', zip_code=site.zip or '')

    def _compute_zone_id(self):
        """The areas of the outlets know it better than the state."""
        result = super()._compute_zone_id()
        for order in self:
            order.zone_id = order._get_area_zone_id() or order.zone_id
        return result

    def _follow_up_card(self):
        """The outlet that did the work serves the unit from now on."""
        result = super()._follow_up_card()
        # the caller checked the right to finish the work
        orders = self.sudo()
        for outlet, served in orders.filtered('outlet_id').grouped('outlet_id').items():
            served.warranty_id.filtered(
                lambda card, outlet=outlet: card.outlet_id != outlet).outlet_id = outlet
        return result

    def _get_area_zone_id(self):
        """Return the zone that the areas of the outlets name for the service address."""
        self.ensure_one()
        areas = self.env['aftersales.outlet.area']._get_map(self.company_id.id)
        return find_zone(areas.find(self._get_place())) if areas and self.site_id else None

    def _rank_outlets(self):
        """Return the ids of the outlets that serve each order, in the order to ask them.

        Orders of one batch are spread: each counts as load for the next.
        """
        area = self.env['aftersales.outlet.area']
        best = {
            order: area._get_map(order.company_id.id).find(order._get_place())
            for order in self}
        tied = {outlet for found in best.values() if has_tie(found) for outlet in found}
        loads = self.env['aftersales.outlet'].browse(tied)._count_open_orders() if tied else {}
        ranked = {}
        for order, found in best.items():
            ranked[order] = rank_outlets(found, loads)
            for outlet in ranked[order][:1]:
                loads[outlet] = loads.get(outlet, 0) + 1
        return ranked

    def _offer_to_first_with_room(self):
        """Offer each order to the first fitting outlet with room; return those without."""
        ranked = self._rank_outlets()
        outlets = self.outlet_id.browse(
            {outlet for ids in ranked.values() for outlet in ids} | set(self.outlet_id.ids))
        books = outlets._open_books({order._get_capacity_day() for order in self})
        chosen = {}
        for order in self:
            day, categories = order._get_capacity_day(), order._get_category_ids()
            # an outlet chosen by hand may be asked a second time
            others = outlets.browse(ranked[order]) - order.offer_ids.outlet_id
            for outlet in order.outlet_id | others:
                if outlet.state == 'active' and books[outlet.id].has_room(day, categories):
                    books[outlet.id].use(day, categories)
                    chosen[order] = outlet
                    break
        outlets.union(*chosen.values())._claim_room(books)
        self._create_offers(chosen)
        return self.filtered(lambda order: order not in chosen)

    def _create_offers(self, outlet_by_order, is_accepted=False):
        """Write the offers and make them the current ones of their orders."""
        offer = self.env['aftersales.offer']
        offers = offer.create(offer._prepare_offers_vals(outlet_by_order, is_accepted))
        for row in offers:
            row.order_id.write({'outlet_id': row.outlet_id.id, 'offer_id': row.id})
        offers.order_id._on_offered()
        return offers

    def _pass_on(self):
        """Offer orders that an outlet did not take to the next one, else notify the desk."""
        still_open = self.filtered(lambda order: not (order.is_closed or order.date_done))
        still_open.write({'outlet_id': False, 'technician_id': False})
        still_open._offer_to_first_with_room()._notify_dispatcher()

    def _notify_dispatcher(self):
        """Ask the dispatcher of the company, else who handles the order, to find an outlet."""
        for company, orders in self.grouped('company_id').items():
            dispatcher = company.aftersales_dispatcher_id
            for user, group in orders.grouped(
                    lambda order, dispatcher=dispatcher: dispatcher or order.user_id
                    or order.create_uid).items():
                group.activity_schedule(
                    'mail.mail_activity_data_todo', user_id=user.id,
                    summary=self.with_context(lang=user.lang).env._(
                        "No outlet takes this order"))

    def _withdraw_offers(self):
        """Take open and accepted offers back from their outlets."""
        self.offer_id.filtered(lambda offer: offer.state in ('offered', 'accepted')).write(
            {'state': 'withdrawn', 'date_answered': fields.Datetime.now()})

    def _on_offered(self):
        """Do what follows from an offer, such as a message; other modules extend it."""

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target in ('rejected', 'cancelled'):
            # the user may close the order, so the outlet's offer ends with it
            self.sudo().offer_id.filtered(lambda offer: offer.state == 'offered').write(
                {'state': 'withdrawn', 'date_answered': fields.Datetime.now()})

    def _get_capacity_day(self, date_planned=None):
        """Return the day on which the order takes a place if it is offered now.

        :param date_planned: that the order is about to get
        """
        self.ensure_one()
        return self.company_id._get_aftersales_day(
            date_planned or self.date_planned or fields.Datetime.now())

    def _get_category_ids(self):
        self.ensure_one()
        return self.product_id.categ_id._get_ancestor_ids()
