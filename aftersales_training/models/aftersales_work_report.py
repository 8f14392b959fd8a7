from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.timezone import day_bounds, to_aware

from ..tools.score import get_month, to_percent
from .roles import PERFORMANCE

ATTENDED = ('present', 'travel')
MARKS = {'present': "√", 'travel': "△", 'leave': "○", 'sick': "◇", 'absent': "×"}


class AftersalesWorkReport(models.Model):
    """What one person did in a month: attendance day by day, and the work of the orders.

    The person or an officer types or imports the days; a bridge brings clocked hours. It has no
    conversation: the person, who approves and performance officers read it.
    """

    _name = 'aftersales.work.report'
    _description = "Monthly Work Report"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.protected.mixin', 'aftersales.ratio.report.mixin']
    _order = 'month desc, id desc'
    _check_company_auto = True

    _TRANSITIONS = {'submitted': {'draft'}, 'approved': {'submitted'}, 'draft': {'submitted'}}
    _ACTORS = {'approved': 'approver_id'}
    _ratios = {
        'first_fix': ('repairs_fixed', 'repairs_judged', 100.0),
        'satisfaction': ('customers_satisfied', 'customers_asked', 100.0)}

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    month = fields.Date(
        required=True, index=True, protected='after',
        default=lambda self: fields.Date.context_today(self).replace(day=1))
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='restrict',
        protected='after', default=lambda self: self.env.user, check_company=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True,
        compute='_compute_outlet_id', store=True, precompute=True, protected=True)
    manager_id = fields.Many2one(
        'res.users', string="Chief", index='btree_not_null', compute='_compute_outlet_id',
        store=True, precompute=True, protected=True,
        help="Approves the report; so may a performance officer.")
    state = fields.Selection(
        [('draft', "Draft"), ('submitted', "Submitted"), ('approved', "Approved")],
        default='draft', required=True, readonly=True, index=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)

    # Attendance
    day_ids = fields.One2many('aftersales.work.day', 'report_id', string="Days")
    due_days = fields.Integer(string="Working Days", compute='_compute_days', store=True)
    attended_days = fields.Integer(compute='_compute_days', store=True)
    leave_days = fields.Integer(
        compute='_compute_days', store=True, help="Leave and sick leave.")
    absent_days = fields.Integer(
        string="Days Absent", compute='_compute_days', store=True, help="Without leave.")
    overtime_hours = fields.Float(compute='_compute_days', store=True, digits=(16, 1))
    paid_hours = fields.Float(compute='_compute_days', store=True, digits=(16, 1))

    # Work
    job_count = fields.Integer(string="Jobs Done", readonly=True, copy=False, protected=True)
    jobs_by_type = fields.Text(string="Jobs by Type", readonly=True, copy=False, protected=True)
    job_hours = fields.Float(
        string="Hours on Jobs", readonly=True, copy=False, digits=(16, 1), protected=True)
    # a share without cases is no share of zero: means of many reports divide their sums
    repairs_fixed = fields.Float(
        string="Repairs Fixed at Once", readonly=True, copy=False, protected=True)
    repairs_judged = fields.Float(readonly=True, copy=False, protected=True)
    first_fix = fields.Float(
        string="First-time Fix (%)", readonly=True, copy=False, digits=(16, 1), aggregator='avg',
        protected=True)
    customers_satisfied = fields.Float(readonly=True, copy=False, protected=True)
    customers_asked = fields.Float(
        string="Customers Who Answered", readonly=True, copy=False, protected=True)
    satisfaction = fields.Float(
        string="Satisfied Customers (%)", readonly=True, copy=False, digits=(16, 1),
        aggregator='avg', protected=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    revenue = fields.Monetary(string="Sales Amount", readonly=True, copy=False, protected=True)
    part_count = fields.Integer(string="Parts Used", readonly=True, copy=False, protected=True)
    complaint_count = fields.Integer(
        string="Not Content", readonly=True, copy=False, protected=True,
        help="Customers who were not content in the call after the work.")
    remarks = fields.Text()

    _one_report = models.Constraint(
        'UNIQUE(company_id, month, user_id)', "This person has a report of this month already.")
    _first_of_month = models.Constraint(
        "CHECK(EXTRACT(DAY FROM month) = 1)", "A report begins on the first day of its month.")

    # === COMPUTES === #

    @api.depends('user_id.name', 'month')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for report in self:
            report.display_name = report.month and (
                f"{report.user_id.name} · "
                f"{format_date(report.env, report.month, date_format='yyyy-MM')}")

    @api.depends('user_id')
    def _compute_outlet_id(self):
        """Take outlet and chief as they are when the report is made: people move on."""
        for report in self:
            # who writes the report of a person may know where that person works
            vals = self.env['aftersales.score'].sudo()._prepare_sheet_vals(
                report.company_id, report.month, 'technician', report.user_id.sudo())
            report.outlet_id = vals['outlet_id']
            report.manager_id = vals['manager_id']

    @api.depends('day_ids.kind', 'day_ids.hours', 'day_ids.overtime')
    def _compute_days(self):
        for report in self:
            kinds = report.day_ids.mapped('kind')
            # who works overtime on a day off had not to come
            due = report.day_ids.filtered(lambda day: day.kind != 'rest' and not (
                day.kind in ATTENDED and day.overtime and not day.hours))
            attended = report.day_ids.filtered(lambda day: day.kind in ATTENDED)
            report.due_days = len(due)
            report.attended_days = len(attended)
            report.leave_days = len([kind for kind in kinds if kind in ('leave', 'sick')])
            report.absent_days = kinds.count('absent')
            report.overtime_hours = sum(report.day_ids.mapped('overtime'))
            report.paid_hours = sum(attended.mapped('hours')) + report.overtime_hours

    # === WHO CHANGES WHAT === #

    @api.model_create_multi
    def create(self, vals_list):
        # asked first: a month that is taken would tell of the report of another
        self._ensure_own_or_officer({vals['user_id'] for vals in vals_list if vals.get('user_id')})
        reports = super().create(vals_list)
        reports._ensure_own_or_officer()
        return reports

    def _ensure_own_or_officer(self, user_ids=None):
        """Refuse the reports of others, by default these, to all but performance officers."""
        user = self.env.user
        if not self.env.su and not user.has_group(PERFORMANCE) and (
                set(self.user_id.ids if user_ids is None else user_ids) - {user.id}):
            raise AccessError(self.env._(
                "You write your own work report; a performance officer writes those of others."))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | self._get_all_but() if self.state == 'approved' else locked

    def _get_locked_message(self):
        return self.env._("These reports are approved and stay as they are")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'submitted':
            self._ensure_own_or_officer()
        else:
            is_officer = self.env.user.has_group(PERFORMANCE)
            for report in self:
                if report.user_id == self.env.user or not (
                        is_officer or report.manager_id == self.env.user):
                    raise AccessError(self.env._(
                        "Another person approves: your chief or a performance officer."))
        return result

    def _ensure_submitted(self):
        self._refuse_where(
            lambda report: not report.day_ids,
            self.env._("Fill in the days of the month first"))

    def _on_submitted(self):
        self._count_work()

    # === ACTIONS === #

    def action_submit(self):
        """Submit the reports, with the work counted by now."""
        self._set_state('submitted')

    def action_approve(self):
        """Approve the reports: they stay as they are."""
        self._set_state('approved')

    def action_send_back(self):
        """Let the persons change the reports."""
        self._set_state('draft')

    def action_fill_days(self):
        """Add the days that are missing: by the clocked hours, else by the working hours."""
        self.check_access('write')
        self._refuse_where(
            lambda report: report.state != 'draft',
            self.env._("Only drafts are filled in: send the reports back first"))
        for company, reports in self.grouped('company_id').items():
            reports._fill_days(company)

    def action_count(self):
        """Count the work of the month again."""
        self.check_access('write')
        self._refuse_where(
            lambda report: report.state == 'approved', self._get_locked_message())
        self.sudo()._count_work()  # protected: the right to write was checked above

    # === FIGURES === #

    def _get_clocked_hours(self):
        """Return ``{report: {day: hours}}`` that a clock knows; none here.

        Hook: called as the user who fills in reports, for a batch of one company. A module that
        has clocked hours adds them. Raises nothing.
        """
        return {}

    def _fill_days(self, company):
        clocked = self._get_clocked_hours()
        # the company's working hours are the same for every user
        calendar = company.sudo().resource_calendar_id
        vals_list = []
        for report in self:
            first, last = get_month(report.month)
            present = set(report.day_ids.mapped('date'))
            hours_by_day = clocked.get(report, {})
            working = self._get_working_hours(calendar, first, last)
            for offset in range((last - first).days + 1):
                day = fields.Date.add(first, days=offset)
                due = working.get(day, 0.0)
                hours = hours_by_day.get(day, 0.0 if hours_by_day else due)
                if day not in present:
                    vals_list.append({
                        'report_id': report.id, 'date': day,
                        'kind': 'present' if hours else 'absent' if due else 'rest',
                        'hours': min(hours, due) if due else 0.0,
                        'overtime': max(0.0, hours - due)})
        self.env['aftersales.work.day'].create(vals_list)

    @api.model
    def _get_working_hours(self, calendar, first, last):
        """Return ``{day: hours}`` in which the company works, holidays left out."""
        zone = calendar.tz or 'UTC'
        start, stop = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
        hours = {}
        for begin, end, __ in calendar._work_intervals_batch(
                to_aware(start), to_aware(stop))[False] if calendar else ():
            day = begin.date()
            hours[day] = hours.get(day, 0.0) + (end - begin).total_seconds() / 3600
        return hours

    def _get_day_marks(self):
        """Return ``{day of the month: mark}`` as the printed attendance shows them."""
        self.ensure_one()
        return {day.date.day: MARKS.get(day.kind) for day in self.day_ids}

    def _get_statistics(self):
        """Return ``[(outlet, figures)]`` of these reports of one company and month, by name.

        The last row, without outlet, is the total. Shares are those of all cases together, and
        ``None`` without any.
        """
        names = ('attended_days', 'leave_days', 'absent_days', 'overtime_hours', 'job_count',
                 'job_hours', 'part_count', 'revenue', 'complaint_count')
        # the reader of the reports may know the outlets that they name
        groups = self.grouped(
            lambda report: report.outlet_id.sudo().name or self.env._("Without Outlet"))
        rows = [*sorted(groups.items()), (False, self)]
        return [(name, {
            **{figure: sum(reports.mapped(figure)) for figure in names}, 'people': len(reports),
            **{rate: to_percent(sum(reports.mapped(above)), sum(reports.mapped(below)))
               for rate, (above, below, __) in self._ratios.items()}})
            for name, reports in rows]

    def _group_for_print(self):
        """Return ``[((company, month), reports)]``: a sheet of attendance each."""
        return list(self.grouped(lambda report: (report.company_id, report.month)).items())

    def _count_work(self):
        """Write what the orders of the month say; as superuser, after the caller's check."""
        kpis = self.env['aftersales.kpi']
        orders = self.env['aftersales.order']
        for (company, month), reports in self.grouped(
                lambda report: (report.company_id, report.month)).items():
            frame = kpis._get_frame(company, month, reports.user_id, 'technician')
            cases = kpis._get_order_cases(frame)
            by_type = {}
            for user, kind, count in orders._read_group(
                    cases, ['technician_id', 'type_id'], ['__count']):
                by_type.setdefault(user.id, []).append((kind.name, count))
            fixed, content = kpis._measure_first_fix(frame), kpis._measure_satisfaction(frame)
            sold = {user.id: (parts or 0.0) + (labour or 0.0) for user, parts, labour in self.env[
                'aftersales.order.report']._read_group(
                    cases, ['technician_id'], ['parts_amount:sum', 'labour_amount:sum'])}
            parts = {user.id: count for user, count in self.env['stock.move']._read_group(
                [('aftersales_order_id', 'any', cases), ('state', '=', 'done'),
                 ('repair_line_type', '=', 'add')],
                ['aftersales_order_id.technician_id'], ['__count'])}
            angry = {user.id: count for user, count in orders._read_group(
                cases & Domain('follow_up_result', '=', 'not_content'), ['technician_id'],
                ['__count'])}
            hours = reports._get_job_hours(frame)
            for report in reports:
                user_id = report.user_id.id
                jobs = by_type.get(user_id, [])
                repairs, answers = fixed.get(user_id, (0, 0)), content.get(user_id, (0, 0))
                report.write({
                    'job_count': sum(count for __, count in jobs),
                    'jobs_by_type': "\n".join(f"{name}: {count}" for name, count in jobs),
                    'job_hours': hours.get(user_id, 0.0),
                    'repairs_fixed': repairs[0], 'repairs_judged': repairs[1],
                    'first_fix': to_percent(*repairs) or 0.0,
                    'customers_satisfied': answers[0], 'customers_asked': answers[1],
                    'satisfaction': to_percent(*answers) or 0.0,
                    'revenue': sold.get(user_id, 0.0), 'part_count': parts.get(user_id, 0),
                    'complaint_count': angry.get(user_id, 0)})

    def _get_job_hours(self, frame):
        """Return ``{user id: hours}`` from arrival to end of the trips of the month."""
        hours = {}
        for visit in self.env['aftersales.visit'].search_fetch(
                frame.of_people('technician_id') & frame.within('date_done')
                & Domain('state', '=', 'done') & Domain('date_arrived', '!=', False),
                ['technician_id', 'date_arrived', 'date_done']):
            spent = (visit.date_done - visit.date_arrived).total_seconds() / 3600
            hours[visit.technician_id.id] = hours.get(visit.technician_id.id, 0.0) + max(0.0, spent)
        return hours
