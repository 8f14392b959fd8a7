from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.capacity import Limit, widen
from ...tools.delivery import format_hour, slot_interval


class AftersalesSlot(models.Model):
    """A part of the day that is offered to customers, such as 8 to 12 on weekdays.

    The order keeps slot and day; its planned time is the slot's. Times are those of the
    company's working calendar.
    """

    _name = 'aftersales.slot'
    _description = "Time Slot"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'hour_from, hour_to, id'
    _check_company_auto = True

    name = fields.Char(compute='_compute_name', store=True, precompute=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', compute='_compute_company_id', store=True, readonly=False,
        precompute=True, index='btree_not_null')
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True,
        help="Offered for orders of this outlet only. Empty: for all orders.")
    weekday = fields.Selection(
        [('0', "Monday"), ('1', "Tuesday"), ('2', "Wednesday"), ('3', "Thursday"),
         ('4', "Friday"), ('5', "Saturday"), ('6', "Sunday")], help="Empty: every day.")
    hour_from = fields.Float(string="Start Time", required=True, default=8.0)
    hour_to = fields.Float(string="End Time", required=True, default=12.0)
    capacity = fields.Integer(
        string="Orders per Day",
        help="How many orders the slot takes on one day. 0: as many as come.")

    _hours_ordered = models.Constraint(
        'CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)',
        "A time slot lies within one day and ends after it begins.")
    _capacity_positive = models.Constraint(
        'CHECK(capacity >= 0)', "The number of orders of a time slot cannot be negative.")

    @api.depends('outlet_id')
    def _compute_company_id(self):
        for slot in self:
            slot.company_id = slot.outlet_id.company_id or slot.company_id

    @api.depends('hour_from', 'hour_to')
    def _compute_name(self):
        for slot in self:
            slot.name = f'{format_hour(slot.hour_from)}–{format_hour(slot.hour_to)}'

    @api.depends('name', 'capacity')
    @api.depends_context('slot_date', 'lang')
    def _compute_display_name(self):
        """Show the places left on the day that is being planned."""
        day = fields.Date.to_date(self.env.context.get('slot_date') or None)
        used = self._count_orders({day}) if day else {}
        for slot in self:
            slot.display_name = slot.name if not day or not slot.capacity else self.env._(
                "%(slot)s (%(left)s left)", slot=slot.name,
                left=max(slot._get_places(day) - used.get((slot.id, day), 0), 0))

    # === RULES === #

    def _get_interval(self, day, company):
        """Return start and end of the slot on ``day`` in UTC, where the company works."""
        self.ensure_one()
        zone = company.resource_calendar_id.tz or 'UTC'
        return slot_interval(day, self.hour_from, self.hour_to, zone)

    def _count_orders(self, days):
        """Return the orders that take a place, by slot id and day, seen by the user or not."""
        groups = self.env['aftersales.order'].sudo()._read_group(
            [('slot_id', 'in', self.ids), ('slot_date', 'in', list(days)),
             ('state', 'not in', ('rejected', 'cancelled'))],
            ['slot_id', 'slot_date:day'], ['__count'])
        return {(slot.id, day): count for slot, day, count in groups}

    def _ensure_offered(self, day):
        self.ensure_one()
        if self.weekday and self.weekday != str(day.weekday()):
            raise ValidationError(self.env._(
                "The time slot %(slot)s is not offered on %(day)s: choose another "
                "day or slot.", slot=self.name,
                day=fields.Date.to_string(day)))

    def _claim(self):
        """Make the later of two planners who fill a slot at once count again.

        A mere lock would not do: after the wait the count would still be the old one.
        The row is written, so that planner meets a conflict and core repeats the request.
        """
        limited = self.filtered('capacity')
        if limited:
            self.env.execute_query(SQL(
                "UPDATE aftersales_slot SET capacity = capacity WHERE id = ANY(%s) RETURNING id",
                sorted(limited.ids)))

    def _ensure_room(self, days):
        """Refuse days on which a slot holds more orders than it takes."""
        self._claim()
        used = self._count_orders(days)
        for slot in self:
            for day in days:
                if slot.capacity and used.get((slot.id, day), 0) > slot._get_places(day):
                    raise ValidationError(self.env._(
                        "The time slot %(slot)s on %(day)s is full: "
                        "it takes %(count)s orders. Choose another "
                        "day or slot.", slot=slot.name, day=fields.Date.to_string(day),
                        count=slot._get_places(day)))

    def _get_places(self, day):
        """Return how many orders the slot takes on ``day``; peak seasons widen it."""
        self.ensure_one()
        peak, outlet = self.env['aftersales.peak'], self.outlet_id
        factors = outlet._get_quota_factors([day]) if outlet else peak._get_quota_factors(
            self.company_id, [day], self.env['res.country.state'])
        return widen(Limit(self.capacity), factors.get(day, 1.0))
