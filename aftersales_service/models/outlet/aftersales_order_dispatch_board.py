from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.timezone import day_bounds, local_day
from .aftersales_order_appointment import BEGUN_STATES


class AftersalesOrder(models.Model):
    """Orders on the dispatch board and in the calendar: by technician and by time."""

    _inherit = 'aftersales.order'

    planning_state = fields.Selection(
        [('late', "Late"), ('today', "Today"), ('planned', "Later"),
         ('unplanned', "No Time Yet"), ('begun', "Under Way"), ('done', "Done")],
        string="Planning", compute='_compute_planning_state', search='_search_planning_state')

    calendar_label = fields.Char(
        compute='_compute_calendar_label', help="What an order is called in a calendar.")

    site_place = fields.Char(
        compute='_compute_site_place', help="District, city or ZIP of the service address.")

    @api.depends('site_id.city', 'site_id.zip')
    def _compute_site_place(self):
        for order in self:
            order.site_place = " ".join(filter(None, [order.site_id.zip, order.site_id.city]))

    @api.depends('name', 'partner_id.name', 'product_id.name')
    def _compute_calendar_label(self):
        for order in self:
            order.calendar_label = " · ".join(filter(None, [
                order.partner_id.name, order.product_id.name, order.name]))

    @api.depends('date_planned', 'date_done', 'date_closed', 'state', 'is_paused')
    def _compute_planning_state(self):
        now, tomorrow = self._get_planning_limits()
        for order in self:
            if order.date_done or order.date_closed:
                order.planning_state = 'done'
            elif order.state in BEGUN_STATES:
                order.planning_state = 'begun'
            elif not order.date_planned or order.is_paused:
                order.planning_state = 'unplanned'
            elif order.date_planned < now:
                order.planning_state = 'late'
            else:
                order.planning_state = 'today' if order.date_planned < tomorrow else 'planned'

    def _search_planning_state(self, operator, value):
        if operator != 'in':
            return NotImplemented
        now, tomorrow = self._get_planning_limits()
        finished = Domain('date_done', '!=', False) | Domain('date_closed', '!=', False)
        begun = Domain('state', 'in', BEGUN_STATES)
        waiting = ~finished & ~begun
        planned = waiting & Domain('is_paused', '=', False)
        by_state = {
            'late': planned & Domain('date_planned', '<', now),
            'today': planned & Domain('date_planned', '>=', now)
            & Domain('date_planned', '<', tomorrow),
            'planned': planned & Domain('date_planned', '>=', tomorrow),
            'unplanned': waiting & (
                Domain('date_planned', '=', False) | Domain('is_paused', '=', True)),
            'begun': ~finished & begun,
            'done': finished,
        }
        return Domain.OR(by_state[state] for state in value if state in by_state)

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, auto_unfold=False, opening_info=None,
                       unfold_read_default_limit=80, **kwargs):
        """Open the column without technician on the dispatch board: core folds it."""
        if (self.env.context.get('open_unassigned') and auto_unfold and not opening_info
                and groupby[0] == 'technician_id'):
            opening_info = [{'value': False, 'folded': False, 'offset': 0,
                             'limit': unfold_read_default_limit}]
        return super().web_read_group(
            domain, groupby, *args, auto_unfold=auto_unfold, opening_info=opening_info,
            unfold_read_default_limit=unfold_read_default_limit, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the planning as it is now; it is not stored because time passes."""
        if groupby_spec != 'planning_state':
            return super()._read_group_groupby(alias, groupby_spec, query)
        now, tomorrow = self._get_planning_limits()
        planned = self._field_to_sql(alias, 'date_planned', query)
        return SQL(
            "CASE WHEN COALESCE(%(done)s, %(closed)s) IS NOT NULL THEN 'done' "
            "WHEN %(state)s IN %(begun)s THEN 'begun' "
            "WHEN %(planned)s IS NULL OR %(paused)s THEN 'unplanned' "
            "WHEN %(planned)s < %(now)s THEN 'late' "
            "WHEN %(planned)s < %(tomorrow)s THEN 'today' ELSE 'planned' END",
            done=self._field_to_sql(alias, 'date_done', query),
            closed=self._field_to_sql(alias, 'date_closed', query),
            state=self._field_to_sql(alias, 'state', query), begun=BEGUN_STATES,
            paused=self._field_to_sql(alias, 'is_paused', query),
            planned=planned, now=now, tomorrow=tomorrow)

    @api.model
    def _get_planning_limits(self):
        """Return now and the end of the user's day, in UTC without zone."""
        now = fields.Datetime.now()
        zone = str(self.env.tz)
        return now, day_bounds(local_day(now, zone), zone)[1]

    def _group_expand_technician_id(self, technicians, domain):
        """Give the board a column for each own technician, that of an outlet for its people."""
        outlet_ids = set()
        for condition in Domain(domain).iter_conditions():
            if condition.field_expr == 'outlet_id' and condition.operator in ('=', 'in'):
                value = condition.value
                outlet_ids.update([value] if isinstance(value, int) else value)
        outlets = self.env['aftersales.outlet'].browse(
            outlet_id for outlet_id in outlet_ids if outlet_id)
        if not outlets and self.env.context.get('open_unassigned'):
            # who dispatches knows the people
            role = self.env.ref('aftersales_service.group_aftersales_technician').sudo()
            technicians |= role.user_ids.filtered(
                lambda user: user.company_ids & self.env.companies).sudo(self.env.su)
        return technicians | outlets.exists()._get_people()
