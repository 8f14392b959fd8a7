from datetime import datetime, timedelta
from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ...tools.timezone import to_local, to_utc


class AftersalesOrder(models.Model):
    """What the people of an outlet see of its orders on their portal pages.

    They are portal users: each method looks at the outlets that they serve before it reads
    as superuser. What they do there are the named actions of dispatch, nothing else.
    """

    _inherit = 'aftersales.order'

    @api.model
    def _get_outlet_sections(self):
        """Return the domains of the sections of the outlet's page, by name and in order."""
        served = Domain('outlet_id', 'in', self.env.user._get_served_outlet_ids())
        accepted = served & Domain('offer_state', '=', 'accepted')
        unfinished = Domain('date_closed', '=', False) & Domain('date_done', '=', False)
        running = accepted & unfinished
        return {
            'offers': served & Domain('offer_state', '=', 'offered') & unfinished,
            'waiting': running & Domain('technician_id', '=', False),
            'running': running & Domain('technician_id', '!=', False),
            'done': accepted & Domain('date_done', '!=', False),
        }

    @api.model
    def _count_for_outlet(self):
        """Return the number of orders in each section; nothing for users without outlet."""
        if not self.env.user._get_served_outlet_ids():
            return {}
        # each domain names the outlets that the user serves
        orders = self.sudo()
        return {
            section: orders.search_count(domain)
            for section, domain in self._get_outlet_sections().items()}

    @api.model
    def _search_for_outlet(self, section, offset=0, limit=None):
        """Return the orders of a section as superuser; what waits longest comes first."""
        order = {'offers': 'offer_id desc', 'done': 'date_done desc, id desc'}.get(
            section, 'date_planned, severity desc, id')
        # the domain names the outlets that the user serves
        return self.sudo().search(
            self._get_outlet_sections()[section], order=order, offset=offset, limit=limit)

    def _get_access_action(self, access_uid=None, force_website=False):
        """Lead an outlet's people to their own page of the order."""
        self.ensure_one()
        # whose order it is and who serves it decides which page is shown
        user = self.env['res.users'].sudo().browse(access_uid) if access_uid else self.env.user
        if user._is_portal() and self.sudo().outlet_id.id in user._get_served_outlet_ids() and (
                not self._is_customers(user)):
            return {'type': 'ir.actions.act_url', 'target': 'self', 'res_id': self.id,
                    'url': f'/my/outlet/{self.id}'}
        return super()._get_access_action(access_uid=access_uid, force_website=force_website)

    def _get_outlet_actions(self):
        """Return what the current user may do with this order on the page, by name.

        The actions themselves check it again; the page only shows no vain button.
        """
        self.ensure_one()
        if self.is_closed or self.date_done:
            return []
        if self.offer_state == 'offered':
            return [] if self.offer_id._is_late() else ['accept', 'decline']
        outlet, user = self.outlet_id, self.env.user
        is_manager = user in outlet.manager_id | outlet.parent_id.manager_id
        if self.technician_id:
            is_free = self.state != 'on_site' and (is_manager or user == self.technician_id)
            if not is_free:
                return []
            return ['agree_time', 'hand_over'] if self.type_id._needs_visit() else ['hand_over']
        return [
            action for action, is_possible in (
                ('assign', is_manager), ('take', self.can_be_taken)) if is_possible]

    def _get_outlet_technicians(self):
        """Return who may do this order with the orders each has that day, the best first.

        That is who has the skills, then who is idle.
        """
        self.ensure_one()
        day = self._get_capacity_day()
        people = self._get_eligible_technicians()
        loads = self._count_load(people, [day])
        missing = self._get_unqualified(people)[self]
        return sorted(
            ((technician, loads.get((technician.id, day), 0)) for technician in people),
            key=lambda pair: (len(missing[pair[0]]), pair[1], pair[0].name))

    def _get_outlet_address(self):
        """Return the site on one line; before the offer is accepted, only where it is."""
        self.ensure_one()
        site = self.site_id or self.partner_id
        if self.offer_state == 'offered':
            return " ".join(filter(None, [site.zip, site.city, site.state_id.name]))
        lines = site._display_address(without_company=True).splitlines() if site else []
        return ", ".join(line.strip() for line in lines if line.strip())

    def _get_outlet_map_link(self):
        """Return the company's map link for the site; empty without map or address."""
        link, address = self.company_id.aftersales_map_link, self._get_outlet_address()
        return link.replace('{address}', quote(address)) if link and address else ''

    # === TIMES === #

    def _get_outlet_zone(self):
        """Return the name of the zone of the current user, else of outlet or company."""
        user = self.env.user
        # times on a page show their zone to every reader
        outlet = self[:1].sudo().outlet_id
        return (user.tz or outlet.resource_calendar_id.tz
                or user.company_id.sudo().resource_calendar_id.tz or 'UTC')

    def _format_outlet_time(self, moment):
        """Return a time in the user's words and zone; an empty text for none."""
        return (moment and format_datetime(
            self.env, moment, tz=self._get_outlet_zone(), dt_format='short')) or ""

    def _get_input_time(self):
        """Return the planned or wanted time as a form of the browser takes it."""
        self.ensure_one()
        return self._to_input_time(self.date_planned or self.date_wanted)

    def _get_input_limits(self):
        """Return the first and the last time that the form of the browser offers.

        A time that the desk planned may stay, however far away.
        """
        self.ensure_one()
        now, days = fields.Datetime.now(), self.company_id.aftersales_plan_days
        planned = self.date_planned or now
        last = days and max(planned, now + timedelta(days=days))
        return self._to_input_time(min(planned, now)), self._to_input_time(last)

    def _to_input_time(self, moment):
        local = moment and to_local(moment, self._get_outlet_zone())
        return local.strftime('%Y-%m-%dT%H:%M') if local else ""

    def _read_input_time(self, text):
        """Return a time of the browser's form in UTC; none is ``False``, nonsense refused."""
        if not text:
            return False
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
            return fields.Datetime.to_string(to_utc(moment, self._get_outlet_zone()))
        except (ValueError, OverflowError) as error:
            raise UserError(self.env._("This is no date and time: %(text)s", text=text)) from error
