from datetime import timedelta

from odoo import api, models
from odoo.tools import format_datetime, format_time

from ...tools.day_plan import first_gap
from ...tools.timezone import day_bounds

# how far a free time is searched for
DAYS_AHEAD = 7


class AftersalesOrder(models.Model):
    """What the desk knows of the people who may do an order."""

    _inherit = 'aftersales.order'

    def action_open_schedule(self):
        """Open the dialog that plans and dispatches this order."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Schedule and Dispatch"),
            'res_model': 'aftersales.schedule', 'view_mode': 'form', 'target': 'new',
            'context': {'default_order_id': self.id, 'dialog_size': 'large'},
        }

    # === RULES === #

    def _get_arrival_deadline(self):
        """Return until when the customer was promised an arrival; ``False`` without a promise."""
        self.ensure_one()
        clocks = self._get_running_clocks().filtered(lambda clock: clock.kind == 'arrive')
        return clocks[:1].date_deadline

    def _describe_people(self, outlet, moment):
        """Return one dict for each person who may do this order: day, skills, obstacles.

        Who plans the order may know how full the day of its people is; of their other
        orders only times are shown.
        """
        self.ensure_one()
        people = self._get_everyday_technicians(outlet) | self.technician_id
        people = people.sudo()  # names and days only; the order's planner may choose among them
        day = self._get_capacity_day(moment)
        absent = people._get_absences({day}, self.company_id)
        required = self._get_required_skills()[self]
        unqualified = self._get_unqualified(people)[self]
        jobs = self._find_jobs_of_day(people, day)
        rows = [
            self._describe_person(
                person, jobs.get(person, self.sudo().browse()), moment,
                unqualified[person], (person.id, day) in absent, required)
            for person in people]
        return sorted(rows, key=lambda row: (
            row['is_barred'], row['is_absent'], len(row['lacks']), bool(row['clash']),
            row['count'], row['name']))

    def _find_jobs_of_day(self, people, day):
        """Return ``{person: their open orders on that day, by time}``, as superuser."""
        orders = self.sudo().search_fetch(
            [('technician_id', 'in', people.ids), ('capacity_day', '=', day),
             ('date_closed', '=', False), ('date_done', '=', False),
             ('id', 'not in', self._origin.ids)],
            ['technician_id', 'date_planned', 'type_id', 'site_id'], order='date_planned')
        return orders.grouped('technician_id')

    def _find_free_time(self, outlet, start):
        """Return the first time from ``start`` at which somebody is free to visit for this order.

        Hook to call: by dialogs that propose a time, as the user who may plan the order (the days
        of its people are read as superuser), for one order. It looks ``DAYS_AHEAD`` days ahead;
        where no person may do the order, or has room, it is ``start``. Raises nothing.
        """
        self.ensure_one()
        if not self.type_id._needs_visit():
            return start
        people = self._get_everyday_technicians(outlet).sudo()
        reasons = self._get_unqualified(people)[self]
        people = people.filtered(lambda person: not self._get_binding(reasons[person]))
        length, moment = self._get_visit_time(), start
        for __ in range(DAYS_AHEAD if people else 0):
            day = self._get_capacity_day(moment)
            absent = people._get_absences({day}, self.company_id)
            jobs = self._find_jobs_of_day(people, day)
            days = [[(job.date_planned, job.date_planned + job._get_visit_time())
                     for job in jobs.get(person, ()) if job.date_planned]
                    for person in people if (person.id, day) not in absent]
            if any(first_gap([(moment, moment + length)], busy, moment, length) for busy in days):
                return moment
            work = self._get_work_spans(day, moment)
            gaps = [first_gap(work, busy, moment, length) for busy in days]
            if found := min(filter(None, gaps), default=None):
                return found
            moment = self._get_first_hour(day)
        return start

    def _get_first_hour(self, day):
        """Return when work begins on the first working day after ``day``."""
        __, stop = day_bounds(day, self.company_id.resource_calendar_id.tz or 'UTC')
        calendar = self.company_id.resource_calendar_id
        # a minute of work from then lies within working time
        moment = calendar and calendar.plan_hours(1 / 60, stop, compute_leaves=True)
        return moment.replace(second=0, microsecond=0) - timedelta(minutes=1) if moment else stop

    def _get_work_spans(self, day, start):
        """Return the working hours on ``day`` after ``start``; the rest of a day off.

        Who plans for a day of rest, or for the evening, knows why.
        """
        calendar = self.company_id.resource_calendar_id
        begin, stop = day_bounds(day, calendar.tz or 'UTC')
        spans = calendar and calendar._get_work_intervals(begin, stop)
        return [span for span in spans or () if span[1] > start] or [(start, stop)]

    def _describe_person(self, person, jobs, moment, reasons, is_absent, required):
        end = moment and moment + self._get_visit_time()
        clash = jobs.filtered(
            lambda job: moment and job.date_planned and job.date_planned < end
            and job.date_planned + job._get_visit_time() > moment)
        place = self.site_id
        near = jobs.filtered(lambda job: place and (
            (place.zip and job.site_id.zip == place.zip)
            or (place.city and job.site_id.city == place.city)))
        lacks = [reason.words for reason in reasons]
        return {
            'id': person.id, 'name': person.name, 'count': len(jobs), 'near': len(near),
            'busy': ", ".join(
                self._format_hour(job.date_planned)
                + "–" + self._format_hour(job.date_planned + job._get_visit_time())
                for job in jobs if job.date_planned),
            'clash': len(clash), 'is_absent': is_absent, 'lacks': lacks,
            'is_barred': bool(self._get_binding(reasons)),
            'skills': ", ".join(required.filtered(
                lambda skill: person in skill.user_ids).mapped('name')),
        }

    def _format_hour(self, moment):
        return format_time(self.env, moment, tz=str(self.env.tz), time_format='HH:mm')

    @api.onchange('date_planned')
    def _onchange_past_promise(self):
        """Warn who plans past the promised arrival."""
        deadline = self._origin and self._origin._get_arrival_deadline()
        if not deadline or not self.date_planned or self.date_planned <= deadline:
            return None
        return {'warning': {
            'title': self.env._("Later Than Promised"), 'message': self.env._(
                "The customer was promised an arrival by %(deadline)s.",
                deadline=format_datetime(self.env, deadline, dt_format='short'))}}
