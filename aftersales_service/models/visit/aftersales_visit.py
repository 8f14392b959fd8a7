from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

OPEN_STATES = ('planned', 'on_way', 'on_site')
# an order in them was not dispatched yet
_UNSENT_STATES = frozenset({'registered', 'assessed', 'scheduled'})


class AftersalesVisit(models.Model):
    """One trip of a technician to one customer, for one order or several.

    The visit owns what happened on the trip: who went, when they left, arrived and were
    done, or why the visit failed. The calendar owns the time and the attendees, the
    orders own the work and the signature.
    """

    _name = 'aftersales.visit'
    _description = "Visit"
    _inherit = ['aftersales.state.mixin', 'aftersales.mobile.mixin', 'aftersales.protected.mixin']
    _order = 'date_start, id'
    _check_company_auto = True

    _TRANSITIONS = {
        'planned': {'on_way'},
        'on_way': {'planned'},
        'on_site': {'planned', 'on_way'},
        'done': {'on_site'},
        'missed': {'planned', 'on_way', 'on_site'},
    }
    _STAMPS = {'on_way': 'date_left', 'on_site': 'date_arrived', 'done': 'date_done',
               'missed': 'date_done'}

    name = fields.Char(compute='_compute_name', store=True, precompute=True, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    order_ids = fields.Many2many(
        'aftersales.order', 'aftersales_order_visit_rel', 'visit_id', 'order_id',
        string="Service Orders", check_company=True, link_access='write')
    order_count = fields.Integer(compute='_compute_order_count')
    technician_id = fields.Many2one(
        'res.users', required=True, index=True, check_company=True,
        domain="[('company_ids', 'in', company_id)]")
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_place', store=True,
        precompute=True, index='btree_not_null', protected=True)
    site_id = fields.Many2one(
        'res.partner', string="Service Address", compute='_compute_place', store=True,
        precompute=True, protected=True)
    phone = fields.Char(compute='_compute_phone')
    state = fields.Selection(
        [('planned', "Planned"), ('on_way', "On the Way"), ('on_site', "On Site"),
         ('done', "Done"), ('missed', "Failed Visit")],
        default='planned', required=True, readonly=True, index=True, copy=False, protected=True)

    # Time: planned by the calendar, stamped by the technician
    event_id = fields.Many2one(
        'calendar.event', string="Meeting", required=True, readonly=True, index=True,
        ondelete='restrict', copy=False, protected='after')
    date_start = fields.Datetime(
        string="Planned Start", related='event_id.start', store=True, readonly=False,
        precompute=True, index=True)
    date_stop = fields.Datetime(
        string="Planned End", related='event_id.stop', store=True, readonly=False,
        precompute=True)
    date_called = fields.Datetime(
        string="Customer Called on", readonly=True, copy=False,
        help="The technician calls before setting off.", protected=True)
    date_left = fields.Datetime(string="Set off on", readonly=True, copy=False, protected=True)
    date_arrived = fields.Datetime(string="Arrived on", readonly=True, copy=False, protected=True)
    date_done = fields.Datetime(string="Ended on", readonly=True, copy=False, protected=True)
    latitude = fields.Float(digits=(10, 7), readonly=True, copy=False, protected=True)
    longitude = fields.Float(digits=(10, 7), readonly=True, copy=False, protected=True)

    # Outcome
    is_second_visit = fields.Boolean(
        string="Second Visit", compute='_compute_is_second_visit', store=True,
        precompute=True,
        help="A technician was at this place for one of these orders before.", protected=True)
    missed_reason = fields.Selection(
        [('absent', "No one there"), ('refused', "Customer refused"),
         ('address', "Wrong address"), ('part', "Wrong or missing part"),
         ('not_ready', "Site not ready"), ('called_off', "Called off"),
         ('other', "Other")],
        string="Reason for Failed Visit", copy=False)
    missed_note = fields.Char(string="Note on the Trip", copy=False)

    _open_idx = models.Index(
        "(technician_id, date_start) WHERE state IN ('planned', 'on_way', 'on_site')")

    # === COMPUTES === #

    @api.depends('order_ids.name', 'order_ids.partner_id.name')
    def _compute_name(self):
        for visit in self:
            visit.name = visit._format_name(visit.order_ids._origin)

    @api.depends('order_ids')
    def _compute_order_count(self):
        for visit in self:
            visit.order_count = len(visit.order_ids)

    @api.depends('order_ids.partner_id', 'order_ids.site_id')
    def _compute_place(self):
        for visit in self:
            orders = visit.order_ids._origin
            visit.partner_id = orders[:1].partner_id
            visit.site_id = visit._get_site(orders)

    @api.depends('order_ids.phone', 'site_id.phone')
    def _compute_phone(self):
        for visit in self:
            visit.phone = visit.order_ids[:1].phone or visit.site_id.phone

    @api.depends('order_ids')
    def _compute_is_second_visit(self):
        # an order that never had a visit has no earlier one
        orders = self.order_ids._origin.filtered('visit_count')
        made = orders and self.search_fetch(
            [('order_ids', 'in', orders.ids), ('state', 'in', ('on_site', 'done'))],
            ['order_ids'])
        for visit in self:
            visit.is_second_visit = bool(
                made and (made - visit._origin).order_ids & visit.order_ids._origin)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Give each visit its meeting in the technician's calendar.

        :raise UserError: a visit names no technician
        """
        if not all(vals.get('technician_id') for vals in vals_list):
            raise UserError(self.env._("A visit needs a technician. Choose who makes it."))
        # the meeting follows from the visit, which the user may create; the technician
        # hears of it by the order, not by an invitation
        events = self.env['calendar.event'].sudo().with_context(
            clean_context(self.env.context), dont_notify=True, no_mail_to_attendees=True,
            tracking_disable=True, skip_contact_description=True,
        ).create([
            self._prepare_event_vals(vals, orders)
            for vals, orders in zip(vals_list, self._read_orders(vals_list), strict=True)])
        for vals, event in zip(vals_list, events, strict=True):
            vals.pop('date_start', None)
            vals.pop('date_stop', None)
            vals['event_id'] = event.id
        return super().create(vals_list)

    def write(self, vals):
        technician = vals.get('technician_id')
        result = super(
            AftersalesVisit, self.with_context(dont_notify=True, no_mail_to_attendees=True),
        ).write(vals)
        if technician:
            self._follow_technician()
        return result

    def unlink(self):
        # a visit that never took place leaves the calendar as well
        events = self.sudo().event_id
        result = super().unlink()
        events.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        made = self.filtered(lambda visit: visit.state != 'planned')
        if made:
            raise UserError(self.env._(
                "Only planned visits can be deleted, not: %(visits)s",
                visits=made.mapped('name')))

    # === ACTIONS === #

    def action_set_off(self):
        """Note that the technician is on the way."""
        self._set_state('on_way')

    def action_undo_set_off(self):
        """Take back that the technician is on the way: it was a wrong tap, or they turned back."""
        self._set_state('planned', date_left=False)

    def action_arrive(self):
        """Note that the technician is there; the orders follow."""
        self._set_state('on_site')

    def action_end(self):
        """Note that the technician left; each unit is finished or planned again."""
        self._set_state('done')

    def action_miss(self):
        """Note a failed visit; the orders wait for a new time."""
        self._set_state('missed')

    def action_view_orders(self):
        """Show the orders of these visits."""
        return self.order_ids._get_records_action(name=self.env._("Service Orders"))

    # === RULES === #

    def _ensure_state_rules(self, target):
        result = super()._ensure_state_rules(target)
        if target in ('on_way', 'on_site'):
            self._ensure_orders_dispatched()
        return result

    def _ensure_orders_dispatched(self):
        """Refuse to start a trip that its orders know nothing of: they would stay behind."""
        # who may move the visit may know how far its orders are
        waiting = self.sudo().order_ids.filtered(
            lambda order: order.state in _UNSENT_STATES
            and 'dispatched' in order.type_id._get_steps())
        self._refuse_where(
            lambda visit: visit.sudo().order_ids & waiting,
            self.env._("Dispatch the service orders %(orders)s before these visits start",
                       orders=waiting.mapped('name')))

    def _ensure_missed(self):
        if any(not visit.missed_reason for visit in self):
            raise UserError(self.env._("Give the reason for the failed visit first."))

    def _ensure_done(self):
        unsettled = self._get_unsettled_orders()
        if unsettled:
            raise UserError(self.env._(
                "Finish these orders first, or plan another visit for them: %(orders)s",
                orders=unsettled.mapped('name')))

    def _on_on_site(self):
        """Bring the orders along that the technician was sent for."""
        self.order_ids.filtered(
            lambda order: order.state == 'dispatched')._set_state('on_site')

    def _on_missed(self):
        self._get_unsettled_orders().action_plan_again()

    def _get_locked_fields(self):
        """Keep what happened on a trip that is over."""
        locked = super()._get_locked_fields()
        return locked if self.state in OPEN_STATES else locked | self._get_all_but()

    def _get_locked_message(self):
        return self.env._(
            "These visits are over and stay as they were; plan another visit for what is left to "
            "do")

    def _ensure_not_over(self):
        """Refuse to change meeting or orders of a visit that is over, as its own write does."""
        if not self.env.su:
            over = self.filtered(lambda visit: visit.sudo().state not in OPEN_STATES)
            if over:
                # a user who may not change the visits learns nothing of them
                over.check_access('write')
                over._refuse_where(lambda visit: True, over._get_locked_message())

    def _get_unsettled_orders(self):
        """Return the orders that still wait for something to happen on these visits."""
        return self.order_ids.filtered(lambda order: order.state in ('dispatched', 'on_site'))

    def _settle(self):
        """Follow the orders: leave out those called off, end the visits that have no more.

        A visit in progress ends with its last order. One that lost its orders before it
        began never was, unless the technician is on the way: then the visit failed.
        """
        for visit in self.filtered(lambda visit: visit.state in OPEN_STATES):
            if visit._get_unsettled_orders():
                if visit.state != 'on_site':
                    visit.order_ids = visit._get_unsettled_orders()
            elif visit.state == 'on_site':
                visit._set_state('done')
            elif visit.state == 'on_way':
                visit.missed_reason = 'called_off'
                visit._set_state('missed')
            else:
                visit.unlink()

    # === CALENDAR === #

    @api.model
    def _read_orders(self, vals_list):
        """Return the orders of each visit about to be created; all partners read at once."""
        orders_list = [
            self.new({'order_ids': vals.get('order_ids')}).order_ids._origin
            for vals in vals_list]
        orders = self.env['aftersales.order'].union(*orders_list)
        people = self.env['res.users'].browse(vals['technician_id'] for vals in vals_list)
        (orders.partner_id | orders.site_id | people.partner_id).fetch()
        return orders_list

    @api.model
    def _prepare_event_vals(self, vals, orders):
        """Return the values of the meeting of a visit that is about to be created.

        What core would work out is given at once: a change of a meeting costs many queries.
        """
        technician = self.env['res.users'].browse(vals['technician_id'])
        start = fields.Datetime.to_datetime(vals.get('date_start')) or fields.Datetime.now()
        stop = max(start, fields.Datetime.to_datetime(vals.get('date_stop'))
                   or start + timedelta(hours=1))
        return {
            # each employee may read it: neither customer nor address
            'name': self._format_meeting_name(orders),
            'privacy': 'confidential',
            'start': start,
            'stop': stop,
            'duration': (stop - start).total_seconds() / 3600,
            'user_id': technician.id,
            'partner_ids': [fields.Command.set(technician.partner_id.ids)],
            'attendee_ids': [fields.Command.create({
                'partner_id': technician.partner_id.id,
                'common_name': technician.name})],
            'description': False,
        }

    @api.model
    def _format_name(self, orders):
        """Return whom a visit for ``orders`` goes to, and the first order's number."""
        first, others = orders[:1], len(orders) - 1
        return " · ".join(filter(None, [
            first.partner_id.name, first.name, f"+{others}" if others > 0 else ""]))

    @api.model
    def _format_meeting_name(self, orders):
        """Return what each employee reads in the calendar: the first order's number."""
        first, others = orders[:1], len(orders) - 1
        return " · ".join(filter(None, [
            self.env._("Visit"), first.name, f"+{others}" if others > 0 else ""]))

    @api.model
    def _get_site(self, orders):
        """Return the address that a visit for ``orders`` goes to."""
        return orders[:1].site_id or orders[:1].partner_id

    @api.model
    def _format_address(self, site):
        """Return the address of ``site`` on one line."""
        address = site._display_address(without_company=True) if site else ""
        return ", ".join(line.strip() for line in address.splitlines() if line.strip())

    def _follow_technician(self):
        """Hand the meeting and the orders to the technician who goes now."""
        quiet = {'dont_notify': True, 'no_mail_to_attendees': True}
        for visit in self:
            # who may write the visit plans the meeting
            visit.sudo().event_id.with_context(**quiet).write({
                'user_id': visit.technician_id.id,
                'partner_ids': [fields.Command.set(visit.sudo()._get_people().partner_id.ids)],
            })
            visit._get_unsettled_orders().filtered(
                lambda order, visit=visit: order.technician_id != visit.technician_id,
            ).technician_id = visit.technician_id

    def _ensure_meeting_writable(self):
        """Refuse a change of the visits' meetings by a user who may not plan their orders."""
        if self.env.su or not self:
            return
        if not (self.has_access('write') and self.sudo().order_ids.sudo(False).has_access('write')):
            raise AccessError(self.env._(
                "This meeting is a visit to a customer, and you may not plan its service order: "
                "ask the dispatcher to move it."))

    def _bring_orders_along(self):
        """Plan the orders for the time to which their visit was moved."""
        for visit in self.filtered(lambda visit: visit.state == 'planned'):
            visit.order_ids.filtered(
                lambda order, visit=visit: order.date_planned != visit.date_start,
            ).date_planned = visit.date_start
