from odoo import api, fields, models

from ...tools.order_flow import FINAL_STATES, MAIN_LINE
from ..base.roles import TEAM_LEAD

# clock -> (state that starts it, state that keeps the promise)
CLOCK_STATES = {
    'answer': ('registered', 'assessed'),
    'assess': ('registered', 'assessed'),
    'arrive': ('registered', 'on_site'),
    'repair': ('on_site', 'done'),
    'close': ('registered', 'closed'),
}
# the clock of a question to the head office; no state starts or stops it
HEAD_OFFICE = 'head_office'
# what may change the times that an order is promised
_PROMISED_BY = frozenset({'severity', 'type_id', 'partner_id', 'site_id', 'zone_id'})
# between the work and the end of an order no promise begins or ends
_QUIET_STATES = frozenset({'signed', 'followed_up'})


class AftersalesOrder(models.Model):
    """The promises of an order: to answer, assess, arrive, repair and close in time."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.clock.mixin']
    _order = 'severity desc, date_deadline, id desc'

    zone_id = fields.Many2one(
        'aftersales.zone', compute='_compute_zone_id', store=True, readonly=False,
        precompute=True, help="The farther, the longer the promise.")

    _order_idx = models.Index('(severity DESC, date_deadline, id DESC)')
    # the board: each column's number and its first orders come from this index alone
    _board_idx = models.Index(
        '(stage_id, severity DESC, date_deadline, id DESC)'
        ' INCLUDE (company_id, user_id, technician_id, create_uid)'
        ' WHERE date_closed IS NULL AND active IS TRUE')

    @api.depends('site_id')
    def _compute_zone_id(self):
        """Find the zone of the state; where none is, one chosen by hand stays."""
        states = self.site_id.state_id
        zones = states and self.env['aftersales.zone'].search([('state_ids', 'in', states.ids)])
        for order in self:
            state = order.site_id.state_id
            found = zones and state and zones.filtered(
                lambda zone, state=state: state in zone.state_ids)[:1]
            order.zone_id = found or order.zone_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._start_clocks({
            order: order._get_clocks_to_start(order.date_event) for order in orders})
        return orders

    def write(self, vals):
        if not vals.keys() & _PROMISED_BY:
            return super().write(vals)
        facts = {order: order._get_clock_facts() for order in self}
        result = super().write(vals)
        self.filtered(
            lambda order: not order.is_closed and order._get_clock_facts() != facts[order]
        )._renew_promises()
        return result

    # === ACTIONS === #

    def action_start_clocks(self):
        """Promise the times in force to open orders that lack them, from the call on.

        Running promises stay as they are: this is for opening data, and for promised
        times that came later than the orders.
        """
        self.check_access('write')
        self._start_missing_clocks(
            self._get_running_clocks(), {order: order.date_event for order in self})

    # === RULES === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target in _QUIET_STATES:
            return
        if target in FINAL_STATES:
            self.filtered('is_paused')._resume_clocks()  # else it stands still once reopened
        clocks = self._get_running_clocks()
        if target in ('rejected', 'cancelled'):
            kinds = self._get_clock_kinds()
            clocks.filtered(lambda clock: clock.kind in kinds)._void()
        else:
            now = fields.Datetime.now()
            clocks.filtered(lambda clock: self._is_promise_kept(clock.kind, target))._stop(now)
            self._start_missing_clocks(clocks, dict.fromkeys(self, now))

    def _pause_clocks(self, *args, **kwargs):
        self._refuse_where('is_closed', self.env._("These orders are closed; reopen them first"))
        return super()._pause_clocks(*args, **kwargs)

    def _start_missing_clocks(self, clocks, starts):
        """Start and return the clocks that belong to the present state and do not run yet.

        :param dict starts: ``{order: instant}``
        """
        known = {(clock.res_id, clock.kind) for clock in clocks}
        kinds = {
            order: [(kind, start) for kind, start in order._get_clocks_to_start(starts[order])
                    if (order.id, kind) not in known]
            for order in self}
        starting = self.filtered(kinds.get)
        if starting:
            # whose promise it is, and who moves the order, the author of its note
            (starting.partner_id | starting.site_id | self.env.user.partner_id).fetch()
        return self._start_clocks(kinds)

    def _renew_promises(self):
        """Promise the times that hold for what the orders became: urgent, far away, a question.

        They count from the call on, as if the order had been so from the beginning. A promise
        that is late by now stays late, unless a team lead corrects what it followed from.
        """
        clocks = self._get_running_clocks()
        facts = {order.id: order._get_clock_facts() for order in self}
        kinds = {order.id: dict(order._get_clocks_to_start(order.date_event)) for order in self}
        known, by_state = self._get_clock_kinds(), self._get_clock_states()
        changed = clocks.browse()
        may_correct = self.env.su or self.env.user.has_group(TEAM_LEAD)
        for clock in clocks.filtered(lambda clock: clock.kind in known and clock.unit != 'date'):
            promise = self.env['aftersales.clock.target']._find(
                self._name, clock.kind, *facts[clock.res_id])
            if not promise or (clock.kind in by_state and clock.kind not in kinds[clock.res_id]):
                clock._void()
            elif promise != clock._get_promise() and (may_correct or not clock._is_late()):
                clock.write({
                    'duration': promise.duration, 'unit': promise.unit,
                    'calendar_id': promise.calendar_id, 'is_fixed': promise.is_fixed,
                    'percent_alerted': 0})
                changed |= clock
        self._start_missing_clocks(clocks, {order: order.date_event for order in self})
        changed._reschedule()

    @api.model
    def _is_promise_kept(self, kind, state):
        """Whether an order in ``state`` has done what the clock ``kind`` promised."""
        if state in FINAL_STATES:
            return kind in self._get_clock_kinds()
        __, last = self._get_clock_states().get(kind, (None, None))
        return bool(last) and MAIN_LINE.index(state) >= MAIN_LINE.index(last)

    @api.model
    def _get_clock_kinds(self):
        return super()._get_clock_kinds() | {*self._get_clock_states(), HEAD_OFFICE}

    @api.model
    def _get_clock_states(self):
        """Return ``{kind: (state that starts the clock, state that keeps the promise)}``.

        Hook: called by each step and each renewal of promises, as any user or superuser, on the
        model or a batch; it reads no records, for it is called often. A module adds a kind that
        follows the states of orders by ``super() | {…}``. Raises nothing.
        """
        return CLOCK_STATES

    def _get_clocks_to_start(self, start):
        """Return ``[(kind, start)]`` of the clocks that run in the order's state.

        A promise is made only for what the order's type does; customers who call or come to
        the counter are answered at once. What begins later than the call begins now.
        """
        self.ensure_one()
        if self.state not in MAIN_LINE or self.state in FINAL_STATES:
            return []
        steps = self.type_id._get_steps()
        answered = self.channel in ('phone', 'counter')
        position = MAIN_LINE.index(self.state)
        now = fields.Datetime.now()
        return [
            (kind, start if first == 'registered' else now)
            for kind, (first, last) in self._get_clock_states().items()
            if MAIN_LINE.index(first) <= position < MAIN_LINE.index(last)
            and last in steps and not (kind == 'answer' and answered)
            and not (kind == 'repair' and not self.type_id._get_setting('has_repair'))]

    def _get_clock_facts(self):
        facts, factor = super()._get_clock_facts()
        grade_id, wider = self._get_customer_factor(
            self.partner_id, self.company_id, self.event_day, self.site_id.state_id)
        return facts | {
            'severity': self.severity, 'zone': self.zone_id.id, 'type': self.type_id.id,
            'grade': grade_id}, factor * wider

    def _get_alert_users(self, recipient, clock):
        if recipient != 'handler':
            return super()._get_alert_users(recipient, clock)
        if clock.kind == HEAD_OFFICE:  # they answer
            return self._get_alert_users('lead', clock)
        return self.technician_id or self.user_id or self.env.user

    def _on_clock_alert(self, clock, alert):
        """Each lead has an activity for the question to the head office already."""
        if clock.kind != HEAD_OFFICE:
            return super()._on_clock_alert(clock, alert)
        return self._notify_clock_alert(
            clock, alert, self._get_alert_users(alert.recipient, clock))
