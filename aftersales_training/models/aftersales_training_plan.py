from odoo import api, fields, models

from .roles import OFFICER


class AftersalesTrainingPlan(models.Model):
    """The trainings of a year or a part of it: its needs, its budget, and who approved it."""

    _name = 'aftersales.training.plan'
    _description = "Training Plan"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin']
    _order = 'date_from desc, id desc'
    _check_company_auto = True
    _rec_names_search = ['name', 'subject']

    _TRANSITIONS = {
        'draft': {'submitted'},
        'submitted': {'draft'},
        'approved': {'submitted'},
        'running': {'approved'},
        'closed': {'running'},
    }
    _STAMPS = {'submitted': 'date_submitted', 'approved': 'date_approved'}
    _ACTORS = {'submitted': 'submitter_id', 'approved': 'approver_id'}

    name = fields.Char(string="Number", readonly=True, copy=False, protected=True)
    subject = fields.Char(
        compute='_compute_subject', store=True, readonly=False, required=True, precompute=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), 'year').replace(
                year=fields.Date.context_today(self).year + 1))
    date_to = fields.Date(
        string="Until", required=True, compute='_compute_date_to', store=True, readonly=False,
        precompute=True)
    scope = fields.Char(string="Target Group", translate=False)
    department_ids = fields.Many2many('hr.department', string="Departments", check_company=True)
    user_id = fields.Many2one(
        'res.users', string="Owner", required=True, default=lambda self: self.env.user,
        index=True, domain=[('share', '=', False)], tracking=True)
    budget = fields.Monetary(tracking=True, copy=False)
    planned_cost = fields.Monetary(
        compute='_compute_planned_cost',
        help="Cost per person of each course, times the people of the plan. From the approval "
             "on it counts the costs that were approved.")
    approved_costs = fields.Json(
        copy=False, protected=True,
        help="Cost per person of each course, by its id, as it was approved.")
    state = fields.Selection([
        ('draft', "Draft"), ('submitted', "Submitted"), ('approved', "Approved"),
        ('running', "In Progress"), ('closed', "Closed")],
        default='draft', required=True, readonly=True, protected=True, copy=False, tracking=True,
        index=True)
    can_approve = fields.Boolean(compute='_compute_can_approve')
    need_ids = fields.One2many('aftersales.training.need', 'plan_id', string="Lines")
    need_count = fields.Integer(string="People and Courses", compute='_compute_planned_cost')
    met_count = fields.Integer(string="Met", compute='_compute_planned_cost')
    note = fields.Text()
    date_submitted = fields.Datetime(
        string="Submitted on", readonly=True, copy=False, protected=True)
    submitter_id = fields.Many2one(
        'res.users', string="Submitted by", readonly=True, copy=False, protected=True)
    date_approved = fields.Datetime(
        string="Approved on", readonly=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)

    _period = models.Constraint(
        'CHECK(date_to >= date_from)', "A plan ends after its first day.")
    _budget_positive = models.Constraint(
        'CHECK(budget >= 0)', "A budget cannot be negative.")

    # === COMPUTES === #

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = " · ".join(filter(None, [plan.name, plan.subject]))

    @api.depends('date_from')
    def _compute_subject(self):
        for plan in self:
            if plan.date_from and not plan.subject:
                plan.subject = self.env._("Training Plan %(year)s", year=plan.date_from.year)

    @api.depends('date_from')
    def _compute_date_to(self):
        for plan in self:
            if plan.date_from and not (plan.date_to and plan.date_to >= plan.date_from):
                plan.date_to = fields.Date.end_of(plan.date_from, 'year')

    @api.depends('need_ids.state', 'need_ids.course_id.planned_cost', 'approved_costs')
    def _compute_planned_cost(self):
        lines = self.env['aftersales.training.need'].sudo()._read_group(
            # what a course costs is the officer's to read, as this plan is
            [('plan_id', 'in', self.ids), ('state', '!=', 'dropped')],
            ['plan_id', 'course_id', 'state'], ['__count'])
        for plan in self:
            own = [line for line in lines if line[0] == plan._origin]
            plan.planned_cost = sum(
                plan._get_unit_cost(course) * count for __, course, __, count in own)
            plan.need_count = sum(count for *__, count in own)
            plan.met_count = sum(count for *__, state, count in own if state == 'met')

    def _get_unit_cost(self, course):
        """Return what a course costs per person: as approved, until then as it costs now."""
        approved = self.approved_costs or {}
        return approved.get(str(course.id), course.planned_cost)

    @api.depends('submitter_id')
    @api.depends_context('uid')
    def _compute_can_approve(self):
        for plan in self:
            plan.can_approve = plan.state == 'submitted' and not plan._is_left_to_others()

    # === ACTIONS === #

    def action_collect(self):
        """Take the open needs of the period into these plans."""
        self._ensure_open_for_lines()
        for plan in self:
            self.env['aftersales.training.need'].search([
                ('company_id', '=', plan.company_id.id), ('date_closed', '=', False),
                ('plan_id', '=', False), ('date_deadline', '<=', plan.date_to),
                *([('department_id', 'child_of', plan.department_ids.ids)]
                  if plan.department_ids else []),
            ]).plan_id = plan

    def action_submit(self):
        """Submit the plans for approval."""
        self._set_state('submitted')

    def action_approve(self):
        """Approve the plans."""
        self._set_state('approved')

    def action_reset(self):
        """Return submitted plans to their owner."""
        self._set_state('draft')

    def action_start(self):
        """Begin the plans: sessions are made of their lines."""
        self._set_state('running')

    def action_close(self):
        """Close the plans; what was not met is open again, for the next plan."""
        self._set_state('closed')

    def action_view_needs(self):
        """Show the lines of these plans."""
        return self.need_ids._get_records_action(
            name=self.env._("Training Needs"),
            context={'default_plan_id': self.id if len(self) == 1 else False,
                     'search_default_group_course': True})

    def _get_report_lines(self):
        """Return the rows of the printed plan, one per course, in the order of the deadlines.

        Until a session is fixed, the trainer is who may teach the course.
        """
        self.ensure_one()
        # who prints the plan reads it; what a course costs per person stands on it as a sum
        lines = self.sudo().need_ids.filtered(lambda need: need.state != 'dropped')
        origins = dict(lines._fields['origin']._description_selection(self.env))
        trainers = self.env['aftersales.training.trainer'].sudo().search([
            ('course_ids', 'in', lines.course_id.ids),
            ('company_id', 'in', (self.company_id.id, False))])
        return sorted((
            {'course': course.sudo(False), 'needs': needs, 'sessions': needs.session_id,
             'origins': [label for key, label in origins.items()
                         if key in needs.mapped('origin')],
             'trainers': needs.session_id.trainer_id.mapped('name') or trainers.filtered(
                 lambda trainer, course=course: course in trainer.course_ids).mapped('name'),
             'deadline': min(needs.mapped('date_deadline')),
             'cost': self._get_unit_cost(course) * len(needs)}
            for course, needs in lines.grouped('course_id').items()),
            key=lambda row: (row['deadline'], row['course'].id))

    # === RULES === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state in ('approved', 'running', 'closed'):
            return locked | (self._get_all_but('note', 'user_id', 'need_ids'))
        return locked

    def _get_locked_message(self):
        return self.env._("These plans are approved and stay as they are")

    def _ensure_open_for_lines(self):
        self._refuse_where(
            lambda plan: plan.state not in ('draft', 'submitted'),
            self.env._("What is approved takes no further lines: put them into the next plan"))

    def _ensure_submitted(self):
        self._refuse_where(
            lambda plan: not plan.need_ids,
            self.env._("Collect needs, or add lines, before you submit the plan"))

    def _ensure_approved(self):
        self._refuse_where(
            lambda plan: plan._is_left_to_others(),
            self.env._("Who submits a plan does not approve it: leave it to a colleague"))
        self._refuse_where(
            lambda plan: plan.currency_id.compare_amounts(plan.planned_cost, plan.budget) > 0,
            self.env._("The planned cost is above the budget: enter a budget that covers it, or "
                       "take lines out"))

    def _is_left_to_others(self):
        """Return whether a colleague has to approve it, because the user submitted it.

        In a small firm one person does it all: without a colleague of the role.
        """
        self.ensure_one()
        if self.submitter_id != self.env.user:
            return False
        others = self.company_id._get_people_in(OFFICER) - self.env.user
        return bool(others - self.env.ref('base.user_admin'))

    def _on_approved(self):
        """Keep the costs that were approved: a course that gets dearer changes no plan."""
        for plan in self:
            plan.approved_costs = {
                str(course.id): course.planned_cost for course in plan.need_ids.course_id}

    def _on_closed(self):
        """Let go of the lines that were not met: they are open for the next plan."""
        self.need_ids.filtered(lambda need: need.state in ('planned', 'open')).plan_id = False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._refuse_where(
            lambda plan: plan.state != 'draft',
            self.env._("Only drafts can be deleted; close these instead"))
