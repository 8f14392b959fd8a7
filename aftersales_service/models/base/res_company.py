from datetime import timedelta

from odoo import models

from ...tools.timezone import day_bounds, local_day


class ResCompany(models.Model):
    _inherit = 'res.company'

    def _get_people_in(self, group):
        """Return the colleagues of this company who are in ``group``, by its external id."""
        self.ensure_one()
        # who is asked or told is not for everybody to read
        return self.env.ref(group).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids)

    def _get_last_day(self, day, days, is_workdays):
        """Return the last of the ``days`` days that follow ``day``; nothing for no limit.

        :param days: how many days there are, zero for no limit
        :param is_workdays: whether only working days count, by the company's calendar
        """
        self.ensure_one()
        # the days are the same for whoever asks
        calendar = self.sudo().resource_calendar_id
        if not days or not is_workdays or not calendar:
            return days and day + timedelta(days=days)
        # the day itself does not count
        zone = calendar.tz or 'UTC'
        __, start = day_bounds(day, zone)
        end = calendar.plan_days(days, start, compute_leaves=True)
        return end and local_day(end, zone)
