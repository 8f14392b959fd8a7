from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import format_date, format_time

from ...tools.timezone import day_bounds, local_day
from .aftersales_visit import OPEN_STATES

# how far ahead a technician sees
UPCOMING_DAYS = 7


class AftersalesVisit(models.Model):
    """A visit as the technician's phone shows it: a job of today.

    Outlet technicians are portal users who may not read these models; whatever leaves
    here was asked for by the technician whom the visit names.
    """

    _inherit = 'aftersales.visit'

    def _get_people(self):
        """Return who goes on these trips."""
        return self.technician_id

    @api.model
    def _get_own_domain(self):
        """Return the visits on which the current user goes."""
        return Domain('technician_id', '=', self.env.uid)

    def _check_is_technician(self):
        """Refuse users who do not go on these visits, without a hint.

        A visit of somebody else and none at all get the same sentence.
        """
        visits = self.sudo().exists()
        if not visits or visits != self.sudo() or any(
                self.env.user not in visit._get_people() for visit in visits):
            raise MissingError(self.env._("This job does not exist or is no longer yours."))

    @api.model
    def _get_mobile_domain(self):
        """Return the open visits up to tonight and all of today, for the current user."""
        zone = self.env.user.tz or 'UTC'
        midnight, next_midnight = day_bounds(local_day(fields.Datetime.now(), zone), zone)
        return (
            self._get_own_domain()
            & Domain('date_start', '<', next_midnight)
            & (Domain('state', 'in', OPEN_STATES) | Domain('date_start', '>=', midnight)))

    @api.model
    def _get_mobile_jobs(self):
        """Return what the phone keeps for a day without network: today's jobs, in order."""
        # the domain names the current user as the technician
        visits = self.sudo().search(self._get_mobile_domain(), order='date_start, id')
        shared = visits.order_ids._get_mobile_context()
        return [
            visit._prepare_mobile_job() | {'orders': [
                order._prepare_mobile_order(shared)
                for order in visit.order_ids]}
            for visit in visits]

    @api.model
    def _get_upcoming_jobs(self):
        """Return what the phone shows of the days after today: when, where and what."""
        zone = self.env.user.tz or 'UTC'
        __, next_midnight = day_bounds(local_day(fields.Datetime.now(), zone), zone)
        # the domain names the current user as the technician
        visits = self.sudo().search(
            self._get_own_domain() & Domain('state', 'in', OPEN_STATES)
            & Domain('date_start', '>=', next_midnight)
            & Domain('date_start', '<', next_midnight + timedelta(days=UPCOMING_DAYS)),
            order='date_start, id')
        return [{
            'id': visit.id,
            'day': visit._format_day(),
            'time': format_time(self.env, visit.date_start, time_format='short'),
            'customer': visit.partner_id.name or "",
            'address': self._format_address(visit.site_id),
            'units': [' · '.join(filter(None, [
                order.type_id.name, order.product_id.display_name])) for order in visit.order_ids],
        } for visit in visits]

    def _format_day(self):
        self.ensure_one()
        return format_date(
            self.env, fields.Datetime.context_timestamp(self, self.date_start).date())

    @api.model
    def _get_missed_reasons(self):
        """Return the reasons for a failed visit that the phone offers: ``[(key, label)]``.

        Hook: called on the model by ``_prepare_mobile_config``, as the user of the phone, with the
        page. Raises nothing.
        """
        return self._fields['missed_reason']._description_selection(self.env)

    def _prepare_mobile_job(self):
        """Return the trip itself: when, where and whom to call.

        Hook: called by ``/my/jobs/data`` as superuser, for one visit that names the user as one of
        its people, at each reading. Modules add keys to ``super()``; all texts leave for the phone.
        Raises nothing.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        first = self.order_ids[:1]
        phone = first.user_phone or self.phone or ""
        return {
            'id': self.id,
            'state': self.state,
            'time': format_time(self.env, self.date_start, time_format='short'),
            'time_end': format_time(self.env, self.date_stop, time_format='short'),
            'day': self._format_day(),
            'is_late': self.state == 'planned' and self.date_start < now,
            'is_called': bool(self.date_called),
            'is_second_visit': self.is_second_visit,
            'customer': self.partner_id.name or "",
            # who is at home is the one to call, and to ask for
            'contact': first.user_name or "",
            'phone': phone,
            'dial': self.env['res.partner']._get_dial_link(phone, self.company_id.country_id),
            'address': self._format_address(self.site_id),
            'wants_position': self._is_position_wanted(),
        }
