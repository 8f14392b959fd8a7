from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.aftersales_service.models.base.roles import MANAGER

from .roles import STOREKEEPER

# nothing left the store yet
WAITING_STATES = ('requested', 'ordered', 'reserved')
# the order waits for these parts
OPEN_STATES = (*WAITING_STATES, 'in_transit')
# the parts are with who asked for them
HELD_STATES = ('handed_over', 'lent', 'used')
FINAL_STATES = ('closed', 'cancelled')
# steps that the store takes; the others are the receiver's
STORE_STEPS = frozenset({'reserved', 'ordered', 'in_transit'})
# days until a part that lies in stock arrives
DAYS_BY_URGENCY = {'urgent': 1, 'daily': 2, 'weekly': 7}


class AftersalesPartRequest(models.Model):
    """Parts that a technician or an outlet asks the store for, until they are used or back.

    The request owns who asked, who handed over, who received, and when the parts come. The
    stock is core's: reservations, transfers, returns and purchases.
    """

    _name = 'aftersales.part.request'
    _description = "Part Request"
    _inherit = [
        'mail.thread', 'mail.activity.mixin', 'aftersales.state.mixin', 'aftersales.clock.mixin',
        'aftersales.mobile.mixin', 'aftersales.number.mixin']
    _order = 'date_expected, id desc'
    _check_company_auto = True

    _TRANSITIONS = {
        'requested': {'draft'},
        'ordered': {'requested'},
        'reserved': {'requested', 'ordered'},
        'in_transit': {'reserved'},
        'handed_over': {'in_transit'},
        'lent': {'handed_over'},
        'used': {'handed_over', 'lent'},
        'returning': {'handed_over', 'used'},
        'closed': {'used', 'returning'},
        'cancelled': {'draft', *WAITING_STATES},
    }
    _STAMPS = {
        'requested': 'date_requested', 'in_transit': 'date_sent', 'handed_over': 'date_received',
        'closed': 'date_closed'}

    name = fields.Char(string="Number", readonly=True, copy=False, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company, index=True,
        protected='after')
    kind = fields.Selection(
        [('work', "For Work"), ('loan', "Lent to the Customer"), ('stock', "For Van or Outlet")],
        required=True, compute='_compute_kind', store=True, readonly=False, precompute=True,
        protected='after',
        help="Parts for work are used or come back. What is lent to the customer, such as a loan "
             "unit, always comes back. Parts for a van or an outlet stay there.")
    state = fields.Selection(
        [('draft', "Draft"), ('requested', "Requested"), ('ordered', "Ordered"),
         ('reserved', "Reserved"), ('in_transit', "In Transit"), ('handed_over', "Handed Over"),
         ('lent', "With the Customer"), ('used', "Used"), ('returning', "Coming Back"),
         ('closed', "Closed"), ('cancelled', "Cancelled")],
        string="Status", default='draft', required=True, readonly=True, copy=False, tracking=True,
        index=True, protected=True, group_expand=True)

    # Who asks, and where the parts go
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        protected='after', link_access='read')
    user_id = fields.Many2one(
        'res.users', string="Technician", compute='_compute_user_id', store=True, readonly=False,
        precompute=True, required=True, index=True, tracking=True,
        help="Gets the parts and confirms that they came.")
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', store=True, precompute=True,
        index='btree_not_null', protected=True)
    location_dest_id = fields.Many2one(
        'stock.location', string="Deliver to", check_company=True, index='btree_not_null',
        domain="[('usage', '=', 'internal')]",
        help="The technician's van or the store of the outlet. Empty: it follows from the order.")
    urgency = fields.Selection(
        [('urgent', "Urgent"), ('daily', "Daily"), ('weekly', "Weekly")], default='daily',
        required=True,
        help="Urgent parts go at once, daily ones with today's delivery, weekly ones with the "
             "round of the week.")
    line_ids = fields.One2many('aftersales.part.request.line', 'request_id', string="Parts")
    note = fields.Text()

    # When they come
    date_expected = fields.Date(
        string="Expected on", copy=False, tracking=True,
        help="The technician, the desk and the customer read this day.")
    date_requested = fields.Datetime(
        string="Requested on", readonly=True, copy=False, protected=True)
    date_sent = fields.Datetime(
        string="Handed Out on", readonly=True, copy=False, protected=True)
    date_received = fields.Datetime(
        string="Received on", readonly=True, copy=False, protected=True)
    date_return_due = fields.Date(
        string="Return by", readonly=True, copy=False, protected=True,
        help="Until when parts that were not used, or were lent, come back.")
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    # Who stands for what
    sender_id = fields.Many2one(
        'res.users', string="Handed Out by", readonly=True, copy=False, protected=True)
    receiver_id = fields.Many2one(
        'res.users', string="Received by", readonly=True, copy=False, protected=True)
    picking_ids = fields.One2many(
        'stock.picking', 'aftersales_request_id', string="Transfers", copy=False,
        groups='stock.group_stock_user')
    quantity_to_return = fields.Float(
        compute='_compute_quantity_to_return', compute_sudo=True, digits='Product Unit')

    # === COMPUTES === #

    @api.depends('order_id')
    def _compute_kind(self):
        for request in self:
            request.kind = request.kind or ('work' if request.order_id else 'stock')

    @api.depends('order_id')
    def _compute_user_id(self):
        for request in self:
            # who may request for an order may know its technician
            request.user_id = (
                request.user_id or request.order_id.sudo().technician_id or self.env.user)

    @api.depends('order_id', 'user_id', 'location_dest_id')
    def _compute_outlet_id(self):
        """The outlet that does the order, or whose store is filled."""
        # which outlet it is follows from the request; who reads outlets is their business
        requests = self.sudo()
        stores = self.env['aftersales.outlet'].sudo().search(
            [('stock_location_id', 'in', requests.location_dest_id.ids)])
        outlets = {outlet.stock_location_id: outlet for outlet in stores}
        for request in requests:
            request.outlet_id = request.order_id.outlet_id or outlets.get(
                request.location_dest_id) or False

    @api.depends('line_ids.quantity_to_return', 'state')
    def _compute_quantity_to_return(self):
        for request in self:
            request.quantity_to_return = sum(request.line_ids.mapped('quantity_to_return'))

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if vals.get('date_expected'):
            self.filtered(lambda request: request.state in OPEN_STATES)._on_date_known()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        self._refuse_where(
            lambda request: request.state not in ('draft', 'cancelled'),
            self.env._("Only drafts and cancelled requests can be deleted; cancel these first"))

    # === ACTIONS === #

    def action_request(self):
        """Ask the store for the parts; the order waits for them."""
        self._set_state('requested')

    def action_reserve(self):
        """Reserve what lies in stock, and order what lies nowhere."""
        for request in self:
            request._set_state('ordered' if request._needs_order() else 'reserved')

    def action_send(self):
        """Hand the parts out: they are on their way until the receiver confirms."""
        self._set_state('in_transit')

    def action_receive(self):
        """Confirm that the parts came; they lie in the van or the outlet's store now."""
        self._set_state('handed_over')

    def action_lend(self):
        """Note that the customer has the parts on loan."""
        self._set_state('lent')

    def action_use(self):
        """Note that the work is done: what was not used comes back."""
        self._set_state('used')

    def action_give_back(self):
        """Send back what was not used, or what the customer returned."""
        self._set_state('returning')

    def action_close(self):
        """Take back what comes back, and close the request."""
        self._set_state('closed')

    def action_cancel(self):
        """Call the request off while the parts have not left the store."""
        self._set_state('cancelled')

    def action_view_pickings(self):
        """Show the transfers of these requests."""
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    def action_print_slip(self):
        """Print the slip that both sign: handed out, or lent."""
        return self.env.ref('aftersales_parts.action_report_part_slip').report_action(self)

    # === WHO === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if user.has_group(MANAGER):
            return result
        is_store = user.has_group(STOREKEEPER)
        if target == 'in_transit' and (owners := self._get_van_owners() - user):
            raise AccessError(self.env._(
                "The parts are in the van of %(owner)s, who hands them out on the phone.",
                owner=", ".join(owners.mapped('name'))))
        if target in STORE_STEPS and not is_store:
            raise AccessError(self.env._(
                "A storekeeper reserves and hands out parts: leave the request to the store."))
        if target in ('handed_over', 'lent') and not all(
                request._is_receiver(user) for request in self):
            raise AccessError(self.env._(
                "Who gets the parts confirms that they came: leave this to the technician or the "
                "outlet."))
        if target == 'closed' and not is_store and any(
                request.state == 'returning' or request.quantity_to_return for request in self):
            raise AccessError(self.env._(
                "A storekeeper takes parts back: give them back first."))
        return result

    def _get_van_owners(self):
        """Return the technicians from whose vans these requests take parts."""
        owners = self.env['res.users']
        for place in self.sudo().line_ids.location_id:  # whose van it is
            owners |= place._get_van_owner().sudo(self.env.su)
        return owners

    def _is_receiver(self, user):
        """Whether ``user`` gets the parts of this one request, or works for its outlet."""
        self.ensure_one()
        return user == self.user_id or (
            self.outlet_id.id and self.outlet_id.id in user._get_served_outlet_ids())

    # === WHAT MUST BE THERE === #

    def _ensure_requested(self):
        self._refuse_where(
            lambda request: not request.line_ids, self.env._("Enter the parts first"))
        self._refuse_where(
            lambda request: request.kind != 'stock' and not request.order_id,
            self.env._("Choose the service order first: parts for work belong to one"))
        self._refuse_where(
            lambda request: request.order_id.sudo().date_done,  # who asks reads the order
            self.env._("The work on the service order is done; nothing is requested for it"))

    def _ensure_lent(self):
        self._refuse_where(
            lambda request: request.kind != 'loan',
            self.env._("Only what was requested as a loan is lent to the customer"))

    def _ensure_used(self):
        self._refuse_where(
            lambda request: request.kind == 'loan' and request.state != 'lent',
            self.env._("These parts were not lent yet: give them back instead"))

    def _ensure_returning(self):
        self._refuse_where(
            lambda request: not request.quantity_to_return,
            self.env._("Everything was used; there is nothing to give back"))

    def _ensure_closed(self):
        self._refuse_where(
            lambda request: request.state == 'used' and request.kind == 'loan'
            and request.quantity_to_return,
            self.env._("What was lent comes back: give it back first"))

    def _needs_order(self):
        """Whether the store has to buy some of the parts of this one request."""
        self.ensure_one()
        return any(line.is_ordered for line in self.line_ids)

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        person = {'in_transit': 'sender_id', 'handed_over': 'receiver_id'}.get(target)
        return vals | {person: self.env.uid} if person else vals

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        return locked | {'note'} | (
            set() if self.state == 'requested' else {'location_dest_id', 'user_id', 'urgency'})

    def _get_locked_message(self):
        return self.env._("These requests went to the store already; cancel them and ask again")

    # === WHAT FOLLOWS === #

    def _on_requested(self):
        """Let the orders wait and the store hear of it; promise a day of arrival."""
        now = fields.Datetime.now()
        self._start_clocks({request: [('part_eta', now)] for request in self})
        self.line_ids._choose_places()
        self.filtered('date_expected')._on_date_known()
        self.order_id._wait_for_parts()

    def _on_ordered(self):
        self._create_transfers()

    def _on_reserved(self):
        bought = self.filtered('picking_ids')
        (self - bought)._create_transfers()
        for request in self:
            for owner in request._get_van_owners() - self.env.user:
                request._tell(owner, request.with_context(lang=owner.lang).env._(
                    "%(technician)s needs parts from your van: hand them out on the phone.",
                    technician=request.user_id.name))
        for request in bought:
            request._tell(request.user_id, request.with_context(lang=request.user_id.lang).env._(
                "The parts of %(request)s came to the store; they are handed out next.",
                request=request.name))

    def _on_in_transit(self):
        for request in self:
            request._tell(request.user_id, request.with_context(lang=request.user_id.lang).env._(
                "The parts of %(request)s are on their way: confirm them when they are there.",
                request=request.name))

    def _on_handed_over(self):
        self._validate_transfers()
        stocked = self.filtered(lambda request: request.kind == 'stock')
        stocked.write({'state': 'closed', 'date_closed': fields.Datetime.now()})
        self.order_id._go_on_with_parts()
        # too late: the work was done without them
        if late := self.filtered(
                lambda request: request.kind == 'work' and request.order_id.date_done):
            late._set_state('used')

    def _on_lent(self):
        self._lend()
        for company, requests in self.grouped('company_id').items():
            requests._plan_return(company.aftersales_loan_days)

    def _on_used(self):
        self.filtered(lambda request: request.kind == 'loan')._take_from_customer()
        self.line_ids._note_used()
        done = self.filtered(lambda request: not request.quantity_to_return)
        done.write({'state': 'closed', 'date_closed': fields.Datetime.now()})
        for company, requests in (self - done).grouped('company_id').items():
            requests._plan_return(company.aftersales_part_return_days)

    def _on_returning(self):
        self._create_returns()

    def _on_closed(self):
        self._validate_returns()
        self.activity_unlink(['mail.mail_activity_data_todo'])

    def _on_cancelled(self):
        # as superuser: the step was checked, and who asks owns no stock rights
        self.picking_ids.filtered(lambda picking: picking.state != 'done').action_cancel()
        self._get_running_clocks()._void()
        self.order_id._go_on_with_parts()

    def _on_order_ended(self, target):
        """Settle the requests of orders that are done or called off; called as superuser."""
        waiting = self.filtered(lambda request: request.state in ('draft', *WAITING_STATES))
        if waiting:
            waiting._set_state('cancelled')
        held = self.filtered(lambda request: request.state == 'handed_over')
        done = held.filtered(lambda request: request.kind == 'work')
        if done:
            done._set_state('used')
        for company, requests in (held - done).grouped('company_id').items():
            requests._plan_return(company.aftersales_part_return_days)

    def _plan_return(self, days):
        """Remind who has the parts of the day by which they come back."""
        day = fields.Date.context_today(self) + timedelta(days=days)
        self.date_return_due = day
        for request in self.filtered(lambda request: request.user_id._is_internal()):
            request.activity_schedule(
                'mail.mail_activity_data_todo', day, user_id=request.user_id.id,
                summary=request.with_context(lang=request.user_id.lang).env._(
                    "Give Parts Back"))

    def _tell(self, user, words):
        """Send a person a notification of this one request."""
        self.ensure_one()
        self.message_notify(
            partner_ids=user.partner_id.ids, subject=self.display_name, body=words)

    # === PROMISE OF A DAY === #

    @api.model
    def _get_clock_kinds(self):
        return super()._get_clock_kinds() | {'part_eta'}

    def _get_alert_users(self, recipient, clock):
        if recipient == 'handler':
            return self.company_id._get_people_in(STOREKEEPER)
        return super()._get_alert_users(recipient, clock)

    def _on_date_known(self):
        """Keep the promise to name a day; the orders show it at once."""
        self._get_running_clocks()._stop(fields.Datetime.now())
        # who names the day may write the request; the order shows what follows from it
        self.sudo().order_id._note_parts_wait()

    @api.model
    def _request_parts(self, vals, lines):
        """Make and send a request as superuser, for a person whom a page or phone let in.

        Hook to call: by phones and pages after their own check of who asks, as any user, for one
        request, which is returned as superuser. ``env.user`` asks.

        :param vals: values of the request
        :param lines: ``[(product, quantity)]``
        :raise UserError: a quantity that is none
        """
        if not lines or any(not 0 < quantity < 10_000 for __, quantity in lines):
            raise UserError(self.env._("Say how many pieces you need, 1 or more."))
        # the page or phone checked who asks; portal users own no rights on requests
        request = self.sudo().create({
            'user_id': self.env.uid, **vals, 'line_ids': [
                fields.Command.create({'product_id': product.id, 'quantity': quantity})
                for product, quantity in lines]})
        request._set_state('requested')
        return request
