from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..visit.aftersales_visit import OPEN_STATES


class AftersalesVisit(models.Model):
    """A visit of several people, the call before it, and why it failed."""

    _inherit = 'aftersales.visit'

    helper_ids = fields.Many2many(
        'res.users', string="Helpers", compute='_compute_helper_ids', store=True,
        readonly=False, check_company=True,
        domain="[('id', '!=', technician_id), ('company_ids', 'in', company_id), "
               "'|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]",
        help="They see the job on their phones, as the technician does.")
    call_result = fields.Selection(
        [('reached', "Confirmed"), ('no_answer', "No Answer"), ('moved', "Wants Another Time")],
        string="Result of the Call", copy=False)
    missed_reason = fields.Selection(
        selection_add=[('damaged', "Goods damaged"), ('no_way', "Does not get in")],
        compute='_compute_missed_reason', store=True, readonly=False)
    missed_reason_id = fields.Many2one(
        'aftersales.missed.reason', string="Reason", copy=False, ondelete='restrict',
        help="Why the visit failed, in your own words.")
    charge_state = fields.Selection(
        [('proposed', "To Be Decided"), ('charged', "Charged"), ('waived', "Not Charged")],
        string="Charge for the Failed Visit", readonly=True, copy=False,
        help="A visit that failed by the customer's fault is charged or waived on its order.",
        protected=True)

    # === COMPUTES === #

    @api.depends('order_ids.helper_id')
    def _compute_helper_ids(self):
        """Follow the orders; who went on a trip that is over stays as it was."""
        for visit in self:
            if visit.state in OPEN_STATES:
                visit.helper_ids = visit.order_ids.helper_id - visit.technician_id
            else:
                visit.helper_ids = visit.helper_ids

    @api.depends('missed_reason_id')
    def _compute_missed_reason(self):
        for visit in self:
            visit.missed_reason = visit.missed_reason_id.kind or visit.missed_reason

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits.filtered('helper_ids')._invite_people()
        return visits

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'helper_ids', 'order_ids'}:
            self._invite_people()
        return result

    # === ACTIONS === #

    def action_call(self):
        """Note that the customer was called before the trip."""
        self.check_access('write')
        self._note_call(fields.Datetime.now())

    # === RULES === #

    @api.model
    def _get_assignment_fields(self):
        return super()._get_assignment_fields() | {'helper_ids'}

    def _get_people(self):
        return super()._get_people() | self.helper_ids

    @api.model
    def _get_own_domain(self):
        return super()._get_own_domain() | Domain('helper_ids', 'in', self.env.user.ids)

    def _get_locked_fields(self):
        # what a failed visit costs is decided afterwards, by steps: the field is protected
        return super()._get_locked_fields() - {'charge_state'}

    def _invite_people(self):
        """Keep the meeting in the calendars of all who go."""
        quiet = {'dont_notify': True, 'no_mail_to_attendees': True}
        for visit in self:
            # the write of the visit or its order was checked; the meeting follows it
            event = visit.sudo().event_id
            partners = visit.sudo()._get_people().partner_id
            if event.partner_ids != partners:
                event.with_context(**quiet).partner_ids = [Command.set(partners.ids)]

    def _note_call(self, moment, result=False):
        """Record when the customer was called, and what came of it."""
        # the time follows from the step; the right to write was checked by the caller
        self.sudo().write({'date_called': moment, 'call_result': result})

    def _on_missed(self):
        result = super()._on_missed()
        self._propose_charge()
        return result

    def _propose_charge(self):
        """Propose a charge for visits that failed by the customer's fault."""
        # the settings say whether trips cost
        self.filtered(
            lambda visit: visit.missed_reason_id.is_customer_fault
            and visit.company_id.aftersales_trip_service_id
            and any(not order.is_closed for order in visit.order_ids),
        ).charge_state = 'proposed'

    def _settle_charge(self, decision):
        """Note what was decided; called as superuser, after the check of the action."""
        self.charge_state = decision

    def _ensure_on_way(self):
        self._refuse_where(
            lambda visit: not visit.date_called and any(
                visit.order_ids.type_id.mapped('needs_call')),
            self.env._("Call the customer before you set off"))
