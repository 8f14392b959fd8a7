from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.capacity import Book


class AftersalesOutlet(models.Model):
    """A place that serves customers: an own centre, a franchised station, a subcontractor.

    It is at once a team (members, working hours), a place (address, areas, stock) and a
    partner with a contract. The orders stay with ``aftersales.order``.
    """

    _name = 'aftersales.outlet'
    _description = "Service Outlet"
    _inherit = [
        'aftersales.state.mixin', 'rating.parent.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.number.mixin']
    _order = 'name, id'
    _check_company_auto = True
    _rec_names_search = ['name', 'code']
    _number_field = 'code'

    _TRANSITIONS = {
        'draft': {'closed'},
        'active': {'draft', 'suspended'},
        'suspended': {'active'},
        'closed': {'draft', 'active', 'suspended'},
    }

    name = fields.Char(required=True)
    code = fields.Char(string="Outlet Number", copy=False)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        [('own', "Own Centre"), ('franchise', "Franchised Station"),
         ('subcontractor', "Subcontractor")],
        default='own', required=True)
    level = fields.Selection([('a', "A"), ('b', "B"), ('c', "C")])
    state = fields.Selection(
        [('draft', "Draft"), ('active', "Active"), ('suspended', "Suspended"),
         ('closed', "Closed Down")],
        default='draft', required=True, readonly=True, index=True, tracking=True, copy=False,
        protected='after', help="Outlets that are brought along may be active at once.")

    # Place
    partner_id = fields.Many2one(
        'res.partner', string="Legal Entity", required=True, index=True, check_company=True,
        help="The company behind the outlet; its address is the outlet's address.")
    street = fields.Char(related='partner_id.street')
    street2 = fields.Char(related='partner_id.street2')
    city = fields.Char(related='partner_id.city')
    state_id = fields.Many2one(related='partner_id.state_id', string="Province")
    zip = fields.Char(related='partner_id.zip')
    country_id = fields.Many2one(related='partner_id.country_id')
    hotline = fields.Char(help="The number customers call, day and night.")
    area_ids = fields.One2many('aftersales.outlet.area', 'outlet_id', copy=True)
    stock_location_id = fields.Many2one(
        'stock.location', readonly=True, copy=False, index='btree_not_null',
        check_company=True,
        help="Where the outlet's parts lie; made when the outlet becomes active.")
    keeps_stock = fields.Boolean(
        help="The parts of the outlet's orders are taken from its own store, unless their "
             "technician has a van. Not ticked: from the warehouse.")

    # Team
    manager_id = fields.Many2one(
        'res.users', index='btree_not_null', check_company=True,
        domain="[('id', 'in', member_ids)]", tracking=True,
        help="The member who gives the orders of the outlet to its technicians.")
    member_ids = fields.Many2many(
        'res.users', 'aftersales_outlet_member_rel', 'outlet_id', 'user_id', string="Members",
        check_company=True,
        help="Own staff, and the portal users of a station. They see and answer the "
             "orders of the outlet and of its teams.")
    parent_id = fields.Many2one(
        'aftersales.outlet', string="Team of", index='btree_not_null', check_company=True,
        help="The centre that this team belongs to.")
    child_ids = fields.One2many('aftersales.outlet', 'parent_id', string="Teams")
    resource_calendar_id = fields.Many2one(
        'resource.calendar', string="Working Hours", check_company=True,
        help="The time to answer an offer runs within these hours; without them, always.")
    accept_minutes = fields.Integer(
        string="Minutes to Answer", default=lambda self: self.env.company.aftersales_accept_minutes,
        help="An offer that is not answered in time goes to the next outlet. "
             "0: the outlet takes every order at once.")
    is_pull_allowed = fields.Boolean(
        string="Technicians Take Orders",
        help="Members take accepted orders that have no technician by themselves.")
    capacity_ids = fields.One2many('aftersales.outlet.capacity', 'outlet_id', copy=True)

    # Register
    legal_representative = fields.Char()
    staff_count = fields.Integer(string="Staff", aggregator='sum')
    area_m2 = fields.Float(string="Floor Space (m²)", digits=(12, 1))
    store_m2 = fields.Float(string="Parts Store (m²)", digits=(12, 1))
    tools = fields.Text(string="Tools and Instruments")
    bank_id = fields.Many2one(
        'res.partner.bank', string="Bank Account",
        domain="[('partner_id', '=', partner_id)]")
    vat = fields.Char(related='partner_id.vat')
    contract_number = fields.Char(copy=False)
    contract_start = fields.Date(copy=False)
    contract_end = fields.Date(copy=False)
    currency_id = fields.Many2one(related='company_id.currency_id')
    deposit = fields.Monetary(copy=False)
    approved_by_id = fields.Many2one('res.users', string="Approved by", copy=False)
    approval_date = fields.Date(string="Approved on", copy=False)
    remarks = fields.Text()

    charge_ids = fields.One2many('aftersales.outlet.charge', 'outlet_id', string="Charges")
    order_count = fields.Integer(string="Orders", compute='_compute_order_count')
    open_order_count = fields.Integer(string="Open Orders", compute='_compute_order_count')

    _code_company_uniq = models.Constraint(
        'UNIQUE(code, company_id)', "The outlet number must be unique per company.")
    _numbers_not_negative = models.Constraint(
        'CHECK(accept_minutes >= 0 AND staff_count >= 0 AND area_m2 >= 0 AND store_m2 >= 0)',
        "Minutes, staff and floor space cannot be negative.")
    _contract_dates = models.Constraint(
        'CHECK(contract_end >= contract_start)', "A contract cannot end before it starts.")

    # === COMPUTES === #

    def _compute_order_count(self):
        orders = self.env['aftersales.order']
        counts = dict(orders._read_group(
            [('outlet_id', 'in', self.ids)], ['outlet_id'], ['__count']))
        still_open = dict(orders._read_group(
            [('outlet_id', 'in', self.ids), ('date_closed', '=', False)],
            ['outlet_id'], ['__count']))
        for outlet in self:
            outlet.order_count = counts.get(outlet._origin, 0)
            outlet.open_order_count = still_open.get(outlet._origin, 0)

    @api.constrains('parent_id')
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An outlet cannot be a team of itself."))

    @api.constrains('manager_id', 'member_ids')
    def _check_manager_id(self):
        for outlet in self:
            if outlet.manager_id and outlet.manager_id not in outlet.member_ids:
                raise ValidationError(self.env._(
                    "%(manager)s must be a member of %(outlet)s to manage it.",
                    manager=outlet.manager_id.name, outlet=outlet.name))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        outlets = super().create(vals_list)
        outlets.filtered(lambda outlet: outlet.state == 'active')._create_stock_locations()
        outlets._forget_members_and_areas()
        return outlets

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'state', 'active', 'member_ids', 'parent_id', 'company_id'}:
            self._forget_members_and_areas()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_orders(self):
        # orders that the user does not see count as well
        used = self.env['aftersales.order'].sudo().with_context(active_test=False).search(
            [('outlet_id', 'in', self.ids)], limit=1)
        if used:
            raise UserError(self.env._(
                "Outlet %(outlet)s has orders, so it can only be closed.",
                outlet=used.outlet_id.name))

    def unlink(self):
        result = super().unlink()
        self._forget_members_and_areas()
        return result

    # === ACTIONS === #

    def action_activate(self):
        """Let the outlet receive orders."""
        self._set_state('active')

    def action_suspend(self):
        """Offer no new orders to the outlet; it finishes those it has."""
        self._set_state('suspended')

    def action_close(self):
        """End the work with the outlet."""
        self._set_state('closed')

    def action_reset(self):
        """Take a closed outlet up again."""
        self._set_state('draft')

    def action_view_orders(self):
        """Show the orders of these outlets."""
        return self.env['aftersales.order']._get_orders_action(
            [('outlet_id', 'in', self.ids)], {
                'search_default_open': 1,
                'default_outlet_id': self.id if len(self) == 1 else False})

    # === RULES === #

    def _ensure_closed(self):
        open_orders = self._count_open_orders()
        self._refuse_where(
            lambda outlet: open_orders.get(outlet.id),
            self.env._("Give the open orders of these outlets to others before closing them"))

    def _on_active(self):
        self._create_stock_locations()

    def _create_stock_locations(self):
        """Give each outlet that has none a location beside its company's stock.

        Not in it: core would take the parts of an outlet for deliveries out of the stock.
        """
        bare = self.filtered(lambda outlet: not outlet.stock_location_id)
        # who may activate an outlet need not be a stock manager
        bare = bare.filtered(lambda outlet: outlet.company_id.sudo().aftersales_warehouse_ids)
        locations = self.env['stock.location'].sudo().create([{
            'name': outlet.name,
            'usage': 'internal',
            'company_id': outlet.company_id.id,
            'location_id': outlet.company_id.sudo().aftersales_warehouse_ids[0].view_location_id.id,
        } for outlet in bare])
        for outlet, location in zip(bare, locations, strict=True):
            outlet.stock_location_id = location

    def _get_answer_deadline(self, start):
        """Return until when an offer of ``start`` stands; ``False`` needs no answer."""
        self.ensure_one()
        if not self.accept_minutes:
            return False
        wait = timedelta(minutes=self.accept_minutes)
        calendar = self.resource_calendar_id
        planned = calendar and calendar.plan_hours(
            wait.total_seconds() / 3600, start, compute_leaves=True)
        return planned or start + wait

    def _get_people(self):
        """Return the members of these outlets and of their teams."""
        return self.member_ids | self.child_ids.member_ids

    def _count_open_orders(self):
        """Return the open orders by outlet id, seen or not by the current user."""
        groups = self.env['aftersales.order'].sudo()._read_group(
            [('outlet_id', 'in', self.ids), ('date_closed', '=', False)],
            ['outlet_id'], ['__count'])
        return {outlet.id: count for outlet, count in groups}

    def _open_books(self, days):
        """Return a capacity book by outlet id, with what each has taken on ``days``."""
        # all orders use capacity, seen or not by the current user
        capacities = self.env['aftersales.outlet.capacity'].sudo()
        limits = capacities.search_fetch(
            [('outlet_id', 'in', self.ids)]).grouped(lambda capacity: capacity.outlet_id.id)
        books = {
            outlet.id: Book(
                limits.get(outlet.id, capacities)._get_limits(),
                outlet._get_quota_factors(days) if outlet.id in limits else None)
            for outlet in self.browse(self.ids)}
        if limits:
            groups = self.env['aftersales.order'].sudo()._read_group(
                self.browse(limits)._get_capacity_domain(days),
                ['outlet_id', 'capacity_day:day', 'product_id.categ_id'], ['__count'])
            for outlet, day, category, count in groups:
                books[outlet.id].use(day, category._get_ancestor_ids(), count)
        return books

    def _get_quota_factors(self, days):
        """Return ``{day: factor}`` of the peak seasons that widen what the outlet takes."""
        self.ensure_one()
        peak = self.env['aftersales.peak']
        if not peak._get_seasons():
            return {}
        # who dispatches knows where an outlet works
        outlet = self.sudo()
        return peak._get_quota_factors(
            outlet.company_id, days, outlet.area_ids.state_id | outlet.partner_id.state_id)

    def _claim_room(self, books):
        """Let the later of two dispatchers who give the last place at once count again.

        A mere lock would not do: the one who waited would still count the orders of before.
        The outlet's capacities are written, so the later one meets a conflict and core
        repeats that request.

        :param books: of these outlets, in which the places were counted
        """
        limited = sorted(outlet_id for outlet_id in self.ids if books[outlet_id].is_limited)
        if limited:
            self.env.execute_query(SQL(
                "UPDATE aftersales_outlet_capacity SET orders_per_day = orders_per_day "
                "WHERE outlet_id = ANY(%s) RETURNING id", limited))

    def _get_capacity_domain(self, days):
        """Return the domain of the orders that use the outlets' capacity on ``days``."""
        return [
            ('outlet_id', 'in', self.ids), ('capacity_day', 'in', list(days)),
            ('offer_state', 'in', ('offered', 'accepted')),
            ('state', 'not in', ('cancelled', 'rejected'))]

    def _forget_members_and_areas(self):
        """Drop the cached record rules and area maps that depend on outlets."""
        self.env.registry.clear_cache()
