from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.order_flow import FINAL_STATES, next_state, reachable_states
from .aftersales_stage import STATES

# what the status bar of a small firm leaves out, unless an order is there
PASSED_STATES = frozenset({'assessed', 'signed'})


class AftersalesOrder(models.Model):
    """The way of an order through its stages, and what each state asks for.

    ``write`` of the state mixin guards every move: buttons, drag and drop, imports and RPC.
    """

    _inherit = 'aftersales.order'
    _stage_field = 'stage_id'
    _STAMPS = {'done': 'date_done'}

    stage_id = fields.Many2one(
        'aftersales.stage', compute='_compute_stage_id', store=True, readonly=False,
        precompute=True, required=True, index=True, ondelete='restrict', copy=False,
        tracking=True, group_expand='_read_group_expand_full')
    # the index serves the filter “Sheet Not Filed”: few of all orders
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, precompute=True, index=True)
    is_closed = fields.Boolean(related='stage_id.is_closed')
    bar_stage_ids = fields.Many2many(
        'aftersales.stage', string="Stages of the Type", compute='_compute_bar_stage_ids')
    next_state = fields.Char(compute='_compute_next_state')
    close_reason = fields.Text(
        string="Reason", copy=False, help="Why the order was rejected or cancelled.")

    # Acceptance by the customer
    signature = fields.Image(
        string="Customer Signature", copy=False, max_width=1024, max_height=1024)
    signed_by = fields.Char(copy=False)
    refusal_reason = fields.Char(
        string="Why Not Signed", copy=False,
        help="Fill this instead of a signature when the customer does not sign.")
    # few orders have one: kept in the row, the form needs no search for a file
    refusal_photo = fields.Image(
        copy=False, max_width=1920, max_height=1920, attachment=False,
        help="Shows the finished work when the customer does not sign.")
    handover_signature = fields.Image(
        string="Hand-over Signature", copy=False, max_width=1024, max_height=1024,
        attachment=False,
        help="The customer signs that the article was taken along.")
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False, protected=True)

    @api.depends('type_id')
    def _compute_stage_id(self):
        """Start in the first stage of the type; orders under way keep theirs."""
        for order in self:
            order.stage_id = order.stage_id or order.type_id._get_first_stage_id()

    @api.depends('stage_id')
    def _compute_state(self):
        """Copy the stage's state; a stage in use keeps it, so no further trigger is needed."""
        states = self.env['aftersales.stage']._get_states()
        for order in self:
            order.state = states.get(order.stage_id.id)

    @api.depends('state', 'type_id')
    def _compute_next_state(self):
        for order in self:
            order.next_state = order.state and next_state(
                order.state, order.type_id._get_steps())

    @api.depends('type_id', 'stage_id')
    def _compute_bar_stage_ids(self):
        """Show the stages that orders of the type pass, and the present one.

        A small firm, without visits and promised times, reads seven at most: what it passes in
        one step with another is left out.
        """
        user = self.env.user
        is_small = not (user.has_group('aftersales_service.group_aftersales_visits')
                        or user.has_group('aftersales_service.group_aftersales_clocks'))
        for order in self:
            stages = order.type_id._get_bar_stages()
            order.bar_stage_ids = [Command.set([
                *(stage_id for state, stage_id in stages
                  if not (is_small and state in PASSED_STATES)),
                *order.stage_id.ids])]

    # === ACTIONS === #

    def action_next(self):
        """Move each order to the usual next state of its type."""
        for state, orders in self.grouped('next_state').items():
            if state:
                orders._set_state(state)

    def action_take_to_shop(self):
        """Record that the article was taken along against a signed slip."""
        self._set_state('taken_to_shop')

    def action_plan_again(self):
        """Plan a further visit."""
        self._set_state('scheduled')

    def action_done(self):
        """Record that the work is done and accepted."""
        self._set_state('done')

    def action_reject(self):
        """Record that the request is not eligible."""
        self._set_state('rejected')

    def action_cancel(self):
        """Call the order off."""
        self._set_state('cancelled')

    def action_reopen(self):
        """Take a rejected or cancelled order up again."""
        self._set_state('registered')

    # === RULES === #

    def _get_stage_state(self, stage_id):
        state = self.env['aftersales.stage']._get_states().get(stage_id)
        return state or super()._get_stage_state(stage_id)

    def _get_state_stages(self, target):
        """Take the first stage of ``target`` that the type of each order uses."""
        states = self.env['aftersales.stage']._get_states()
        first_of_all = next(stage_id for stage_id, state in states.items() if state == target)
        stages = {kind: kind._get_first_stages().get(target, first_of_all)
                  for kind in self.type_id}
        return self.grouped(lambda order: stages[order.type_id])

    def _ensure_start_state(self):
        """Refuse a new order in the middle of its flow, but for opening data.

        Administrators bring the open orders of an earlier system with their stage.
        """
        if self.env.user.has_group('aftersales_service.group_aftersales_manager'):
            return
        self._refuse_where(
            lambda order: order.state != next(iter(order.type_id._get_steps()), False),
            self.env._("A new order starts in the first stage of its type"))

    def _ensure_reachable(self, target):
        """Refuse a move that the flow of the order's type does not know."""
        refused = self.filtered(
            lambda order: target not in reachable_states(
                order.state, order.type_id._get_steps()))
        if refused:
            labels = dict(self._fields['state']._description_selection(self.env))
            first = refused[0]
            # the words of the stages are those that the user sees
            wanted = self.env['aftersales.stage'].browse(
                first.type_id._get_first_stages().get(target))
            raise UserError(self.env._(
                "From “%(state)s” an order of type %(type)s cannot become “%(target)s”: "
                "%(orders)s", state=first.stage_id.name,
                target=wanted.name or labels[target],
                type=first.type_id.name, orders=refused.mapped('name')))

    def _ensure_assessed(self):
        self._refuse_where(
            lambda order: not order.partner_id,
            self.env._("Say who the customer is before the order is assessed"))

    def _ensure_scheduled(self):
        self._refuse_where(
            lambda order: not order.date_planned and order.type_id._needs_visit(),
            self.env._("Agree on a time with the customer before the visit is scheduled"))

    def _ensure_dispatched(self):
        self._refuse_where(
            lambda order: not order.technician_id,
            self.env._("Choose the technician before the order is dispatched"))

    def _ensure_taken_to_shop(self):
        self._refuse_where(
            lambda order: not order.handover_signature,
            self.env._("The customer must sign the hand-over slip before the article is taken"))

    def _ensure_done(self):
        self._refuse_where(
            lambda order: order.type_id._get_setting('needs_acceptance')
            and not order._is_accepted(),
            self.env._(
                "The customer must sign or give the completion code; if they do neither, enter "
                "the reason and add a photo"))
        self._ensure_consultation_answered()
        self._ensure_quotation_accepted()
        self._ensure_fitted_numbers()
        # what covers the labour is decided before the work is done; then it stays so
        self.env['aftersales.labour'].flush_model(['cover_percent', 'cover_facts'])

    def _ensure_rejected(self):
        self._ensure_reason_given()

    def _ensure_cancelled(self):
        self._ensure_reason_given()

    def _ensure_reason_given(self):
        self._refuse_where(
            lambda order: not (order.close_reason or '').strip(),
            self.env._("Give the reason first"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return {**vals, 'date_closed': moment if target in FINAL_STATES else False}

    def _on_done(self):
        self._finish_repairs()

    def _on_cancelled(self):
        self._cancel_repairs()
