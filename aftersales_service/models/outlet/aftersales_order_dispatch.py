from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import AGENT, DISPATCHER, TECHNICIAN


class AftersalesOrder(models.Model):
    """The second step of dispatch (派工): which technician does the order."""

    _inherit = 'aftersales.order'

    technician_id = fields.Many2one(
        domain=lambda self: self._get_people_domain(),
        group_expand='_group_expand_technician_id')
    can_be_taken = fields.Boolean(compute='_compute_can_be_taken')

    def _compute_can_be_taken(self):
        free = self.filtered(
            lambda order: order.offer_state == 'accepted' and not order.technician_id
            and not order.is_closed)
        served = set(self.env.user._get_served_outlet_ids() if free else ())
        for order in self:
            # whether an outlet lets its people help themselves is no secret to them
            order.can_be_taken = (
                order in free and order.outlet_id.id in served
                and order.outlet_id.sudo().is_pull_allowed)

    @api.constrains('technician_id', 'outlet_id', 'company_id')
    def _check_technician_outlet(self):
        """Show an order to technicians of its company and people of its outlet only."""
        self.filtered('technician_id')._check_people('technician_id')

    @api.model
    def _get_people_domain(self):
        """Return the domain of own technicians and people of outlets, for the choice in forms."""
        role_id = self.env['ir.model.data']._xmlid_to_res_id(TECHNICIAN)
        return (f"[('company_ids', 'in', company_id), '|', ('all_group_ids', 'in', {role_id}), "
                "('aftersales_outlet_ids', '!=', False)]")

    def _check_people(self, name):
        """Refuse people in field ``name`` who may not do the orders, also as superuser.

        They see the customer's name and address on the phone.
        """
        for orders in self.grouped(
                lambda order: (order[name], order.outlet_id, order.company_id)).values():
            order = orders[0]
            if not order._can_be_done_by(order[name]):
                # who may choose people for the order may know their names
                raise ValidationError(self.env._(
                    "%(technician)s is neither a technician of the company nor works for the "
                    "outlet of order %(order)s: choose one of them.",
                    technician=order[name].sudo().name, order=order.name or self.env._("New")))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered('technician_id')._accept_for_technicians()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if vals.get('technician_id'):
            self._accept_for_technicians()
        return result

    # === ACTIONS === #

    def action_assign_technician(self):
        """Give orders without a technician to the one with the fewest orders that day."""
        self.check_access('write')
        orders = self.filtered(lambda order: not order.technician_id and not order.is_closed)
        suggestions = orders._suggest_technicians()
        orders._assign_technicians(suggestions)
        orders._refuse_where(
            lambda order: order not in suggestions,
            self.env._(
                "No technician who may do these orders is free that day; choose another day"))

    def action_take(self, date_planned=False):
        """Take orders of one's outlet that have no technician yet (抢单).

        :param date_planned: the time agreed on with the customer, in UTC; without one it is
            agreed on later, and the visit is planned then
        """
        orders = self._ensure_serves()
        user = self.env.user
        if not all(
                order.outlet_id.is_pull_allowed and user in order._get_eligible_technicians()
                for order in orders):
            raise AccessError(self.env._("These orders are not yours to take."))
        orders._ensure_free_to_move()
        orders._refuse_where(
            'technician_id', self.env._("Somebody else was faster and took these orders"))
        orders._refuse_where(
            lambda order: order.is_closed or order.offer_state != 'accepted',
            self.env._("These orders are not free to be taken"))
        orders._give_to(user, date_planned)

    def action_hand_over(self, reason, technician_id=False):
        """Give orders to a colleague, or back to the outlet, for a reason."""
        orders = self._ensure_serves()
        if not (reason or '').strip():
            raise UserError(self.env._("Give the reason for handing the orders over."))
        orders._ensure_may_assign()
        # _ensure_may_assign checked the user; _can_be_handed_to checks the technician below
        technician = self.env['res.users'].sudo().browse(technician_id or [])
        orders._ensure_free_to_move()
        orders.offer_id._ensure_in_time()  # who gets the order accepts it
        orders._refuse_where(
            lambda order: order.state == 'on_site',
            self.env._("The work has begun; plan another visit for these orders instead"))
        orders._refuse_where(
            lambda order: technician and not order._can_be_handed_to(technician),
            self.env._(
                "The colleague does not work for the outlet of these orders, or is no "
                "technician"))
        orders._message_log_batch({
            order.id: self.env._(
                "Handed over from %(giver)s to %(taker)s: %(reason)s",
                giver=order.technician_id.name or "–", taker=technician.name or "–",
                reason=reason.strip())
            for order in orders})
        if not technician:
            # no technician goes: the visit leaves the calendar and the phone
            orders.filtered(lambda order: order.state == 'dispatched')._set_state('scheduled')
        orders.technician_id = technician

    def action_dispatch_to(self, technician_id, date_planned=False):
        """Give orders without a technician to one of their outlet, as its manager.

        :param date_planned: the time agreed on with the customer, in UTC; if not given,
            the planned time stays
        """
        orders = self._ensure_serves()
        orders._ensure_may_assign()
        # _ensure_may_assign checked the user; _get_eligible_technicians names whom they may choose
        technician = self.env['res.users'].sudo().browse(technician_id)
        orders._ensure_free_to_move()
        orders.offer_id._ensure_in_time()  # who gets the order accepts it
        orders._refuse_where(
            lambda order: order.technician_id or order.is_closed,
            self.env._("These orders have a technician already"))
        orders._refuse_where(
            lambda order: technician not in order._get_eligible_technicians(),
            self.env._("The technician does not work for the outlet of these orders"))
        orders._give_to(technician, date_planned)

    def action_open_decline(self):
        """Ask for the reason for which an outlet declines."""
        return self._open_reason('decline', self.env._("Decline the Offer"))

    def action_open_hand_over(self):
        """Ask for the reason and the next technician."""
        return self._open_reason('hand_over', self.env._("Hand Over"))

    def action_open_reject(self):
        """Ask why a request is not eligible."""
        return self._open_reason('reject', self.env._("Reject"))

    def action_open_cancel(self):
        """Ask why the orders are called off."""
        return self._open_reason('cancel', self.env._("Cancel the Order"))

    def action_open_plan_again(self):
        """Ask why a further visit is needed."""
        return self._open_reason('plan_again', self.env._("Plan Again"))

    def _open_reason(self, kind, name):
        return {
            'type': 'ir.actions.act_window', 'name': name, 'target': 'new',
            'res_model': 'aftersales.dispatch.reason', 'view_mode': 'form',
            'context': {'default_order_ids': self.ids, 'default_kind': kind},
        }

    # === RULES === #

    def _accept_for_technicians(self):
        """Record that an outlet has the orders its technicians were given: it is not asked.

        Without an accepted offer the people of the outlet would not see the order.
        """
        # create and write checked the right to choose; offers are written by this flow only
        orders = self.sudo().filtered('outlet_id')
        orders.offer_id.filtered(lambda offer: offer.state == 'offered')._answer('accepted')
        unasked = orders.filtered(
            lambda order: order.offer_state != 'accepted'
            and order.technician_id in order.outlet_id._get_people())
        unasked._create_offers(
            {order: order.outlet_id for order in unasked}, is_accepted=True)

    def _ensure_may_assign(self):
        """Leave the orders of colleagues to the manager of the outlet and to the desk.

        Called as superuser, after ``_ensure_serves``.
        """
        user = self.env.user
        if self.sudo(False).has_access('write'):
            return
        if not all(user in (order.technician_id | order.outlet_id.manager_id
                            | order.outlet_id.parent_id.manager_id) for order in self):
            raise AccessError(self.env._("These are not your orders."))

    def _get_eligible_technicians(self, outlet=None):
        """Return the users who may do this order; other modules ask for skills.

        An order of an outlet is for its people, another one for the own technicians.

        :param outlet: that the order is about to move to
        """
        self.ensure_one()
        outlet = (outlet or self.outlet_id).sudo()  # who dispatches knows the people
        if outlet:
            people = outlet._get_people()
        else:
            people = self._get_company_technicians()
        return people.filtered('active').sudo(self.env.su)

    def _get_company_technicians(self):
        """Return the own technicians of the order's company, leads among them, as superuser."""
        self.ensure_one()
        # who dispatches knows the people
        return self.env.ref(TECHNICIAN).sudo().all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids)

    def _get_everyday_technicians(self, outlet=None):
        """Return who is proposed for this order.

        Leads and administrators may do visits, too: they are asked where no technician is.
        """
        people = self._get_eligible_technicians(outlet)
        if outlet or self.outlet_id:
            return people
        role = self.env.ref('aftersales_service.group_aftersales_technician').sudo()
        return people & role.user_ids or people

    def _can_be_done_by(self, technician, outlet=None):
        """Return whether ``technician`` may do this order; own staff helps every outlet."""
        return technician in self._get_eligible_technicians(outlet) or (
            technician in self._get_company_technicians())

    def _can_be_handed_to(self, technician):
        """Return whether the current user may hand this order to ``technician``.

        Who does visits hands it to colleagues of the same team: the people of the order's
        outlet, else the own technicians. The desk may ask own staff to help an outlet.
        """
        user = self.env.user
        is_desk = user.has_group(DISPATCHER) or (
            user.has_group(AGENT) and not user.has_group(TECHNICIAN))
        # superuser of code that no user called, not the one of _ensure_serves
        if is_desk or user._is_superuser():
            return self._can_be_done_by(technician)
        return technician in self._get_eligible_technicians()

    def _suggest_technicians(self, outlet=None, date_planned=None):
        """Return the technician with the fewest open orders that day, by order.

        Those with all skills go before those who lack one. People who may not do the order,
        or are absent that day, are left out; each suggestion counts as load for the next
        order. An order that has no such person is not in the result.

        :param outlet: that the orders are about to move to
        :param date_planned: that the orders are about to get
        """
        eligible = {order: order._get_everyday_technicians(outlet) for order in self}
        people = self.env['res.users'].union(*eligible.values())
        days = {order._get_capacity_day(date_planned) for order in self}
        absent = people._get_absences(days, self.company_id)
        loads = self._count_load(people, days)
        unqualified = self._get_unqualified(people, date_planned)
        suggestions, visitors = {}, {}
        for order in self:
            day = order._get_capacity_day(date_planned)
            place = order.site_id and (order.partner_id, order.site_id, day)
            lacks = unqualified[order]
            present = eligible[order].filtered(
                lambda user, day=day, order=order, lacks=lacks: (user.id, day) not in absent
                and not order._get_binding(lacks[user]))
            if present:
                visitor = visitors.get(place)
                technician = min(present, key=lambda user, day=day, lacks=lacks, visitor=visitor: (
                    len(lacks[user]), user != visitor, loads.get((user.id, day), 0), user.id))
                visitors.update({place: technician} if place else {})
                loads[technician.id, day] = loads.get((technician.id, day), 0) + 1
                suggestions[order] = technician
        return suggestions

    @api.model
    def _count_load(self, technicians, days):
        """Return the open orders by technician id and day, seen by the user or not."""
        groups = self.sudo()._read_group(
            [('technician_id', 'in', technicians.ids), ('capacity_day', 'in', list(days)),
             ('date_closed', '=', False), ('date_done', '=', False)],
            ['technician_id', 'capacity_day:day'], ['__count'])
        return {(technician.id, day): count for technician, day, count in groups}

    def _give_to(self, technician, date_planned=False):
        """Hand orders to a technician, note who did, and dispatch what is ready.

        Called as superuser, after the check of the action.
        """
        vals = {'technician_id': technician.id}
        if date_planned:
            vals['date_planned'] = self._read_planned_time(date_planned)
            # a time that stays was agreed on before
            self.filtered(
                lambda order: order.date_planned != vals['date_planned'],
            )._ensure_time_possible(vals['date_planned'])
        self.write(vals)
        # a person chose, though superuser wrote; the write noted what is only warned of
        self._ensure_qualified(is_person=True)
        self._message_log_batch(dict.fromkeys(self.ids, self.env._(
            "Given to %(technician)s by %(user)s.",
            technician=technician.name, user=self.env.user.name)))
        self._move_on_to_dispatched()

    def _assign_technicians(self, technician_by_order, **vals):
        """Write the technicians, one write for each of them, and ``vals`` to all orders."""
        assigned = self.filtered(lambda order: order in technician_by_order)
        for technician, orders in assigned.grouped(technician_by_order.get).items():
            orders.write({'technician_id': technician.id, **vals})
        if vals:
            (self - assigned).write(vals)

    def _move_on_to_dispatched(self):
        """Move orders that have all it takes on to Dispatched, step by step."""
        ready = self.filtered(
            lambda order: order.technician_id and order.partner_id
            and (order.date_planned or not order.type_id._needs_visit()))
        for target in ('assessed', 'scheduled', 'dispatched'):
            ready.filtered(
                lambda order, target=target: order.next_state == target)._set_state(target)
