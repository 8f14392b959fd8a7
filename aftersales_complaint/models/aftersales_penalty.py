from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.penalty import Balance, Due, plan_months
from .aftersales_complaint_liability_person import GRAVITIES

STATES = [
    ('draft', "Draft"), ('statement', "Statement Asked"), ('approved', "Approved"),
    ('running', "Being Deducted"), ('suspended', "Suspended by Appeal"),
    ('paid', "Deducted in Full"), ('written_off', "Written Off")]
DRAFT_FIELDS = frozenset({
    'statement', 'evidence', 'photo_ids', 'amount', 'scheme_id', 'gravity', 'contract_clause',
    'base_points', 'reason', 'offence_id', 'notice_id', 'approver_id', 'sanction_proposal'})
# what stays open in a state
OPEN_FIELDS = {
    'statement': DRAFT_FIELDS | {'decision_note'},
    'approved': {'appeal', 'signature'},
    'running': {'appeal', 'signature'},
    'suspended': {'appeal_note'},
    'paid': {'signature'},
    'written_off': set(),
}


class AftersalesPenalty(models.Model):
    """An amount that an employee bears of a loss, deducted month by month.

    The person answers before it is decided, another person approves, an appeal suspends it. Its
    ledger is only added to. It touches no payroll: a month's rows are exported. It has no
    conversation, no activities and no followers: officers, the person and who decides read it.
    """

    _name = 'aftersales.penalty'
    _description = "Economic Penalty"
    _inherit = ['aftersales.hearing.mixin', 'aftersales.number.mixin']
    _order = 'id desc'
    _check_company_auto = True

    _OPEN_FIELDS = OPEN_FIELDS
    _PERSON_STEPS = frozenset({'suspended'})
    _decided_from = 'statement'
    _WEIGHT_FIELDS = frozenset({
        'employee_id', 'amount', 'scheme_id', 'gravity', 'base_points', 'offence_id'})
    _served_field = 'date_approved'

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        STATES, default='draft', required=True, readonly=True, index=True, copy=False,
        protected=True)

    # Who, and what for
    employee_id = fields.Many2one(
        'hr.employee', required=True, index=True, ondelete='restrict', check_company=True)
    complaint_id = fields.Many2one(
        'aftersales.complaint', index='btree_not_null', ondelete='restrict',
        check_company=True, protected='after', link_access='read')
    person_id = fields.Many2one(
        'aftersales.complaint.liability.person', string="Liability", index='btree_not_null',
        ondelete='restrict', check_company=True, copy=False, protected='after',
        link_access='read')
    offence_id = fields.Many2one(
        'aftersales.offence', string="Act", index='btree_not_null', ondelete='restrict',
        check_company=True, domain="[('kind', '=', 'demerit')]")
    notice_id = fields.Many2one(
        'aftersales.notice', index='btree_not_null', ondelete='restrict',
        check_company=True, copy=False, link_access='read',
        domain="[('employee_id', '=', employee_id), "
                                               "('kind', '=', 'demerit')]",
        help="The administrative notice about the same act: its statement counts here too.")
    reason = fields.Text(help="What the person did or left undone. The person reads it.")
    gravity = fields.Selection(GRAVITIES, required=True, default='negligence')
    sanction_proposal = fields.Selection(
        [('demotion', "Demotion"), ('dismissal', "Dismissal")], string="Proposed Sanction",
        help="Only proposed: management and the law decide on it.")

    # How much, by which rule
    base_points = fields.Float(
        compute='_compute_base_points', store=True, readonly=False, precompute=True)
    amount = fields.Monetary(required=True)
    scheme_id = fields.Many2one(
        'aftersales.penalty.scheme', compute='_compute_scheme_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', ondelete='restrict', check_company=True)
    contract_clause = fields.Char(
        string="Clause of the Contract", help="On which a compensation of damage is based.")
    first_month = fields.Date(readonly=True, copy=False, protected=True)
    first_month_name = fields.Char(string="From Month", compute='_compute_first_month_name')
    line_ids = fields.One2many(
        'aftersales.penalty.line', 'penalty_id', string="Ledger", copy=False, protected=True)
    amount_deducted = fields.Monetary(
        string="Deducted", compute='_compute_balance', store=True, protected=True)
    amount_returned = fields.Monetary(
        string="Returned", compute='_compute_balance', store=True, protected=True)
    amount_waived = fields.Monetary(
        string="Waived or Lapsed", compute='_compute_balance', store=True, protected=True)
    amount_owed = fields.Monetary(
        string="Still Owed", compute='_compute_balance', store=True, protected=True)
    month_run = fields.Date(
        string="Last Month Run", readonly=True, copy=False, protected=True,
        help="The last month that the monthly run decided.")
    refusal = fields.Char(
        string="Not Run", readonly=True, copy=False, protected=True,
        help="Why the last run left this penalty out.")
    date_refused = fields.Date(readonly=True, copy=False, protected=True)

    # The decision
    date_approved = fields.Datetime(
        string="Approved on", readonly=True, copy=False, protected=True)
    is_appeal_upheld = fields.Boolean(
        string="Appeal Upheld", readonly=True, copy=False, protected=True)
    date_ended = fields.Datetime(string="Ended on", readonly=True, copy=False, protected=True)

    _amount_positive = models.Constraint(
        'CHECK(amount > 0 AND base_points >= 0)', "The amount of a penalty is above zero.")
    _one_notice = models.UniqueIndex(
        "(notice_id) WHERE notice_id IS NOT NULL AND state <> 'written_off'",
        "There is a penalty with this notice already: one act, one notice.")
    _one_person = models.UniqueIndex(
        "(person_id) WHERE person_id IS NOT NULL AND state <> 'written_off'",
        "There is a penalty for this person's liability already.")
    # the monthly run looks for what is not decided yet
    _run_idx = models.Index(
        "(company_id, employee_id, month_run) WHERE state IN ('approved', 'running')")

    # === COMPUTES === #

    @api.depends('employee_id')
    def _compute_base_points(self):
        for penalty in self:
            # who may penalise may know the base points
            penalty.base_points = penalty.base_points or (
                penalty.sudo().employee_id._get_base_points(penalty.company_id))

    @api.depends('company_id', 'gravity')
    def _compute_scheme_id(self):
        """Propose the scheme of the country that is switched on; the handbook's elsewhere."""
        for penalty in self:
            if penalty.scheme_id:
                continue
            schemes = self.env['aftersales.penalty.scheme']._find(
                penalty.company_id, fields.Date.context_today(penalty))
            own = schemes.filtered('country_id') or schemes
            penalty.scheme_id = (own.filtered('is_on') or own or schemes)[:1]

    @api.depends('amount', 'line_ids.amount', 'line_ids.kind', 'line_ids.state')
    def _compute_balance(self):
        for penalty in self:
            sums = dict.fromkeys(('deduction', 'return', 'waiver', 'write_off', 'lapsed'), 0.0)
            for line in penalty.line_ids:
                if line.state == 'booked':
                    sums[line.kind] += line.amount
            balance = Balance(
                penalty.amount, sums['deduction'], -sums['return'],
                sums['waiver'] + sums['write_off'] + sums['lapsed'],
                penalty.currency_id.rounding or 0.01)
            penalty.amount_deducted = balance.deducted
            penalty.amount_returned = balance.returned
            penalty.amount_waived = balance.waived
            penalty.amount_owed = balance.owed

    @api.depends('first_month')
    def _compute_first_month_name(self):
        for penalty in self:
            penalty.first_month_name = f'{penalty.first_month:%Y-%m}' if (
                penalty.first_month) else False

    @api.depends('name')
    def _compute_display_name(self):
        """Name the number only: wherever it is shown, no person is named."""
        for penalty in self:
            penalty.display_name = penalty.name or self.env._("New Penalty")

    # === RULES OF THE RECORD === #

    @api.constrains('notice_id', 'employee_id')
    def _check_notice(self):
        for penalty in self:
            if penalty.notice_id and penalty.notice_id.sudo().employee_id != penalty.employee_id:
                raise ValidationError(self.env._(
                    "The notice is about another person: choose one about the same person."))

    @api.constrains('amount', 'person_id')
    def _check_amount(self):
        """Refuse more than the person's part of the loss."""
        for penalty in self.filtered('person_id'):
            if penalty.currency_id.compare_amounts(
                    penalty.amount, penalty.person_id.sudo().amount) > 0:
                raise ValidationError(self.env._(
                    "A penalty is not higher than what the person answers for in the complaint: "
                    "lower the amount."))

    @api.model_create_multi
    def create(self, vals_list):
        penalties = super().create(vals_list)
        penalties._ensure_of_others(self._get_own_message())
        return penalties

    def write(self, vals):
        result = super().write(vals)
        if 'employee_id' in vals:
            self._ensure_of_others(self._get_own_message())
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._refuse_where(
            lambda penalty: penalty.state != 'draft',
            self.env._("Only drafts can be deleted; write these penalties off instead"))

    def _get_own_message(self):
        return self.env._("You cannot write a penalty about yourself: ask another officer.")

    # === THE MONTH PLAN === #

    def _get_due(self):
        """Return what the pure functions ask for."""
        self.ensure_one()
        return Due(self.id, (self.date_approved or fields.Datetime.now(), self.id),
                   self.amount_owed, self.first_month, self.scheme_id._get_facts())

    def _get_plan(self):
        """Return ``[(month, amount)]`` as it stands by today's pay; for the printed notice.

        What was deducted, then what is planned, this penalty taken alone, to the last month that
        the scheme allows; ``_get_plan_rest`` says what is left then. Empty where the pay is not
        known: the person reads the plan, and no pay of others is used.
        """
        self.ensure_one()
        penalty = self.sudo()  # the caller reads the penalty, which is about this pay
        lines = [(line.month, line.amount) for line in penalty.line_ids.sorted('month')
                 if line.kind == 'deduction']
        if penalty.state not in ('approved', 'running') or not penalty.first_month:
            return lines
        month = max(penalty.first_month, penalty._get_today().replace(day=1))
        pay = self.env['hr.employee']._read_penalty_pay(
            penalty.employee_id, [month])[penalty.employee_id.id, month]
        months = [fields.Date.add(month, months=number)
                  for number in range(penalty.scheme_id.months_max)]
        try:
            rows = plan_months([penalty._get_due()], months, lambda month: pay)
        except ValueError:  # not known
            return lines
        return lines + [(row.month, row.amount) for row in rows if not row.is_lapsed]

    def _get_plan_rest(self, plan):
        """Return what the rows of a plan leave of the amount, waived and lapsed parts apart.

        :param plan: of ``_get_plan``
        """
        self.ensure_one()
        rest = self.amount - self.amount_waived - sum(amount for __, amount in plan)
        return self.currency_id.round(max(0.0, rest)) if plan else 0.0

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Penalty %(name)s", name=(self.name or '').replace('/', '-'))
