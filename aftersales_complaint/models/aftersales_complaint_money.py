from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.liability import missing_share
from ..tools.loss import net_loss
from .aftersales_complaint_liability_person import OFFICERS

AGENT_GROUP = 'aftersales_service.group_aftersales_agent'


class AftersalesComplaint(models.Model):
    """What a complaint costs, who bears it and what is left to the company."""

    _inherit = 'aftersales.complaint'

    # What it costs
    loss_ids = fields.One2many(
        'aftersales.complaint.loss', 'complaint_id', string="Losses", copy=False,
        groups=AGENT_GROUP)
    amount_loss = fields.Monetary(
        compute='_compute_amount_loss', store=True,
        help="What the parties bear together; goodwill and lost orders are noted only.")
    amount_goodwill = fields.Monetary(
        string="Goodwill and Lost Orders", compute='_compute_amount_loss', store=True,
        protected=True, groups='base.group_user')
    amount_delay = fields.Monetary(
        string="Cost of the Delay", copy=False, groups='base.group_user', tracking=True,
        help="What is charged for a late handling, apart from the loss of the event.")
    late_days = fields.Integer(
        string="Days Late", compute='_compute_late_days', groups='base.group_user',
        help="Of all promises of this complaint that were missed: whole days and begun ones.")
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
        groups=AGENT_GROUP)
    event_liability_ids = fields.One2many(
        'aftersales.complaint.liability', 'complaint_id', string="Liability for the Event",
        domain=[('subject', '=', 'event')], copy=False, groups=AGENT_GROUP)
    delay_liability_ids = fields.One2many(
        'aftersales.complaint.liability', 'complaint_id', string="Liability for the Delay",
        domain=[('subject', '=', 'delay')], copy=False, groups=AGENT_GROUP)
    event_share = fields.Float(
        string="Shares of the Event (%)", compute='_compute_shares', groups=AGENT_GROUP)
    delay_share = fields.Float(
        string="Shares of the Delay (%)", compute='_compute_shares', groups=AGENT_GROUP)
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

    _delay_positive = models.Constraint(
        'CHECK(amount_delay >= 0)', "What a delay costs cannot be negative.")

    # === COMPUTES === #

    @api.depends('loss_ids.amount', 'loss_ids.is_charged')
    def _compute_amount_loss(self):
        for case in self:
            charged = case.loss_ids.filtered('is_charged')
            case.amount_loss = sum(charged.mapped('amount'))
            case.amount_goodwill = sum((case.loss_ids - charged).mapped('amount'))

    @api.depends('liability_ids.charge_ids.amount', 'liability_ids.charge_ids.state')
    def _compute_amount_recovered(self):
        """Add up what other companies paid: outlets, by the charges that were settled.

        Hook: called as superuser for many records. A further module or room overrides it with
        its own ``api.depends``, calls ``super()`` first and adds what its documents brought.
        What employees are deducted never counts here: the sum would tell of it. Raises
        nothing.
        """
        for case in self:
            settled = case.liability_ids.charge_ids.filtered(
                lambda charge: charge.state == 'settled')
            case.amount_recovered = sum(settled.mapped('amount'))

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
        """Add up the begun days by which promises were missed, or are late now."""
        now = fields.Datetime.now()
        for case in self:
            # readers of the case may know its promises
            late = [(clock.date_stopped or now) - clock.date_deadline
                    for clock in case.sudo().clock_ids
                    if clock.date_deadline and clock.result in ('missed', 'running')]
            case.late_days = sum(
                -(-delay // timedelta(days=1)) for delay in late if delay > timedelta())

    @api.depends('penalty_ids')
    def _compute_penalty_count(self):
        counts = dict(self.env['aftersales.penalty']._read_group(
            [('complaint_id', 'in', self.ids)], ['complaint_id'], ['__count']))
        for case in self:
            case.penalty_count = counts.get(case._origin, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        if any(case.amount_delay for case in cases.sudo()):
            cases._ensure_may_price_delay()
        return cases

    # === WHO MAY CHANGE WHAT === #

    def _ensure_may_price_delay(self):
        if not self.env.su and not self.env.user._is_of_complaint_desk():
            raise AccessError(self.env._(
                "The complaint desk and team leads say what a delay costs: leave the amount to "
                "them."))

    def _ensure_may_change(self, vals):
        result = super()._ensure_may_change(vals)
        if 'amount_delay' in vals:
            self._ensure_may_price_delay()
            self._refuse_where(
                lambda case: case.liability_state != 'draft', self.env._(
                    "Liability for the delay is decided; a complaint manager reopens it first"))
        return result

    # === MERGED CASES === #

    def _take_over(self, merged, starts):
        """Take over losses, each document once, and shares where this case has none."""
        result = super()._take_over(merged, starts)
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
        return result

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
