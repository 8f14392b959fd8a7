from datetime import datetime, time

from pytz import timezone, utc

from odoo import api, fields, models


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
        # everybody may know where he works himself
        outlets = self.sudo().with_context(active_test=True).aftersales_outlet_ids
        return (outlets | outlets.child_ids).filtered(
            lambda outlet: outlet.state != 'closed').ids

    def _get_absences(self, days, companies):
        """Return the pairs of user id and day on which the resources of users are on leave.

        Whoever is on leave at noon is absent on that day.
        """
        if not self or not days:
            return set()
        zone = timezone(companies[:1].resource_calendar_id.tz or 'UTC')
        noons = {
            day: zone.localize(datetime.combine(day, time(12))).astimezone(utc).replace(
                tzinfo=None)
            for day in days}
        # who plans somebody's day may know that he is away, but not why
        leaves = self.env['resource.calendar.leaves'].sudo().search_fetch([
            ('resource_id.user_id', 'in', self.ids),
            ('date_from', '<=', max(noons.values())), ('date_to', '>=', min(noons.values()))],
            ['resource_id', 'date_from', 'date_to'])
        return {
            (leave.resource_id.user_id.id, day)
            for leave in leaves for day, noon in noons.items()
            if leave.date_from <= noon <= leave.date_to}
