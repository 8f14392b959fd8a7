from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import ormcache

from ...tools.timezone import day_bounds, to_aware, to_naive
from ...tools.worktime import WorkTime, around_the_clock


class ResourceCalendar(models.Model):
    _inherit = 'resource.calendar'

    def write(self, vals):
        result = super().write(vals)
        if 'tz' in vals:
            self.env.registry.clear_cache()  # also the days of companies follow from it
        if vals.keys() & {'tz', 'attendance_ids', 'leave_ids', 'two_weeks_calendar', 'active'}:
            self._on_working_time_changed()
        return result

    def _get_worktime(self, start, stop):
        """Return the working time of the calendar from ``start`` to ``stop``, at least.

        The horizon is widened to whole months, so that the questions of a day share one
        answer in the cache. Without a calendar every minute counts.

        :rtype: aftersales_service.tools.worktime.WorkTime
        """
        first = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        last = stop.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        last += relativedelta(months=1)
        if not self:
            return around_the_clock(first, last)
        return WorkTime(self._get_work_intervals(first, last), first, last)

    @ormcache('self.id', 'start', 'stop')
    def _get_work_intervals(self, start, stop):
        """Return the working intervals as pairs of naive UTC instants, by core's own rules."""
        # clocks run alike for all users
        intervals = self.sudo()._work_intervals_batch(
            to_aware(start), to_aware(stop))[False]
        return tuple((to_naive(begin), to_naive(end)) for begin, end, __ in intervals)

    def _is_working_day(self, day):
        """Whether anybody works on ``day``; without calendar, from Monday to Friday."""
        if not self:
            return day.isoweekday() < 6
        start, stop = day_bounds(day, self.tz or 'UTC')
        return bool(self._get_worktime(start, stop).elapsed(start, stop))

    def _on_working_time_changed(self):
        """Forget the cached intervals; reschedule the running clocks, once per transaction."""
        promised = self._get_promised()
        if not promised:
            return
        self.env.registry.clear_cache()
        waiting = self.env.cr.precommit.data.setdefault('aftersales_calendars', set())
        if not waiting:
            self.env.cr.precommit.add(self.env['aftersales.clock']._reschedule_calendars)
        waiting.update(promised.ids)

    def _get_promised(self):
        """Return those whose hours a target or a running clock counts.

        Leaves of people and machines come by the thousand: for other calendars nothing is cached,
        and to empty the cache costs every worker its own.

        Hook: called as the user who changed hours, leaves or zone (targets and clocks are read as
        superuser), for a batch of calendars, after the write and before the cache is emptied. A
        module that caches working time of further calendars extends it by ``super() | …``. Raises
        nothing.
        """
        # who may change working hours need not read promises
        of_targets = self.env['aftersales.clock.target'].sudo()._read_group(
            [('calendar_id', 'in', self.ids)], ['calendar_id'])
        of_clocks = self.env['aftersales.clock'].sudo()._read_group(
            [('calendar_id', 'in', self.ids), ('date_stopped', '=', False)], ['calendar_id'])
        promised = self.browse({calendar.id for [calendar] in of_targets + of_clocks})
        # days without a calendar of their own, and some hours, are those of the company
        if self.env['aftersales.clock.target'].sudo().search_count(
                ['|', ('unit', '!=', 'hours'), ('is_company_time', '=', True),
                 ('calendar_id', '=', False)], limit=1):
            promised |= self & self.env['res.company'].sudo().search(
                [('resource_calendar_id', 'in', self.ids)]).resource_calendar_id
        return promised

    def _get_horizon_limit(self, start):
        """Return the last instant for which working time is looked up, five years ahead."""
        return fields.Datetime.add(start, years=5)
