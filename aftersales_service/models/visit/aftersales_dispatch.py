from odoo import models

from ...tools.day_plan import first_gap


class AftersalesDispatch(models.TransientModel):
    """Bulk dispatch spreads the visits of a person over the working hours of the day."""

    _inherit = 'aftersales.dispatch'

    def _choose_times(self, orders, technicians, refusals):
        """Give each visit of a person a time of its own; who has no room left gets no more.

        The orders of one customer at one place are one visit.
        """
        times = super()._choose_times(orders, technicians, refusals)
        if not self.date_planned:
            return times
        people = {order: technicians.get(order) or order.technician_id for order in times}
        visits = orders.filtered(
            lambda order: people.get(order) and order.type_id._needs_visit())
        for technician, group in visits.grouped(people.get).items():
            self._spread(technician, group, times, refusals)
        return times

    def _spread(self, technician, orders, times, refusals):
        day = orders[0]._get_capacity_day(self.date_planned)
        # who dispatches may know how full the day of a technician is
        jobs = orders.sudo()._find_jobs_of_day(technician.sudo(), day).get(technician, ())
        busy = [(job.date_planned, job.date_planned + job._get_visit_time())
                for job in jobs if job.date_planned and job not in orders.sudo()]
        work = orders[0]._get_work_spans(day, self.date_planned)
        moments = {}
        for order in orders:
            place = order.partner_id, order.site_id
            moment = order.site_id and moments.get(place)
            if not moment:
                moment = first_gap(work, busy, self.date_planned, order._get_visit_time())
                if not moment:
                    del times[order]
                    refusals[order] = self.env._(
                        "%(technician)s has no room left that day.", technician=technician.name)
                    continue
                moments[place] = moment
                busy.append((moment, moment + order._get_visit_time()))
            times[order] = moment
