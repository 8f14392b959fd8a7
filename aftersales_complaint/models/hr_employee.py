import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..tools.penalty import Pay

_logger = logging.getLogger(__name__)


class HrEmployee(models.Model):
    """Base points of a person, and what a month's deduction is measured by."""

    _inherit = 'hr.employee'

    aftersales_base_points = fields.Float(
        # as core's own private fields: officers without rights of human resources read the
        # public profile, which cannot prefetch what is theirs
        string="Own Base Points", groups='hr.group_hr_user', copy=False,
        help="Instead of those of the job position; 0 uses the position's.")
    # where the record rules of complaints look for the members of a unit
    aftersales_department_id = fields.Many2one(
        'hr.department', related='current_version_id.department_id', store=True,
        string="Unit of Complaints", index='btree_not_null', groups='hr.group_hr_user')
    aftersales_bonus = fields.Monetary(
        related='version_id.aftersales_bonus', inherited=True, readonly=False,
        groups='hr.group_hr_manager', copy=False)

    _aftersales_base_points_positive = models.Constraint(
        'CHECK(aftersales_base_points >= 0)', "Base points cannot be negative.")

    def _get_base_points(self, company):
        """Return the base points of one employee or none, 0 if not known; called as superuser.

        :param company: of the document: a form may name an employee of another company, which
            is refused when it is saved only
        """
        employee = self.filtered(lambda employee: employee.company_id in (
            company or self.env.company))
        return employee.aftersales_base_points or employee.job_id.aftersales_base_points

    @api.model
    def _read_penalty_pay(self, employees, months):
        """Return ``{(employee id, month): Pay}``: bonus, wage and minimum wage of each month.

        Hook: called as any user, for a batch of employees, by the monthly run, the approval and
        the month plan of a penalty, after their own check. It is the only place that reads wages
        for penalties; the result caps a deduction and is shown to no person but in the plan of
        the one concerned. Each reading is logged. A wage or bonus of 0 is not known. Raises
        nothing.

        :param employees: records, of any company
        :param months: first days of months
        """
        months = sorted(set(months))
        _logger.info("Pay of %s employees in %s months is read for penalties by user %s.",
                     len(employees), len(months), self.env.uid)
        # wages are for human resources; the caller checked the right to the deduction
        versions = self.env['hr.version'].sudo().search_fetch(
            [('employee_id', 'in', employees.ids)],
            ['employee_id', 'date_version', 'aftersales_bonus', 'wage', 'address_id'],
            order='date_version')
        by_employee = versions.grouped('employee_id')
        minimums = self.env['aftersales.minimum.wage'].sudo()._get_minimums(
            versions.address_id.state_id | employees.sudo().company_id.state_id, months)
        pay = {}
        for employee in employees.sudo():
            own = by_employee.get(employee, versions.browse())
            for month in months:
                last_day = month + relativedelta(months=1, days=-1)
                # as hr.employee._get_version: the last one by then, else the first
                version = (own.filtered(
                    lambda version, day=last_day: version.date_version <= day)[-1:] or own[:1])
                state = version.address_id.state_id or employee.company_id.state_id
                pay[employee.id, month] = Pay(
                    version.aftersales_bonus or None, version.wage or None,
                    minimums.get((state.id, month)))
        return pay
