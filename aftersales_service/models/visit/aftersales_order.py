from datetime import timedelta

from odoo import api, fields, models

from .aftersales_visit import OPEN_STATES

# what an order that was dispatched or on site may become: its visit is over or changes
_SETTLING_STATES = frozenset({'scheduled', 'taken_to_shop', 'in_repair', 'done', 'cancelled'})


class AftersalesOrder(models.Model):
    """The visits of an order and the checklist that goes with it.

    Dispatching plans the visit and lays out the checklist; the further way of the order
    moves the visit along, wherever it is pushed: desk, phone, import or RPC.
    """

    _inherit = 'aftersales.order'

    visit_ids = fields.Many2many(
        'aftersales.visit', 'aftersales_order_visit_rel', 'order_id', 'visit_id', copy=False,
        link_access='write')
    visit_count = fields.Integer(
        string="Visits", compute='_compute_visit_counts', store=True, precompute=True,
        compute_sudo=True, protected=True)
    second_visit_count = fields.Integer(
        string="Further Visits", compute='_compute_visit_counts', store=True, precompute=True,
        compute_sudo=True, help="How often a technician had to come again.", protected=True)
    wasted_trip_count = fields.Integer(
        string="Failed Visits", compute='_compute_visit_counts', store=True, precompute=True,
        compute_sudo=True, protected=True)
    checklist_ids = fields.One2many(
        'aftersales.checklist.line', 'order_id')

    @api.depends('visit_ids.state')
    def _compute_visit_counts(self):
        for order in self:
            states = order.visit_ids.mapped('state')
            order.visit_count = len(states)
            order.wasted_trip_count = states.count('missed')
            made = states.count('on_site') + states.count('done')
            order.second_visit_count = max(made - 1, 0)

    # === CRUD === #

    def write(self, vals):
        before = self._read_links('visit_ids') if 'visit_ids' in vals else set()
        result = super().write(vals)
        if 'visit_ids' in vals and not self.env.su:
            changed = before ^ self._read_links('visit_ids')
            self.env['aftersales.visit'].browse(
                {visit_id for __, visit_id in changed}).exists()._ensure_not_over()
        if vals.keys() & {'date_planned', 'technician_id'}:
            self._bring_visits_along()
        return result

    def unlink(self):
        # the user may delete the orders; a visit without orders has no purpose
        visits = self.sudo().visit_ids.filtered(
            lambda visit: visit.state == 'planned' and visit.order_ids <= self.sudo())
        result = super().unlink()
        visits.unlink()
        return result

    # === ACTIONS === #

    def action_view_visits(self):
        """Show the visits for these orders."""
        return self.visit_ids._get_records_action(name=self.env._("Visits"))

    def action_view_checklist(self):
        """Show the checks of these orders, to read and to answer."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_checklist_line_action_order')
        action['domain'] = [('order_id', 'in', self.ids)]
        return action

    # === RULES === #

    def _ensure_done(self):
        result = super()._ensure_done()
        self._ensure_checklist_answered()
        return result

    def _ensure_checklist_answered(self):
        """Refuse to finish an order while a mandatory check has no answer."""
        # who finishes the order answers for the whole checklist
        missing = self.env['aftersales.checklist.line'].sudo().search([
            ('order_id', 'in', self.ids), ('is_mandatory', '=', True),
            '|', ('result', '=', False), ('needs_photo', '=', True),
        ]).filtered(lambda line: not line._is_answered())
        self._refuse_where(
            lambda order: order in missing.order_id.sudo(self.env.su),
            self.env._("Answer the mandatory checks first (%(checks)s)",
                       checks=missing[:3].mapped('name')))

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        # visits follow from the orders, which the user was allowed to move
        orders = self.sudo()
        if target == 'dispatched':
            orders._create_missing_visits()
            orders._create_missing_checklists()
        elif target == 'on_site':
            orders._get_visits().filtered(
                lambda visit: visit.state in ('planned', 'on_way'))._set_state('on_site')
        elif target in _SETTLING_STATES:
            orders._get_visits()._settle()
        return result

    def _note_serial(self, serial):
        """Take the serial number that a technician read off the unit.

        Own staff may link the card of another customer, a neighbour's for example. For an
        outlet's people such a number stays a text: they would see the other's repairs.
        """
        self.ensure_one()
        self.serial = serial
        owner = self.warranty_id.partner_id.commercial_partner_id
        if self.env.user.share and owner and owner != self.partner_id.commercial_partner_id:
            card = self.warranty_id.name
            self.write({'warranty_id': False, 'serial': serial})
            self._message_log(body=self.env._(
                "The serial number stands on the warranty card of another customer: %(card)s",
                card=card))

    def _is_message_needed(self, event):
        """Drop what waits about a trip that was taken back."""
        if event == 'on_way' and self.visit_ids and not any(
                visit.date_left for visit in self.visit_ids):
            return False
        return super()._is_message_needed(event)

    # === VISITS === #

    def _get_visits(self):
        """Return the visits; asks for none of orders that never had one."""
        return self.filtered('visit_count').visit_ids

    def _create_missing_visits(self):
        """Plan a visit for the orders that have none; one for all units of a site."""
        busy = self._get_visits().filtered(lambda visit: visit.state in OPEN_STATES).order_ids
        missing = self.filtered(
            lambda order: order.type_id._needs_visit() and order.date_planned
            and order not in busy)
        groups = missing.grouped(lambda order: (
            order.company_id, order.technician_id, order.site_id, order.date_planned))
        return self.env['aftersales.visit'].create(
            [orders._prepare_visit_vals() for orders in groups.values()])

    def _prepare_visit_vals(self):
        """Return the values of one visit for all these orders."""
        hours = sum(order.type_id._get_setting('visit_hours') for order in self)
        start = self[:1].date_planned
        return {
            'order_ids': [fields.Command.set(self.ids)],
            'company_id': self.company_id.id,
            'technician_id': self.technician_id.id,
            'date_start': start,
            'date_stop': start + timedelta(hours=hours),
        }

    def _bring_visits_along(self):
        """Move the planned visits of orders that got another time or technician.

        Orders that leave a common visit get one of their own.
        """
        # write of the order, which calls this, checked the right to plan it
        for visit in self.sudo().visit_ids.filtered(lambda visit: visit.state == 'planned'):
            moved = (visit.order_ids & self.sudo()).filtered(
                lambda order, visit=visit: order.technician_id and order.date_planned and (
                    order.technician_id != visit.technician_id
                    or order.date_planned != visit.date_start))
            if not moved:
                continue
            if moved != visit.order_ids:
                visit.order_ids -= moved
                moved._create_missing_visits()
                continue
            vals = moved[:1]._prepare_visit_vals()
            length = visit.date_stop - visit.date_start
            visit.write({
                'date_start': vals['date_start'],
                'date_stop': vals['date_start'] + length,
                'technician_id': vals['technician_id'],
            })

    def _ensure_time_can_move(self):
        result = super()._ensure_time_can_move()
        self._refuse_where(
            lambda order: 'on_way' in order.visit_ids.mapped('state'),
            self.env._("The technician is on the way; end the trip on the phone first"))
        return result

    def _get_page_dates(self):
        arrived = max(filter(None, self.visit_ids.mapped('date_arrived')), default=False)
        return super()._get_page_dates() | {'on_site': arrived}

    def _get_photographers(self):
        return super()._get_photographers() | self.visit_ids._get_people()

    # === CHECKLIST === #

    def _get_test_items(self):
        """Return what was tried on the unit, as the test-run slip prints it, one dict a line."""
        self.ensure_one()
        results = dict(self.checklist_ids._fields['result']._description_selection(self.env))
        return [{
            'name': check.name, 'measured': check.note or "", 'result': results[check.result],
            'is_passed': check.result == 'ok',
        } for check in self.checklist_ids if check.result and check.phase != 'before_leaving']

    def _create_missing_checklists(self):
        """Lay out the checks of each order's type that it does not have yet, in one go."""
        template = self.env['aftersales.checklist.template']
        check = self.env['aftersales.checklist.line']
        present = {(line.order_id.id, line.template_line_id.id) for line in check.search_fetch(
            [('order_id', 'in', self.ids)], ['order_id', 'template_line_id'])}
        return check.create([
            {'order_id': order.id, **vals}
            for order in self
            for vals in template._get_checks(order.type_id.id, order.company_id.id)
            if (order.id, vals['template_line_id']) not in present])
