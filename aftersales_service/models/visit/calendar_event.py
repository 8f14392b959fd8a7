from odoo import api, fields, models
from odoo.exceptions import UserError

# what may be added to a meeting that is over
_OPEN_FIELDS = frozenset({
    'message_follower_ids', 'message_ids', 'activity_ids', 'alarm_ids', 'categ_ids',
    'access_token'})


class CalendarEvent(models.Model):
    """The meeting of a visit holds the time; the visit holds whom it goes to.

    Core lets each employee of each company read and write all meetings, so that a meeting
    names the orders only. Who may read the visit sees customer and address through it.
    """

    _inherit = 'calendar.event'

    # no inverse: the visit chooses its meeting, never the other way round
    aftersales_visit_id = fields.Many2one(
        'aftersales.visit', string="Visit", compute='_compute_aftersales_visit_id',
        groups='aftersales_service.group_aftersales_agent')
    aftersales_address = fields.Char(
        string="Service Address", compute='_compute_aftersales_visit_id',
        groups='aftersales_service.group_aftersales_agent')

    @api.depends_context('uid')
    def _compute_aftersales_visit_id(self):
        """Find the visits by the reader's own rights: others see a meeting without one."""
        # core names the records of a many2one as superuser: it is the user who reads them
        visits = self.env['aftersales.visit'].sudo(False)
        if visits.has_access('read'):
            visits = visits.search([('event_id', 'in', self.ids)])
        visit_by_event = {visit.event_id: visit for visit in visits}
        for event in self:
            visit = visit_by_event.get(event._origin, visits.browse())
            event.aftersales_visit_id = visit
            event.aftersales_address = visit._format_address(visit.site_id)

    @api.depends_context('uid')
    def _compute_display_name(self):
        """Show whom a visit goes to in the calendars of those who may read the visit."""
        result = super()._compute_display_name()
        # the field is kept from those without a role; superuser finds what its user may read
        if self.env['aftersales.visit'].sudo(False).has_access('read'):
            for event in self.filtered('aftersales_visit_id'):
                event.display_name = event.aftersales_visit_id.name
        return result

    def write(self, vals):
        visits = self._get_aftersales_visits()
        visits._ensure_meeting_writable()
        if not vals.keys() <= _OPEN_FIELDS:
            visits._ensure_not_over()
        result = super().write(vals)
        if 'start' in vals:
            visits._bring_orders_along()
            # a constraint of the visit is not asked: its day follows from the meeting
            visits._ensure_technician_qualified()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_visit(self):
        visits = self._get_aftersales_visits().sudo()
        if visits:
            raise UserError(self.env._(
                "These meetings are visits to customers; plan the orders again instead: "
                "%(visits)s", visits=visits.event_id.mapped('name')))

    def _get_aftersales_visits(self):
        """Return the visits of these meetings, as the current user, whether readable or not."""
        # only whether there are visits; what may be done with them is asked of each
        return self.env['aftersales.visit'].sudo().search(
            [('event_id', 'in', self.ids)]).with_env(self.env)
