from odoo import api, fields, models
from odoo.exceptions import UserError

from .aftersales_order_appointment import BEGUN_STATES


class AftersalesDispatch(models.TransientModel):
    """Gives many orders an outlet, a technician and a day in one go.

    What is left empty stays as it is. Work that has begun or waits, consultations, and what was
    agreed with the customer are left alone and listed with the reason; who says why moves a time
    that was agreed or takes an order from its technician. The others are done, and listed.
    """

    _name = 'aftersales.dispatch'
    _description = "Bulk Dispatch"
    _inherit = 'aftersales.link.access.mixin'

    order_ids = fields.Many2many(
        'aftersales.order', string="Service Orders", link_access='write',
        default=lambda self: self.env.context.get('active_ids'))
    order_count = fields.Integer(string="Orders", compute='_compute_order_count')
    company_id = fields.Many2one('res.company', compute='_compute_order_count')
    outlet_id = fields.Many2one(
        'aftersales.outlet',
        domain="[('state', '=', 'active'), ('company_id', '=', company_id)]",
        help="The orders are offered to this outlet; other outlets lose them.")
    technician_choice = fields.Selection(
        [('keep', "Leave as it is"), ('load', "Fewest orders that day"),
         ('person', "This person")],
        string="Technician", default='keep', required=True)
    technician_id = fields.Many2one(
        'res.users', string="Person",
        domain="[('id', 'in', eligible_ids)]")
    eligible_ids = fields.Many2many('res.users', compute='_compute_eligible_ids')
    skill_note = fields.Char(compute='_compute_skill_note')
    date_planned = fields.Datetime(string="Planned for")
    is_moved_on = fields.Boolean(
        string="Mark as Dispatched", default=True,
        help="Orders that have all it takes move on to the stage Dispatched.")
    reason = fields.Char(
        help="Written into the orders' histories. With a reason, times that were agreed and "
             "technicians that were sent may change.")
    state = fields.Selection([('draft', "Draft"), ('done', "Done")], default='draft')
    is_chosen = fields.Boolean(compute='_compute_is_chosen')
    done_count = fields.Integer(string="Changed", readonly=True)
    sent_count = fields.Integer(string="Dispatched", readonly=True)
    waiting_note = fields.Char(readonly=True)
    done_ids = fields.Many2many(
        'aftersales.order', 'aftersales_dispatch_done_rel', 'dispatch_id', 'order_id',
        string="Changed Orders", readonly=True, link_access='read')
    refusal_ids = fields.One2many(
        'aftersales.dispatch.refusal', 'dispatch_id', string="Not Dispatched", readonly=True)

    @api.depends('order_ids')
    def _compute_order_count(self):
        for wizard in self:
            wizard.order_count = len(wizard.order_ids)
            wizard.company_id = wizard.order_ids.company_id[:1] or self.env.company

    @api.depends('outlet_id', 'technician_choice', 'technician_id', 'date_planned')
    def _compute_is_chosen(self):
        for wizard in self:
            wizard.is_chosen = bool(
                wizard.outlet_id or wizard.date_planned or wizard.technician_id
                or wizard.technician_choice == 'load')

    @api.depends('order_ids', 'technician_id', 'technician_choice', 'date_planned')
    def _compute_skill_note(self):
        """Warn of a person who lacks what the work asks for, before it is refused or done."""
        for wizard in self:
            is_person = wizard.technician_choice == 'person' and wizard.technician_id
            wizard.skill_note = is_person and wizard.order_ids._format_unqualified(
                wizard.technician_id, wizard.date_planned)

    @api.depends('order_ids', 'outlet_id')
    def _compute_eligible_ids(self):
        """Offer who may do one of the orders: technicians, and the people of the outlets."""
        for wizard in self:
            wizard.eligible_ids = self.env['res.users'].union(*(
                order._get_eligible_technicians(wizard.outlet_id)
                | order._get_company_technicians() for order in wizard.order_ids))

    # === ACTIONS === #

    def action_dispatch(self):
        """Dispatch what can be, and show what was refused and why."""
        self.ensure_one()
        self._ensure_complete()
        refusals = self._find_refusals()
        orders = self.order_ids.filtered(lambda order: order not in refusals)
        technicians = self._choose_technicians(orders, refusals)
        orders = orders.filtered(lambda order: order not in refusals)
        times = self._choose_times(orders, technicians, refusals)
        orders = orders.filtered(lambda order: order not in refusals)
        self._write_orders(orders, technicians, times)
        self.write({
            'state': 'done', 'done_count': len(orders),
            'sent_count': len(orders.filtered(lambda order: order.state == 'dispatched')),
            'waiting_note': self._format_waiting(orders),
            'done_ids': [fields.Command.set(orders.ids)],
            'refusal_ids': [
                fields.Command.create({'order_id': order.id, 'reason': reason})
                for order, reason in refusals.items()]})
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Bulk Dispatch"),
            'res_model': self._name, 'res_id': self.id, 'view_mode': 'form', 'target': 'new',
            'context': {'dialog_size': 'extra-large'}}

    def _format_waiting(self, orders):
        """Say how many of the changed orders are not dispatched, and what they lack."""
        if not self.is_moved_on:
            return False
        waiting = orders.filtered(lambda order: order.state != 'dispatched')
        if not waiting:
            return False
        lacking = [
            (self.env._("customer"), waiting.filtered(lambda order: not order.partner_id)),
            (self.env._("technician"), waiting.filtered(lambda order: not order.technician_id)),
            (self.env._("time"), waiting.filtered(
                lambda order: not order.date_planned and order.type_id._needs_visit()))]
        words = [self.env._("%(count)s without %(what)s", count=len(found), what=what)
                 for what, found in lacking if found]
        complete = waiting - waiting.browse().union(*(found for __, found in lacking))
        stages = dict(waiting._fields['state']._description_selection(self.env))
        for (state, has_stage), found in complete.grouped(lambda order: (
                order.state, 'dispatched' in order.type_id._get_steps())).items():
            place = {'orders': ", ".join(found.mapped('name')), 'stage': stages[state]}
            words.append(self.env._(
                "%(orders)s at the stage %(stage)s, from where the next step is not a dispatch",
                **place) if has_stage else self.env._(
                "%(orders)s at the stage %(stage)s: orders of this type are not dispatched",
                **place))
        return self.env._(
            "%(count)s orders were changed and are not dispatched: %(reasons)s. Select "
            "once more those that lack something, and add it.", count=len(waiting),
            reasons="; ".join(words))

    # === RULES === #

    def _ensure_complete(self):
        limit = self.company_id.aftersales_dispatch_limit
        if len(self.order_ids) > limit:
            raise UserError(self.env._(
                "Select at most %(limit)s orders; these are %(count)s.",
                limit=limit, count=len(self.order_ids)))
        if self.outlet_id and self.outlet_id.state != 'active':
            raise UserError(self.env._(
                "Outlet %(outlet)s is not active.", outlet=self.outlet_id.name))
        if self.technician_choice == 'person' and not self.technician_id:
            raise UserError(self.env._("Choose the person who is to do the orders."))
        if not (self.outlet_id or self.date_planned or self.technician_choice != 'keep'):
            raise UserError(self.env._("Choose an outlet, a technician or a day."))

    def _find_refusals(self):
        """Return the reason by order for those that cannot be dispatched as asked."""
        orders = self.order_ids
        writable = orders._filtered_access('write')
        free = writable.try_lock_for_update(allow_referencing=True)
        refusals = {}
        for order in orders:
            if order not in writable:
                refusals[order] = self.env._("You may not change this order.")
            elif order not in free:
                refusals[order] = self.env._("Somebody else is working on it right now.")
            elif order.is_closed or order.date_done:
                refusals[order] = self.env._("Its work is finished.")
            elif reason := self._find_obstacle(order):
                refusals[order] = reason
            elif self.outlet_id and self.outlet_id.company_id != order.company_id:
                refusals[order] = self.env._("It belongs to another company.")
        self._refuse_where_full(orders.filtered(lambda order: order not in refusals), refusals)
        return refusals

    def _find_obstacle(self, order):
        """Return why an open order is left alone; ``None`` if nothing speaks against it."""
        if order.state in BEGUN_STATES:
            return self.env._("Its work has begun; plan another visit on the order.")
        if order.is_paused:
            return self.env._("It is on hold; resume it first.")
        if order.is_consultation:
            return self.env._("It is a consultation: somebody of the desk answers it.")
        if (self.reason or '').strip():
            return None
        if self.date_planned and order.date_planned and order.date_planned != self.date_planned:
            return self.env._(
                "Its time was agreed: %(time)s. Give a reason to move it.",
                time=order._format_for_customer(order.date_planned))
        if (order.state == 'dispatched' and order.technician_id and (
                self.technician_choice == 'person' and self.technician_id != order.technician_id)):
            return self.env._(
                "%(technician)s was sent already. Give a reason to send somebody else.",
                technician=order.technician_id.name)
        return None

    def _refuse_where_full(self, orders, refusals):
        """Refuse orders for which their outlet has no room on the day, one after another."""
        if not (self.outlet_id or self.date_planned):
            return
        outlets = self.outlet_id or orders.outlet_id
        books = outlets._open_books(
            {order._get_capacity_day(self.date_planned) for order in orders})
        given = outlets.browse()
        for order in orders:
            outlet = self.outlet_id or order.outlet_id
            day = order._get_capacity_day(self.date_planned)
            categories = order._get_category_ids()
            if not outlet or self._has_place(order, outlet, day):
                continue
            if books[outlet.id].has_room(day, categories):
                books[outlet.id].use(day, categories)
                given |= outlet
            else:
                refusals[order] = self.env._(
                    "%(outlet)s is full on %(day)s.", outlet=outlet.name,
                    day=fields.Date.to_string(day))
        given._claim_room(books)

    def _has_place(self, order, outlet, day):
        """Return whether the order takes a place of the outlet on that day already."""
        return (order.outlet_id == outlet and order.capacity_day == day
                and order.offer_state in ('offered', 'accepted'))

    def _choose_technicians(self, orders, refusals):
        """Return the technician by order; those for whom none is found are refused."""
        if self.technician_choice == 'keep':
            # a technician who stays is judged on the new day
            staying = self.date_planned and (orders - self._get_moved(orders)).filtered(
                'technician_id')
            self._refuse_unqualified({
                order: order.technician_id for order in staying or ()}, refusals)
            return {}
        if self.technician_choice == 'load':
            # who was sent goes, unless the order moves to another outlet
            kept = {
                order: order.technician_id for order in orders
                if order.state == 'dispatched' and order.technician_id
                and order._can_be_done_by(order.technician_id, self.outlet_id)}
            chosen = kept | orders.filtered(
                lambda order: order not in kept)._suggest_technicians(
                    self.outlet_id, self.date_planned)
        else:
            chosen = {
                order: self.technician_id for order in orders
                if order._can_be_done_by(self.technician_id, self.outlet_id)}
        if self.technician_choice == 'person':
            self._refuse_unqualified(chosen, refusals)
        for order in orders:
            if order not in chosen and order not in refusals:
                refusals[order] = (
                    self.env._("No technician who may do it is free that day.")
                    if self.technician_choice == 'load'
                    else self.env._("%(technician)s does not work for its outlet.",
                                    technician=self.technician_id.name))
        return chosen

    def _refuse_unqualified(self, chosen, refusals):
        """Take the orders out of ``chosen`` that their person may not do, with the reasons."""
        orders = self.env['aftersales.order'].union(*chosen)
        people = self.env['res.users'].union(*chosen.values())
        for order, reasons in orders._get_unqualified(people, self.date_planned).items():
            technician = chosen[order]
            if binding := order._get_binding(reasons[technician]):
                del chosen[order]
                refusals[order] = self.env._(
                    "%(technician)s may not do it: %(reasons)s.", technician=technician.name,
                    reasons=[reason.words for reason in binding])

    def _get_moved(self, orders):
        """Return those of the orders that go to another outlet; they lose their technician."""
        return orders.filtered(
            lambda order: self.outlet_id and (
                order.outlet_id != self.outlet_id
                or order.offer_state not in ('offered', 'accepted')))

    def _choose_times(self, orders, technicians, refusals):
        """Return ``{order: when it is planned for}``; empty where the day stays.

        Hook: called by ``action_dispatch`` for the batch after the technicians were chosen, as the
        user who dispatches; a module that finds no time for an order takes it out and names the
        reason in ``refusals``. Raises nothing.

        :param technicians: ``{order: technician}`` of those who get another one
        """
        return dict.fromkeys(orders, self.date_planned) if self.date_planned else {}

    def _write_orders(self, orders, technicians, times):
        """Write each value once for all orders that get it, then move the orders on."""
        moved = self._get_moved(orders)
        for moment, planned in orders.grouped(times.get).items():
            day = {'date_planned': moment} if moment else {}
            if leaving := planned & moved:
                self._write_outlet(leaving, technicians, day)
                leaving._assign_technicians(technicians)
            # with the day: who is replaced is not judged on it
            (planned - moved)._assign_technicians(technicians, **day)
        if self.reason:
            orders._message_log_batch({order.id: self.reason for order in orders})
        if self.is_moved_on:
            orders._move_on_to_dispatched()

    def _write_outlet(self, moved, technicians, day):
        """Offer orders to the outlet; a chosen person accepts."""
        moved.write({'outlet_id': self.outlet_id.id, 'technician_id': False, **day})
        # the write above checked the right to the orders; offers are written by this flow only
        moved.sudo()._create_offers(
            dict.fromkeys(moved.sudo(), self.outlet_id), is_accepted=bool(technicians))
