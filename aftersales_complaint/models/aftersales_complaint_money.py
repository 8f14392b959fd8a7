from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.intervals import Intervals

from ..tools.liability import missing_share
from ..tools.loss import net_loss
from ..tools.money import divide
from .activity_types import CALL
from .aftersales_complaint_liability_person import OFFICERS
from .roles import AGENT, DESK, TEAM_LEAD

EFFECT_DAYS = 7
RECOVERED_FROM = ('supplier', 'carrier')
_DROPPED = ('refused', 'cancelled')


class AftersalesComplaint(models.Model):
    """What a complaint costs, who bears it and what is left to the company.

    The losses of its documents are read, what suppliers and carriers bear becomes a claim on
    them. A gesture is given besides the solution, and the customer is asked whether it helped.
    How much the front line may grant, and an outlet's monthly budget, are rules of the desk.
    """

    _inherit = 'aftersales.complaint'

    # What it costs
    loss_ids = fields.One2many(
        'aftersales.complaint.loss', 'complaint_id', string="Losses", copy=False,
        groups=AGENT)
    amount_loss = fields.Monetary(
        string="Loss", compute='_compute_amount_loss', store=True, copy=False, protected=True,
        groups='base.group_user',
        help="What the parties bear together; goodwill and lost orders are noted only.")
    amount_goodwill = fields.Monetary(
        string="Goodwill and Lost Orders", compute='_compute_amount_loss', store=True,
        protected=True, groups='base.group_user')
    amount_delay = fields.Monetary(
        string="Cost of the Delay", copy=False, groups='base.group_user', tracking=True,
        help="What is charged for a late handling, apart from the loss of the event.")
    late_days = fields.Integer(
        string="Days Late", compute='_compute_late_days', groups='base.group_user',
        help="Days in which at least one promise of this complaint was missed, begun ones too.")
    amount_recovered = fields.Monetary(
        string="Recovered", compute='_compute_amount_recovered', store=True, protected=True,
        groups='base.group_user', help="What other companies paid of the loss.")
    amount_net_loss = fields.Monetary(
        string="Net Loss", compute='_compute_amount_net_loss', store=True, protected=True,
        groups='base.group_user', help="What the company is left with.")
    resale_deadline = fields.Date(
        string="Resale until", readonly=True, copy=False, protected=True,
        groups='base.group_user',
        help="Returned goods that are sold by then lower the loss.")

    # Who bears it
    liability_ids = fields.One2many(
        'aftersales.complaint.liability', 'complaint_id', copy=False,
        groups=AGENT)
    event_liability_ids = fields.One2many(
        'aftersales.complaint.liability', 'complaint_id', string="Liability for the Event",
        domain=[('subject', '=', 'event')], copy=False, groups=AGENT)
    delay_liability_ids = fields.One2many(
        'aftersales.complaint.liability', 'complaint_id', string="Liability for the Delay",
        domain=[('subject', '=', 'delay')], copy=False, groups=AGENT)
    event_share = fields.Float(
        string="Shares of the Event (%)", compute='_compute_shares', groups=AGENT)
    delay_share = fields.Float(
        string="Shares of the Delay (%)", compute='_compute_shares', groups=AGENT)
    liability_state = fields.Selection(
        [('draft', "To Decide"), ('served', "Notice Served"), ('final', "Final")],
        string="Liability Status", default='draft', required=True, readonly=True, copy=False,
        protected=True, groups='base.group_user')
    date_liability = fields.Date(
        string="Liability Decided on", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    liability_user_id = fields.Many2one(
        'res.users', string="Liability Decided by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    liability_objection_date = fields.Date(
        string="Objection until", readonly=True, copy=False, protected=True,
        groups='base.group_user')

    # whose time to object is over: the nightly job
    _objection_idx = models.Index(
        "(liability_objection_date) WHERE liability_state = 'served'")

    # Its persons
    penalty_ids = fields.One2many(
        'aftersales.penalty', 'complaint_id', string="Penalties", copy=False, groups=OFFICERS)
    penalty_count = fields.Integer(compute='_compute_penalty_count', groups=OFFICERS)

    # What is given besides the solution
    gesture = fields.Selection(
        [('money', "Money"), ('coupon', "Coupon"), ('gift', "Gift"), ('visit', "Extra Visit"),
         ('apology', "Apology in Person")], copy=False,
        groups='base.group_user',
        help="What the customer gets besides the solution. A week later we ask whether it "
             "helped.")
    gesture_note = fields.Char(string="Which", copy=False, groups='base.group_user')
    gesture_effect = fields.Selection(
        [('content', "Customer Content"), ('partly', "Partly"), ('angry', "Still Annoyed")],
        string="Effect of the Gesture", copy=False, groups='base.group_user', tracking=True)

    _delay_positive = models.Constraint(
        'CHECK(amount_delay >= 0)', "What a delay costs cannot be negative.")

    # === COMPUTES === #

    @api.depends('loss_ids.amount', 'loss_ids.is_charged')
    def _compute_amount_loss(self):
        for case in self:
            charged = case.loss_ids.filtered('is_charged')
            case.amount_loss = sum(charged.mapped('amount'))
            case.amount_goodwill = sum((case.loss_ids - charged).mapped('amount'))

    @api.depends('liability_ids.charge_ids.amount', 'liability_ids.charge_ids.state',
                 'claim_ids.kind', 'claim_ids.state', 'claim_ids.amount_approved')
    def _compute_amount_recovered(self):
        """Add up what other companies paid: outlets by settled charges, others by booked claims.

        Hook: called as superuser for many records. A further module or room overrides it with
        its own ``api.depends``, calls ``super()`` first and adds what its documents brought.
        What employees are deducted never counts here: the sum would tell of it. Raises
        nothing.
        """
        for case in self:
            settled = case.liability_ids.charge_ids.filtered(
                lambda charge: charge.state == 'settled')
            # what suppliers and carriers agreed to pay and accounting has as an entry
            booked = case.claim_ids.filtered(
                lambda claim: claim.kind in RECOVERED_FROM and claim.state == 'settled')
            case.amount_recovered = sum(settled.mapped('amount')) + sum(
                booked.mapped('amount_approved'))

    @api.depends('amount_loss', 'amount_recovered')
    def _compute_amount_net_loss(self):
        for case in self:
            case.amount_net_loss = case.amount_loss if not case.amount_recovered else net_loss(
                case.amount_loss, case.amount_recovered, case.currency_id.rounding or 0.01)

    @api.depends('liability_ids.share', 'liability_ids.subject')
    def _compute_shares(self):
        for case in self:
            for subject in ('event', 'delay'):
                lines = case.liability_ids.filtered(
                    lambda line, subject=subject: line.subject == subject)
                case[f'{subject}_share'] = 100.0 - missing_share(lines.mapped('share'))

    def _compute_late_days(self):
        """Count the begun days in which a promise was missed, or is late now: each day once."""
        now = fields.Datetime.now()
        for case in self:
            # readers of the case may know its promises
            late = Intervals(
                (clock.date_deadline, clock.date_stopped or now, case)
                for clock in case.sudo().clock_ids
                if clock.date_deadline and clock.result in ('missed', 'running'))
            time = sum((stop - start for start, stop, __ in late), timedelta())
            case.late_days = -(-time // timedelta(days=1))

    @api.depends('penalty_ids')
    def _compute_penalty_count(self):
        counts = dict(self.env['aftersales.penalty']._read_group(
            [('complaint_id', 'in', self.ids)], ['complaint_id'], ['__count']))
        for case in self:
            case.penalty_count = counts.get(case._origin, 0)

    # === WHO MAY CHANGE WHAT === #

    def _ensure_may_price_delay(self):
        if not self.env.su and not self.env.user._is_of_complaint_desk():
            raise AccessError(self.env._(
                "The complaint desk and team leads say what a delay costs: leave the amount to "
                "them."))

    def _ensure_delay_open(self):
        """Refuse to change what a delay costs where that is another's, or decided already."""
        self._ensure_may_price_delay()
        self._refuse_where(
            lambda case: case.liability_state != 'draft', self.env._(
                "Liability for the delay is decided; a complaint manager reopens it first"))

    # === MERGED CASES === #

    def _take_over_money(self, merged):
        """Take over losses, each document once, shares where this case has none, and claims."""
        target, merged = self.sudo(), merged.sudo()  # _merge_into checked the right to both
        known = {(line.res_model, line.res_id, line.component) for line in target.loss_ids}
        for line in merged.loss_ids:
            key = (line.res_model, line.res_id, line.component)
            if not line.res_id or key not in known:
                line.complaint_id = target
                known.add(key)
        if not target.liability_ids:
            merged.liability_ids.filtered(
                lambda line: line.complaint_id == merged[:1]).complaint_id = target
        merged.claim_ids.complaint_id = self
        for capa in merged.capa_ids:
            capa.complaint_ids |= target

    # === ACTIONS === #

    def action_view_penalties(self):
        """Show the penalties of this complaint that the user may read."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_penalty_action')
        return action | {'domain': [('complaint_id', '=', self.id)],
                         'context': {'default_complaint_id': self.id}}

    def action_view_liability(self):
        """Show losses and liability of this complaint on one sheet."""
        self.ensure_one()
        return self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_complaint_liability_sheet_action') | {
                'res_id': self.id, 'view_mode': 'form', 'views': [(self.env.ref(
                    'aftersales_complaint.aftersales_complaint_view_form_liability').id,
                    'form')]}

    # === LOSSES OF ITS DOCUMENTS === #

    def action_read_losses(self):
        """Read the losses from orders and returns; what was read before is brought up to date.

        What the customer accepted is proposed as a compensation, less what is noted already.
        """
        self.check_access('write')
        self.env['aftersales.complaint.loss'].check_access('create')
        self._ensure_liability_open()
        # who writes down the losses of a case may know what its own documents cost
        lines = self.env['aftersales.complaint.loss'].sudo()
        before = self.sudo().loss_ids
        for case in self.sudo():
            known = {(line.res_model, line.res_id, line.component): line
                     for line in case.loss_ids if line.res_id}
            for document, costs in case._get_document_costs().items():
                for component, value in costs.items():
                    line = known.get((document._name, document.id, component))
                    if line and line.value != value:
                        line.value = value
                    elif not line and value > 0:
                        lines.create({
                            'complaint_id': case.id, 'component': component, 'value': value,
                            'name': document.display_name, 'res_model': document._name,
                            'res_id': document.id})
        if not before and not self.sudo().loss_ids:
            return self._prepare_nothing_found()
        return None

    def _prepare_nothing_found(self):
        """Return the notification that no document of the complaint brings a cost."""
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'warning', 'message': self.env._(
                    "No cost was found in orders and returns of this complaint, and no amount "
                    "was accepted. Enter the losses in the lines."),
                'next': {'type': 'ir.actions.act_window_close'}}}

    def _get_loss_documents(self):
        """Return the records that this complaint's losses are read from, by model.

        Hook: called as superuser, for one record, when somebody reads losses who may write them.
        A module with documents of its own adds them; they have ``_get_complaint_costs`` (the
        cost mixin brings it), and their model is added to ``_get_document_models`` of the
        losses. Raises nothing.
        """
        self.ensure_one()
        orders = self.order_id
        returns = self.return_id | self.env['aftersales.return'].search(
            [('order_id', 'in', orders.ids), ('state', 'not in', ('refused', 'cancelled'))])
        return [orders, returns]

    def _get_compensation_left(self, costs):
        """Return what the customer accepted and no document or line of a person holds yet."""
        self.ensure_one()
        typed = self.loss_ids.filtered(
            lambda line: line.component in ('compensation', 'discount') and not line.res_id)
        known = sum(typed.mapped('value')) + sum(
            values.get(component, 0.0) for values in costs.values()
            for component in ('compensation', 'discount'))
        return max(0.0, self.amount_accepted - known) if self.date_settled else 0.0

    def _get_document_costs(self):
        """Return ``{document: {component: amount}}`` of one complaint."""
        self.ensure_one()
        costs = {}
        for documents in self._get_loss_documents():
            for document in documents:
                costs[document] = document._get_complaint_costs()
        costs[self] = {'compensation': self._get_compensation_left(costs)}
        return costs

    # === RECOVERY === #

    def action_recover(self):
        """Write a claim on each supplier and carrier that is liable and was not asked yet."""
        self.ensure_one()
        self.check_access('write')
        if not self.env.su and not any(map(self.env.user.has_group, (DESK, TEAM_LEAD))):
            raise AccessError(self.env._("The complaint desk and team leads recover losses."))
        self._refuse_where(
            lambda case: case.liability_state == 'draft',
            self.env._("Serve the notice of liability first"))
        asked = self.claim_ids.filtered(
            lambda claim: claim.state not in _DROPPED).partner_id.commercial_partner_id
        due = self.liability_ids.filtered(
            lambda line: line.party in RECOVERED_FROM and line.subject == 'event'
            and line.amount and line.partner_id.commercial_partner_id not in asked)
        self._refuse_where(
            lambda case: not due, self.env._(
                "No supplier or carrier is liable that was not asked yet"))
        claims = self.env['aftersales.claim'].create(
            [self._prepare_recovery_vals(line) for line in due])
        return claims._get_records_action(name=self.env._("Claims and Recovery"))

    def _prepare_recovery_vals(self, liability):
        """Return the values of the claim on the party of one line of liability.

        Hook: called as the user by ``action_recover``, for one complaint. The loss is divided
        by its components, so that the party reads what it pays for. Raises nothing.
        """
        self.ensure_one()
        losses = self.loss_ids.filtered(lambda loss: loss.is_charged and loss.amount > 0)
        amounts = divide(
            liability.amount, losses.mapped('amount'), self.currency_id.rounding) if losses else []
        labels = dict(losses._fields['component']._description_selection(self.env))
        kinds = {'visit': 'visit', 'compensation': 'compensation', 'rework': 'labour',
                 'return': 'goods', 'replacement': 'goods'}
        return {
            'kind': liability.party, 'partner_id': liability.partner_id.id,
            'complaint_id': self.id, 'company_id': self.company_id.id,
            'user_id': self.env.uid, 'basis': liability.reason,
            'line_ids': [fields.Command.create({
                'kind': kinds.get(loss.component, 'other'), 'amount_asked': amount,
                'serial': self.serial, 'name': self.env._(
                    "%(component)s %(amount)s, share %(share)s %%",
                    component=labels[loss.component],
                    amount=self.currency_id.format(loss.amount), share=f'{liability.share:g}')})
                for loss, amount in zip(losses, amounts, strict=True) if amount]}

    # === GESTURES === #

    def _plan_gesture_question(self):
        """Plan to ask a week later whether the gesture helped."""
        for case in self.filtered('gesture'):
            handler = case.user_id or self.env.user
            case.activity_schedule(
                CALL, user_id=handler.id,
                date_deadline=fields.Date.context_today(case) + timedelta(days=EFFECT_DAYS),
                summary=case.with_context(lang=handler.lang).env._(
                    "Ask whether the gesture helped"))
