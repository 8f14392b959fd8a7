from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.order_flow import FINAL_STATES, next_state, reachable_states
from .aftersales_stage import STATES


class AftersalesOrder(models.Model):
    """The way of an order through its stages, and what each state asks for.

    ``write`` guards every move, so buttons, drag and drop, imports and RPC obey alike.
    """

    _inherit = 'aftersales.order'

    stage_id = fields.Many2one(
        'aftersales.stage', compute='_compute_stage_id', store=True, readonly=False,
        precompute=True, required=True, index=True, ondelete='restrict', copy=False,
        tracking=True, group_expand='_read_group_expand_full')
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, precompute=True, index=True)
    is_closed = fields.Boolean(related='stage_id.is_closed')
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
    handover_signature = fields.Image(
        string="Hand-over Signature", copy=False, max_width=1024, max_height=1024,
        attachment=False,
        help="The customer signs that the article was taken along.")
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False)

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

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if self.env.context.get('default_stage_id') or any(
                vals.get('stage_id') for vals in vals_list):
            orders._ensure_start_state()
        return orders

    def write(self, vals):
        if 'state' in vals:
            raise UserError(self.env._("The state of an order follows from its stage."))
        if 'stage_id' not in vals:
            return super().write(vals)
        self.check_access('write')  # before the rules, whose sentences name orders
        state = self.env['aftersales.stage']._get_states().get(vals['stage_id'])
        if not state:
            raise UserError(self.env._("Choose one of the stages."))
        moved = self.filtered(lambda order: order.state != state)
        if not moved:
            return super().write(vals)
        moved._ensure_free_to_move()
        moved._ensure_reachable(state)
        if set(vals) != {'stage_id'}:
            # the rules below read what the same call brings, such as the signature
            super().write({name: value for name, value in vals.items() if name != 'stage_id'})
        moved._ensure_state_rules(state)
        if state == 'done':
            # what covers the labour is decided before the work is done; then it stays so
            self.env['aftersales.labour'].flush_model(['cover_percent', 'cover_facts'])
        (self - moved).write({'stage_id': vals['stage_id']})
        super(AftersalesOrder, moved).write(
            {'stage_id': vals['stage_id'], **self._prepare_state_vals(state)})
        moved._on_state_changed(state)
        return True

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

    def _set_state(self, state):
        """Move the orders to the first stage of ``state`` that their type uses."""
        states = self.env['aftersales.stage']._get_states()
        first_of_all = next(stage_id for stage_id, its in states.items() if its == state)
        for kind, orders in self.grouped('type_id').items():
            orders.stage_id = kind._get_first_stages().get(state, first_of_all)

    def _ensure_start_state(self):
        """Refuse a new order in the middle of its flow, but for opening data.

        Administrators bring the open orders of an earlier system with their stage.
        """
        if self.env.user.has_group('aftersales_service.group_aftersales_manager'):
            return
        self._refuse_where(
            lambda order: order.state != next(iter(order.type_id._get_steps()), False),
            self.env._("A new order starts in the first stage of its type"))

    def _ensure_free_to_move(self):
        """Of two users who move the same order at once, one wins and the other is told."""
        busy = self - self.try_lock_for_update(allow_referencing=True)
        if busy:
            raise UserError(self.env._(
                "Somebody else is working on these orders right now; reload and try again: "
                "%(orders)s", orders=busy.mapped('name')))

    def _ensure_reachable(self, target):
        """Refuse a move that the flow of the order's type does not know."""
        refused = self.filtered(
            lambda order: target not in reachable_states(
                order.state, order.type_id._get_steps()))
        if refused:
            labels = dict(self._fields['state']._description_selection(self.env))
            raise UserError(self.env._(
                "From “%(state)s” an order of type %(type)s cannot become “%(target)s”: "
                "%(orders)s", state=labels[refused[0].state], target=labels[target],
                type=refused[0].type_id.name, orders=refused.mapped('name')))

    def _ensure_state_rules(self, target):
        """Refuse a state whose rule is not met; one named method for each rule."""
        rule = {
            'assessed': self._ensure_customer_known,
            'scheduled': self._ensure_planned,
            'dispatched': self._ensure_technician,
            'taken_to_shop': self._ensure_handover_signed,
            'done': self._ensure_can_be_done,
            'rejected': self._ensure_reason_given,
            'cancelled': self._ensure_reason_given,
        }.get(target)
        if rule:
            rule()

    def _ensure_customer_known(self):
        self._refuse_where(
            lambda order: not order.partner_id,
            self.env._("Say who the customer is before the order is assessed"))

    def _ensure_planned(self):
        self._refuse_where(
            lambda order: not order.date_planned and order.type_id._needs_visit(),
            self.env._("Agree on a time with the customer before the visit is scheduled"))

    def _ensure_technician(self):
        self._refuse_where(
            lambda order: not order.technician_id,
            self.env._("Choose the technician before the order is dispatched"))

    def _ensure_handover_signed(self):
        self._refuse_where(
            lambda order: not order.handover_signature,
            self.env._("The customer must sign the hand-over slip before the article is taken"))

    def _ensure_can_be_done(self):
        self._refuse_where(
            lambda order: order.type_id._get_setting('needs_acceptance')
            and not order._is_accepted(),
            self.env._(
                "The customer must sign or tell the completion code; if he does neither, give "
                "the reason and a photo"))
        self._ensure_question_answered()
        self._ensure_quotation_accepted()

    def _ensure_reason_given(self):
        self._refuse_where(
            lambda order: not (order.close_reason or '').strip(),
            self.env._("Give the reason first"))

    def _refuse_where(self, is_wrong, message):
        """Raise ``message`` with the names of the orders for which ``is_wrong``."""
        refused = self.filtered(is_wrong)
        if refused:
            raise UserError(self.env._(
                "%(message)s: %(orders)s", message=message,
                orders=refused.mapped('name')))

    def _prepare_state_vals(self, target):
        """Return the values that entering ``target`` stamps on an order."""
        now = fields.Datetime.now()
        vals = {'date_closed': now if target in FINAL_STATES else False}
        if target == 'done':
            vals['date_done'] = now
        return vals

    def _on_state_changed(self, target):
        """Do what follows from a new state; other modules extend it."""
        if target == 'done':
            self._finish_repairs()
        elif target == 'cancelled':
            self._cancel_repairs()
