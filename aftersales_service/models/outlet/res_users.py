from datetime import datetime, time

from odoo import api, fields, models

from ...tools.timezone import to_utc


class ResUsers(models.Model):
    _inherit = 'res.users'

    aftersales_outlet_ids = fields.Many2many(
        'aftersales.outlet', 'aftersales_outlet_member_rel', 'user_id', 'outlet_id',
        string="Service Outlets", copy=False,
        groups='aftersales_service.group_aftersales_agent')

    @api.model
    def _get_invalidation_fields(self):
        # the record rules of orders name the outlets of the user
        return super()._get_invalidation_fields() | {'aftersales_outlet_ids'}

    def _get_served_outlet_ids(self):
        """Return the ids of the outlets, with their teams, that this user works for now."""
        self.ensure_one()
        # users may know their own outlets
        outlets = self.sudo().with_context(active_test=True).aftersales_outlet_ids
        return (outlets | outlets.child_ids).filtered(
            lambda outlet: outlet.state != 'closed').ids

    def _get_absences(self, days, companies):
        """Return the pairs of user id and day on which the resources of users are on leave.

        A user on leave at noon is absent on that day.
        """
        if not self or not days:
            return set()
        zone = companies[:1].resource_calendar_id.tz or 'UTC'
        noons = {day: to_utc(datetime.combine(day, time(12)), zone) for day in days}
        # who plans a technician's day may know of the absence, not its reason
        leaves = self.env['resource.calendar.leaves'].sudo().search_fetch([
            ('resource_id.user_id', 'in', self.ids),
            ('date_from', '<=', max(noons.values())), ('date_to', '>=', min(noons.values()))],
            ['resource_id', 'date_from', 'date_to'])
        return {
            (leave.resource_id.user_id.id, day)
            for leave in leaves for day, noon in noons.items()
            if leave.date_from <= noon <= leave.date_to}
