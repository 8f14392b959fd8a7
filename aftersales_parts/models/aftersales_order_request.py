from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .aftersales_part_request import OPEN_STATES


class AftersalesOrder(models.Model):
    """An order that waits for parts: since when, until when, and with what proof."""

    _inherit = 'aftersales.order'

    part_request_ids = fields.One2many(
        'aftersales.part.request', 'order_id', string="Part Requests")
    # stored: the form of each order shows it
    part_request_count = fields.Integer(compute='_compute_part_request_count', store=True)
    # plain columns, written by the steps of requests
    is_waiting_for_parts = fields.Boolean(
        string="Waiting for Parts", readonly=True, copy=False, protected=True)
    date_parts_expected = fields.Date(
        string="Parts Expected on", readonly=True, copy=False, protected=True,
        help="When the last of the requested parts arrives; the customer reads it, too.")

    @api.depends('part_request_ids')
    def _compute_part_request_count(self):
        counts = dict(self.env['aftersales.part.request']._read_group(
            [('order_id', 'in', self.ids)], ['order_id'], ['__count']))
        for order in self:
            order.part_request_count = counts.get(order._origin, 0)

    # === ACTIONS === #

    def action_request_part(self):
        """Open a request with the parts of this order that are not where it takes them from."""
        self.ensure_one()
        self.check_access('write')
        short = self.sudo().part_ids.filtered(  # the right to write the order was checked
            lambda move: move.repair_line_type == 'add' and move.state in ('draft', 'confirmed')
            and move.aftersales_available < move.product_uom_qty)
        quantities = {}
        for move in short:
            quantities[move.product_id.id] = (
                quantities.get(move.product_id.id, 0.0) + move.product_qty)
        action = self._get_part_request_action()
        action.update(view_mode='form', views=[(False, 'form')])
        action['context'] = {
            'default_order_id': self.id, 'default_company_id': self.company_id.id,
            'default_line_ids': [
                Command.create({'product_id': product_id, 'quantity': quantity})
                for product_id, quantity in quantities.items()]}
        return action

    def action_view_part_requests(self):
        """Show the part requests of these orders."""
        action = self._get_part_request_action()
        action.update(
            domain=[('order_id', 'in', self.ids)],
            context={'default_order_id': self.id, 'default_company_id': self.company_id.id}
            if len(self) == 1 else {})
        return action

    @api.model
    def _get_part_request_action(self):
        return self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_parts.aftersales_part_request_action')

    # === WAITING === #

    def _wait_for_parts(self):
        """Pause the clocks of orders whose parts were asked for; the request is the proof.

        Called as superuser by the step that asks for the parts, which was checked.
        """
        self._note_parts_wait()
        reason = self.env['aftersales.pause.reason'].search([('is_part_wait', '=', True)], limit=1)
        for order in self.filtered('is_waiting_for_parts'):
            if reason and not order.is_closed and not order._get_open_pauses():
                requests = order._get_open_part_requests()
                order._pause_clocks(
                    reason, note=", ".join(requests.mapped('name')),
                    proofs=order._create_part_proof(requests))

    def _go_on_with_parts(self):
        """Let the clocks of orders run again for which no part is missing any more.

        Called as superuser by the step that received or called off the parts.
        """
        waited = self.filtered('is_waiting_for_parts')
        self._note_parts_wait()
        ready = waited.filtered(lambda order: not order.is_waiting_for_parts)
        for order in ready:
            if order._get_open_pauses().reason_id.is_part_wait:
                order._resume_clocks()
            if order.part_request_ids.filtered(lambda request: request.state == 'handed_over'):
                order._remind_to_reschedule()

    def _note_parts_wait(self):
        """Note whether these orders wait for parts, and until when."""
        for order in self:
            requests = order._get_open_part_requests()
            dates = requests.mapped('date_expected')
            order.write({
                'is_waiting_for_parts': bool(requests),
                'date_parts_expected': max(dates) if dates and all(dates) else False})

    def _get_open_part_requests(self):
        self.ensure_one()
        return self.part_request_ids.filtered(lambda request: request.state in OPEN_STATES)

    def _get_open_pauses(self):
        self.ensure_one()
        return self.env['aftersales.clock.pause'].search([
            ('res_model', '=', self._name), ('res_id', '=', self.id), ('date_stop', '=', False)])

    def _create_part_proof(self, requests):
        """Return a file that proves why the order waits: what was asked for, when and by whom."""
        self.ensure_one()
        lines = [f"{self.name} · {self.partner_id.display_name or ''}"]
        for request in requests:
            moment = fields.Datetime.context_timestamp(request, request.date_requested)
            lines.append(f"{request.name} · {request.user_id.name} · {moment:%Y-%m-%d %H:%M}")
            lines.extend(request.line_ids.mapped('display_name'))
        return self.env['ir.attachment'].create({
            'name': f"{requests[:1].name}.txt", 'mimetype': 'text/plain',
            'raw': "\n".join(lines).encode(), 'res_model': self._name, 'res_id': self.id})

    def _remind_to_reschedule(self):
        """Ask who handles this one order to agree on a visit, as its parts are there."""
        self.ensure_one()
        user = self.user_id or self.create_uid
        if user._is_internal():
            self.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id,
                summary=self.with_context(lang=user.lang).env._(
                    "Parts Are There: Agree on a Visit"))

    def _format_parts_expected(self):
        """Return the day on which the parts are expected, as the customer reads it, or nothing."""
        self.ensure_one()
        return format_date(self.env, self.date_parts_expected) or ""

    def _get_parts_sentence(self):
        """Return what the customer and the outlet read while this one order waits for parts."""
        self.ensure_one()
        if not self.date_parts_expected:
            return self.env._(
                "A spare part is needed and asked for. You read here when it is expected.")
        return self.env._(
            "A spare part is needed. It is expected on %(day)s; then a visit is agreed on.",
            day=self._format_parts_expected())

    # === THE FLOW OF THE ORDER === #

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target in ('done', 'cancelled', 'rejected'):
            self.part_request_ids._on_order_ended(target)
        return result

    # === THE OUTLET'S PAGE === #

    def _request_part_for_outlet(self, form):
        """Ask for a part for an order of the user's outlet, by the form of its page.

        :raise AccessError: the order is none of the user's outlet
        :raise UserError: no such part, or no quantity
        """
        order = self._ensure_serves()
        requests = self.env['aftersales.part.request']
        if order.offer_state == 'offered':
            raise UserError(self.env._("Accept the order first."))
        # the same rules as for the technician's phone; _ensure_serves let the user in
        visit = self.env['aftersales.visit'].sudo().new({'company_id': order.company_id.id})
        requests._request_parts({
            'order_id': order.id, 'company_id': order.company_id.id,
            'urgency': requests._read_mobile_urgency(form),
        }, [(visit._find_part(order, {'code': form.get('code')}),
             requests._read_form_quantity(form.get('quantity')))])

    # === PHONE === #

    def _prepare_mobile_order(self, shared):
        wait = ""
        if self.is_waiting_for_parts:
            wait = self.env._(
                "Waiting for parts until %(day)s", day=self._format_parts_expected()
            ) if self.date_parts_expected else self.env._("Waiting for parts")
        return super()._prepare_mobile_order(shared) | {'parts_wait': wait}
