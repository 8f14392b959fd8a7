from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_service.models.base.roles import MANAGER

# nothing left the store yet
WAITING_STATES = ('requested', 'ordered', 'reserved')
# the order waits for these parts
OPEN_STATES = (*WAITING_STATES, 'in_transit')
# the columns of the store's board
BOARD_STATES = (*OPEN_STATES, 'handed_over', 'returning')
FINAL_STATES = ('closed', 'cancelled')


class AftersalesPartRequest(models.Model):
    """Parts that a technician or an outlet asks the store for, until they are used or back.

    The request owns who asked, who handed over, who received, and when the parts come. The
    stock is core's: reservations, transfers, returns and purchases.
    """

    _name = 'aftersales.part.request'
    _description = "Part Request"
    _inherit = [
        'mail.thread', 'mail.activity.mixin', 'aftersales.state.mixin', 'aftersales.clock.mixin',
        'aftersales.mobile.mixin', 'aftersales.number.mixin', 'aftersales.revocation.mixin',
        'aftersales.legal.hold.part.mixin']
    _hold_field = 'order_id'
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
        index=True, protected=True, group_expand='_group_expand_state')

    # Who asks, and where the parts go
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        protected='after', link_access='write')
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

    is_receiver = fields.Boolean(compute='_compute_is_receiver')

    # === COMPUTES === #

    @api.depends('user_id', 'outlet_id')
    @api.depends_context('uid')
    def _compute_is_receiver(self):
        """Whether the current user confirms that the parts came; administrators may."""
        user = self.env.user
        is_manager = user.has_group(MANAGER)
        for request in self:
            request.is_receiver = is_manager or request._is_receiver(user)

    @api.model
    def _group_expand_state(self, states, domain):
        """Show the columns in which the store works, empty or not."""
        return [state for state in self._fields['state'].get_values(self.env)
                if state in states or state in BOARD_STATES]

    @api.depends('order_id')
    def _compute_kind(self):
        for request in self:
            request.kind = (
                'stock' if not request.order_id else 'loan' if request.kind == 'loan' else 'work')

    @api.depends('order_id')
    def _compute_user_id(self):
        for request in self:
            # who may request for an order may know its technician
            request.user_id = (
                request.order_id.sudo().technician_id or request.user_id or self.env.user)

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

    @api.model_create_multi
    def create(self, vals_list):
        # the ORM rounds the numbers of lines before it makes them
        for vals in vals_list:
            self._ensure_quantities(vals)
        return super().create(vals_list)

    @api.model
    def _ensure_quantities(self, vals):
        lines = self.env['aftersales.part.request.line']
        for command in vals.get('line_ids') or ():
            if len(command) > 2 and isinstance(command[2], dict):
                lines._ensure_quantities(command[2])

    def write(self, vals):
        self._ensure_quantities(vals)
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

    # === FROM PHONE AND PAGE === #

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
        unit = self.env.ref('uom.product_uom_unit', raise_if_not_found=False)
        for product, quantity in lines:
            if product.uom_id == unit and quantity != int(quantity):
                raise UserError(self.env._(
                    "%(part)s comes in whole pieces: ask for 1 or more.",
                    part=product.display_name))
        # the page or phone checked who asks; portal users own no rights on requests
        request = self.sudo().create({
            'user_id': self.env.uid, **vals, 'line_ids': [
                fields.Command.create({'product_id': product.id, 'quantity': quantity})
                for product, quantity in lines]})
        request._set_state('requested')
        return request
