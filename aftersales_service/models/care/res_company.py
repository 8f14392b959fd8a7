from datetime import timedelta

from odoo import fields, models

from ...tools.timezone import day_bounds, local_day


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_follow_up_days = fields.Integer(
        string="Working Days to the Follow-up Call", default=1,
        help="So many working days after the work the desk calls the customer. 0: no calls.")

    _aftersales_follow_up_positive = models.Constraint(
        'CHECK(aftersales_follow_up_days >= 0)',
        "The days to the follow-up call cannot be negative.")

    def _get_follow_up_day(self, day):
        """Return the working day that lies the company's number of days after ``day``."""
        self.ensure_one()
        calendar = self.resource_calendar_id
        zone = calendar.tz or 'UTC'
        __, tomorrow = day_bounds(day, zone)
        planned = calendar and calendar.plan_days(
            self.aftersales_follow_up_days, tomorrow, compute_leaves=True)
        if planned:
            return local_day(planned, zone)
        return day + timedelta(days=self.aftersales_follow_up_days)
