from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.penalty import missing_pay, month_of, next_month, plan_months
from .aftersales_penalty_acknowledgement import OFFICER


class AftersalesPenalty(models.Model):
    """The monthly run: what each employee is deducted, first in first out under the caps.

    It decides month by month up to the one asked for, skips months that were exported, and marks
    what it decided, so that a run that was killed goes on and another run changes nothing.
    """

    _inherit = 'aftersales.penalty'

    # === ACTIONS === #

    def action_run_months(self):
        """Let the run begin now, for the last month and what is open before it.

        The list passes the penalties that are selected; the run decides on all that are due.
        """
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Officers of penalties start the monthly run."))
        # the right was checked above; what was refused before is tried again
        self.sudo().search([
            ('date_refused', '!=', False), ('company_id', 'in', self.env.companies.ids),
        ]).date_refused = False
        self.env.ref('aftersales_complaint.ir_cron_penalty_run').sudo()._trigger()
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'info',
                'message': self.env._(
                    "The run of the month has begun. Its deductions appear in the ledger; what "
                    "it leaves out is under “Not Run” with the reason.")}}

    # === CRON === #

    @api.model
    def _cron_run_months(self, batch_size=500, month=None):
        """Run all companies up to the month before this one, one committed batch at a time.

        :param batch_size: how many employees a batch has: one person's penalties share a cap
        """
        cron = self.env['ir.cron']
        self._notify_of_silence()
        for company in self._find_run_companies():
            last = month or next_month(
                month_of(company._get_aftersales_day(fields.Datetime.now())), -1)
            domain = self._get_run_domain(company, last)
            cron._commit_progress(remaining=self.search_count(domain))
            while penalties := self._find_batch(domain, batch_size):
                penalties._run_months(last)
                if not cron._commit_progress(len(penalties)):
                    return  # out of time: the next run continues

    @api.model
    def _find_run_companies(self):
        """Return the companies with penalties that are deducted."""
        return self.env['res.company'].browse(company.id for company, in self._read_group(
            [('state', 'in', ('approved', 'running'))], ['company_id']))

    @api.model
    def _get_due_domain(self, company, month):
        """Return the penalties that a run of ``month`` still has to decide on."""
        today = company._get_aftersales_day(fields.Datetime.now())
        undecided = Domain('month_run', '=', False) | Domain('month_run', '<', month)
        return (
            Domain('company_id', '=', company.id) & Domain('first_month', '<=', month)
            & (Domain('state', '=', 'running') | (
                Domain('state', '=', 'approved') & Domain('appeal_date', '<', today)))
            & undecided)

    @api.model
    def _get_run_domain(self, company, month):
        """Return the due ones but those that this day's run had to leave out."""
        today = company._get_aftersales_day(fields.Datetime.now())
        return self._get_due_domain(company, month) & (
            Domain('date_refused', '=', False) | Domain('date_refused', '<', today))

    @api.model
    def _find_batch(self, domain, batch_size):
        """Return all due penalties of the next employees, locked; none is half decided."""
        employees = self._read_group(
            domain, ['employee_id'], limit=batch_size, order='employee_id')
        ids = [employee.id for employee, in employees]
        penalties = self.search(domain & Domain('employee_id', 'in', ids))
        locked = penalties.try_lock_for_update()
        return locked.filtered(
            lambda penalty, busy=(penalties - locked).employee_id: penalty.employee_id not in busy)

    # === RULES === #

    def _run_months(self, last):
        """Decide these penalties of one company up to the month ``last``.

        Other running penalties of the same employees come first where their notices do. Called
        by the run as superuser. What cannot be decided is marked with the reason.
        """
        company = self.company_id
        company.ensure_one()
        dues = self.search(Domain('company_id', '=', company.id) & Domain(
            'employee_id', 'in', self.employee_id.ids) & (
                Domain('id', 'in', self.ids) | Domain('state', '=', 'running')))
        months = self._get_open_months(company, min(dues.mapped('first_month')), last)
        pay = self.env['hr.employee']._read_penalty_pay(dues.employee_id, months)
        booked = self._get_booked(dues.employee_id, months)
        vals_list, refused = [], {}
        by_id = {penalty.id: penalty for penalty in dues}
        for employee, group in dues.grouped('employee_id').items():
            missing = group._find_missing(employee, months, pay)
            if missing:
                refused[group & self] = missing
                continue
            rows = plan_months(
                [penalty._get_due() for penalty in group], months,
                lambda month, employee=employee: pay[employee.id, month],
                booked[employee.id], company.currency_id.rounding)
            vals_list += [by_id[row.key]._prepare_line_vals(
                'lapsed' if row.is_lapsed else 'deduction', row.amount, row.month)
                for row in rows]
            vals_list += group._prepare_late_lapses(months)
        self.env['aftersales.penalty.line'].create(vals_list)
        left_out = self.browse().union(*refused)
        for penalties, reason in refused.items():
            penalties.write({
                'refusal': reason, 'date_refused': company._get_aftersales_day(
                    fields.Datetime.now())})
        decided = self - left_out
        decided.write({'month_run': last, 'refusal': False, 'date_refused': False})
        decided.filtered(lambda penalty: penalty.state == 'approved')._set_state('running')
        (dues - left_out)._end_if_even()
        decided._mark_overdue(last)

    def _prepare_late_lapses(self, months):
        """Let lapse what was to be adjusted in a month that payroll has settled meanwhile."""
        return [
            penalty._prepare_line_vals('lapsed', penalty.amount_owed, penalty.first_month)
            for penalty in self if penalty.amount_owed > 0 and not (
                penalty.scheme_id.is_carried_over or penalty.first_month in months)]

    def _mark_overdue(self, last):
        """Name the penalties whose months are over: the rest is written off with approval."""
        for penalty in self.filtered(lambda penalty: penalty.state == 'running'):
            if last >= next_month(penalty.first_month, penalty.scheme_id.months_max - 1):
                penalty.refusal = self.env._(
                    "%(months)s months are over: write the rest off.",
                    months=penalty.scheme_id.months_max)

    @api.model
    def _get_open_months(self, company, first, last):
        """Return the months of a company from ``first`` to ``last`` that were not exported."""
        closed = self.env['aftersales.penalty.export']._get_closed(company)
        months, month = [], first
        while month <= last:
            if month not in closed:
                months.append(month)
            month = next_month(month)
        return months

    @api.model
    def _get_booked(self, employees, months):
        """Return ``{employee id: {month: amount}}`` of what was deducted before."""
        booked = defaultdict(dict)
        for employee, month, amount in self.env['aftersales.penalty.line']._read_group(
                [('employee_id', 'in', employees.ids), ('month', 'in', months),
                 ('kind', '=', 'deduction'), ('state', '=', 'booked')],
                ['employee_id', 'month:month'], ['amount:sum']):
            booked[employee.id][month] = amount
        return booked

    def _find_missing(self, employee, months, pay):
        """Return why the penalties of one employee cannot be decided, if so."""
        names = {'bonus': self.env._("the bonus"), 'wage': self.env._("the wage"),
                 'minimum_wage': self.env._("the minimum wage of the region")}
        if not employee.active:
            return self.env._(
                "%(person)s has left the company: write the rest off.", person=employee.name)
        for penalty in self.filtered(lambda penalty: penalty.amount_owed > 0):
            for month in months:
                missing = month >= penalty.first_month and missing_pay(
                    penalty.scheme_id._get_facts(), pay[employee.id, month])
                if missing:
                    return self.env._(
                        "%(person)s: %(facts)s of %(month)s is not known.",
                        person=employee.name, month=f'{month:%Y-%m}',
                        facts=", ".join(names[name] for name in missing))
        return False
