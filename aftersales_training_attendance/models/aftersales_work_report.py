from odoo import models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import local_day


class AftersalesWorkReport(models.Model):
    """The days of employees come from their clocked hours."""

    _inherit = 'aftersales.work.report'

    def _get_clocked_hours(self):
        hours = super()._get_clocked_hours()
        kpis = self.env['aftersales.kpi']
        for (company, month), reports in self.grouped(
                lambda report: (report.company_id, report.month)).items():
            frame = kpis._get_frame(company, month, reports.user_id, 'technician')
            zone = company.sudo().resource_calendar_id.tz or 'UTC'
            by_user = {report.user_id: report for report in reports}
            # who fills in the report may know the hours that it will show
            rows = self.env['hr.attendance'].sudo().search_fetch(
                frame.within('check_in') & Domain('employee_id.company_id', '=', company.id)
                & Domain('employee_id.user_id', 'in', reports.user_id.ids),
                ['employee_id', 'check_in', 'worked_hours'])
            for row in rows:
                days = hours.setdefault(by_user[row.employee_id.user_id], {})
                day = local_day(row.check_in, zone)
                days[day] = days.get(day, 0.0) + row.worked_hours
        return hours
