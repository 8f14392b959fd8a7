from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..outlet.aftersales_order_appointment import BEGUN_STATES


class AftersalesSchedule(models.TransientModel):
    """Plans one order: when, by whom, of which outlet, and sends it on its way.

    The people who may do the order stand side by side, with their day, their skills and what
    speaks against them; those who fit best come first.
    """

    _name = 'aftersales.schedule'
    _description = "Schedule and Dispatch"
    _inherit = 'aftersales.link.access.mixin'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, ondelete='cascade',
        link_access='write')
    company_id = fields.Many2one(related='order_id.company_id')
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_plan', store=True, readonly=False,
        domain="[('state', '=', 'active'), ('company_id', '=', company_id)]")
    date_planned = fields.Datetime(
        string="Planned for", compute='_compute_plan', store=True, readonly=False)
    technician_id = fields.Many2one(
        'res.users', compute='_compute_technician_id', store=True, readonly=False,
        domain="[('id', 'in', eligible_ids)]")
    eligible_ids = fields.Many2many('res.users', compute='_compute_people')
    people = fields.Json(string="Who", compute='_compute_people')
    promise_note = fields.Char(string="Promise", compute='_compute_promise_note')
    is_late = fields.Boolean(compute='_compute_promise_note')
    needs_reason = fields.Boolean(compute='_compute_needs_reason')
    reason = fields.Char(help="Written into the order's history.")

    @api.depends('order_id')
    def _compute_plan(self):
        """Start with the plan of the order, else the customer's wish, else the next free hour."""
        for wizard in self:
            order = wizard.order_id
            wizard.outlet_id = order.outlet_id
            wished = order.date_wanted
            if wished and wished < fields.Datetime.now():
                wished = False
            wizard.date_planned = order.date_planned or wished
            if not wizard.date_planned:
                start = (order.company_id or self.env.company)._get_next_hour()
                wizard.date_planned = order._find_free_time(
                    wizard.outlet_id, start) if order else start

    @api.depends('order_id', 'outlet_id')
    def _compute_technician_id(self):
        for wizard in self:
            if wizard.outlet_id == wizard.order_id.outlet_id:
                wizard.technician_id = wizard.technician_id or wizard.order_id.technician_id
            else:
                wizard.technician_id = False

    @api.depends('order_id', 'outlet_id', 'date_planned')
    def _compute_people(self):
        for wizard in self:
            order = wizard.order_id
            rows = order._describe_people(
                wizard.outlet_id, wizard.date_planned) if order else []
            wizard.people = rows
            wizard.eligible_ids = [row['id'] for row in rows]

    @api.depends('order_id', 'date_planned')
    def _compute_promise_note(self):
        for wizard in self:
            order = wizard.order_id
            deadline = order._get_arrival_deadline() if order else False
            wizard.is_late = bool(
                deadline and wizard.date_planned and wizard.date_planned > deadline)
            wizard.promise_note = deadline and self.env._(
                "arrive by %(time)s",
                time=format_datetime(self.env, deadline, dt_format='short'))

    @api.depends('order_id', 'date_planned', 'technician_id', 'outlet_id')
    def _compute_needs_reason(self):
        for wizard in self:
            order = wizard.order_id
            wizard.needs_reason = order.state == 'dispatched' and (
                order.date_planned != wizard.date_planned
                or order.technician_id != wizard.technician_id
                or order.outlet_id != wizard.outlet_id)

    # === ACTIONS === #

    def action_dispatch(self):
        """Plan the order and send its technician."""
        self.ensure_one()
        if not self.technician_id:
            raise UserError(self.env._("Choose the technician before the order is dispatched."))
        self._write_plan()
        while self.order_id.next_state in ('assessed', 'scheduled', 'dispatched'):
            self.order_id.action_next()
        return {'type': 'ir.actions.act_window_close'}

    def action_schedule(self):
        """Plan the order; it is dispatched later."""
        self.ensure_one()
        self._write_plan()
        while self.order_id.next_state in ('assessed', 'scheduled'):
            self.order_id.action_next()
        return {'type': 'ir.actions.act_window_close'}

    def action_offer(self):
        """Plan the order and offer it to the chosen outlet, whose people decide who goes."""
        self.ensure_one()
        if not self.outlet_id:
            raise UserError(self.env._("Choose the outlet that is asked."))
        self._write_plan()
        self.order_id.action_offer_to_outlet()
        return {'type': 'ir.actions.act_window_close'}

    # === RULES === #

    def _write_plan(self):
        """Write what changes, and why; who may write the order may plan it."""
        order = self.order_id
        order._refuse_where(
            lambda order: order.is_closed or order.date_done,
            self.env._(
                "The work of these orders is finished; register a new order for further work"))
        order._refuse_where(
            lambda order: order.state in BEGUN_STATES,
            self.env._("The work has begun; plan another visit for these orders instead"))
        if self.needs_reason and not (self.reason or '').strip():
            raise UserError(self.env._("Give the reason for the new plan."))
        plan = {'outlet_id': self.outlet_id, 'date_planned': self.date_planned,
                'technician_id': self.technician_id}
        vals = {name: value.id if isinstance(value, models.BaseModel) else value
                for name, value in plan.items() if order[name] != value}
        if vals:
            order.write(vals)
        if (self.reason or '').strip():
            order._message_log(body=self.reason.strip())
