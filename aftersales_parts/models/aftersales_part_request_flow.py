from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.aftersales_service.models.base.roles import DISPATCHER, MANAGER

from .aftersales_part_request import WAITING_STATES
from .roles import STOREKEEPER

# steps that the store takes; the others are the receiver's
STORE_STEPS = frozenset({'reserved', 'ordered', 'in_transit'})


class AftersalesPartRequest(models.Model):
    """The steps of a request: who takes them, what they ask for, what follows from them."""

    _inherit = 'aftersales.part.request'

    # === WHO === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if user.has_group(MANAGER):
            return result
        is_store = user.has_group(STOREKEEPER)
        if target == 'requested' and not (is_store or user.has_group(DISPATCHER)):
            self._ensure_own_stock(user)
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

    def _ensure_own_stock(self, user):
        """Refuse stock that ``user`` asks for in the name or for the place of a colleague."""
        # only whose van or store it is is read
        if any(request.kind == 'stock' and (
                request.user_id != user or (request.location_dest_id
                and not request.location_dest_id._is_own_place(user))) for request in self.sudo()):
            raise AccessError(self.env._(
                "You ask for stock of your own van or of your outlet's store: leave the other "
                "places to the storekeeper."))

    def _get_van_owners(self):
        """Return the technicians from whose vans these requests take parts."""
        owners = self.env['res.users']
        for place in self.sudo().line_ids.location_id:  # whose van it is
            owners |= place._get_van_owner().sudo(self.env.su)
        return owners

    def _is_receiver(self, user):
        """Whether ``user`` acts for who gets the parts of this one request.

        What goes to a van is its technician's, and the manager's of the outlet; what goes to
        the store of an outlet is that of all its people.
        """
        self.ensure_one()
        request = self.sudo()  # which outlet and place it is: the user reads none of them
        if user == request.user_id:
            return True
        outlet = request.outlet_id
        if not outlet or outlet.id not in user._get_served_outlet_ids():
            return False
        return user in (outlet | outlet.parent_id).manager_id or not request._is_for_van()

    def _is_for_van(self):
        """Whether the parts of this one request go to a technician, not to an outlet's store."""
        self.ensure_one()
        place = self._find_destination()
        return not place or bool(place._get_van_owner())

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
        self._ensure_no_old_number_is_bought()

    def _ensure_no_old_number_is_bought(self):
        """Refuse more of an old number than lies anywhere: the rest would be bought.

        :raise UserError: naming what is left, and what is ordered in its place
        """
        # who asks for a part may know what replaced it and where it lies
        chains = self.env['aftersales.part.supersession'].sudo()._read_chains(
            self.line_ids.product_id)
        for request in self.sudo() if chains else ():
            order, lines = request.order_id, request.line_ids
            # what replaced it for other units only stays the part of this one
            currents = lines.product_id._get_current_parts(order._get_unit() if order else None)
            levels = request._read_levels(lines.product_id)
            for line in lines:
                part, level = line.product_id, levels[line.product_id]
                left = max(level['outlet'], level['centre'], level['elsewhere'])
                if part.is_storable and part not in currents[part] and line.quantity > left:
                    raise UserError(self.env._(
                        "%(part)s was replaced and is not bought any more, %(left)g are left: "
                        "request no more than these, and the rest as %(names)s.",
                        part=part.display_name, left=left,
                        names=", ".join(currents[part].mapped('display_name'))))

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
        """Let the orders wait, promise a day of arrival, and tell the store what is urgent."""
        now = fields.Datetime.now()
        self._start_clocks({request: [('part_eta', now)] for request in self})
        self.line_ids._choose_places()
        self.filtered('date_expected')._on_date_known()
        self.order_id._wait_for_parts()
        for request in self.filtered(lambda request: request.urgency == 'urgent'):
            for keeper in request.company_id._get_people_in(STOREKEEPER) - self.env.user:
                request._tell(keeper, request.with_context(lang=keeper.lang).env._(
                    "%(technician)s needs parts urgently: %(parts)s.",
                    technician=request.user_id.name,
                    parts=", ".join(request.line_ids.mapped('display_name'))))

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
