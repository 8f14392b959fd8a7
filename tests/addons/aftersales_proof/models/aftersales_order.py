from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.qualification import Unqualified


class AftersalesOrder(models.Model):
    """What orders get from a further module: protected facts, a gate, follow-ups, a store."""

    _inherit = 'aftersales.order'

    case_ids = fields.One2many('aftersales.proof.case', 'order_id', string="Cases")
    proof_checked_on = fields.Datetime(
        string="Checked for Cases on", readonly=True, copy=False, protected=True)
    proof_batch = fields.Char(string="Batch of the Proof", protected='after')
    # a field of ours that this module protects
    call_reference = fields.Char(protected='after')
    proof_tag = fields.Char(string="Tag", readonly=True, copy=False, protected=True)
    needs_proof_tag = fields.Boolean(string="Tag Is Scanned")
    proof_certificate = fields.Selection(
        [('house', "House Rule"), ('law', "Law")], string="Certificate Asked by")
    proof_store_id = fields.Many2one('stock.location', string="Store of the Case")
    proof_kit_id = fields.Many2one('stock.location', string="Kit of the Case")
    proof_old_parts_id = fields.Many2one('stock.location', string="Old Parts of the Case")
    is_proof_survey = fields.Boolean(
        string="Survey instead of a Call", help="The customer is invited, not called.")

    proof_reader_id = fields.Many2one('res.partner', string="Reader of the Case")

    # === RIGHTS === #

    @api.model
    def _get_done_fields(self):
        return super()._get_done_fields() | {'needs_proof_tag'}

    def _revoke_access(self, partners):
        super()._revoke_access(partners)
        if self.proof_reader_id in partners:
            self.proof_reader_id = False

    # === LIFE-CYCLE === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target == 'done':
            # the step was allowed by the checks of the state mixin
            self.sudo().proof_checked_on = fields.Datetime.now()

    # === PHONE === #

    def _get_mobile_context(self):
        return super()._get_mobile_context() | {
            'proof_tags': {order.id: order.proof_tag or '' for order in self}}

    def _prepare_mobile_order(self, shared):
        return super()._prepare_mobile_order(shared) | {
            'needs_proof_tag': self.needs_proof_tag, 'proof_tag': shared['proof_tags'][self.id]}

    def _get_part_suggestions(self):
        return {
            order: [part | {'proof_kit': order.proof_kit_id.display_name or ""} for part in parts]
            for order, parts in super()._get_part_suggestions().items()}

    # === PARTS === #

    def _get_parts_location(self):
        # a kit that was put together for the order goes before van and store
        return self.sudo().proof_kit_id or super()._get_parts_location()

    def _get_old_parts_location(self):
        # where old parts lie is no secret to those who take them off
        return self.sudo().proof_old_parts_id or super()._get_old_parts_location()

    def _prepare_repair_vals(self):
        return super()._prepare_repair_vals() | {'internal_notes': self.proof_batch}

    def _get_store_location(self):
        # a store is no secret to those who repair from it
        return self.sudo().proof_store_id or super()._get_store_location()

    @api.model
    def _get_parts_location_fields(self):
        return super()._get_parts_location_fields() | {'proof_store_id'}

    # === CLOCKS AND FIGURES === #

    @api.model
    def _get_clock_states(self):
        return super()._get_clock_states() | {'proof_parts': ('assessed', 'done')}

    @api.model
    def _is_sorted_here(self, groupby, order):
        return [*groupby] == [order] == ['is_proof_survey'] or super()._is_sorted_here(
            groupby, order)

    @api.model
    def _sort_groups(self, rows, groupby, order):
        if order != 'proof_certificate':
            return super()._sort_groups(rows, groupby, order)
        return sorted(rows, key=lambda row: ('law', 'house', False).index(row[0]))

    # === QUALIFICATION === #

    def _get_unqualified(self, technicians, date_planned=None):
        reasons = super()._get_unqualified(technicians, date_planned)
        # who dispatches may know who is certified
        certified = dict(zip(
            technicians, technicians.sudo().mapped('proof_certified_until'), strict=True))
        for order in self.filtered('proof_certificate'):
            day = order.event_day or fields.Date.context_today(order)
            for technician in technicians:
                until = certified[technician]
                if not until or until < day:
                    reasons[order][technician].append(Unqualified(
                        self.env._("the certificate of the proof is missing"),
                        order.proof_certificate == 'law'))
        return reasons

    # === PRIVACY === #

    def _get_free_domain(self):
        """Keep the proofs of an order while a case about it is open."""
        return super()._get_free_domain() & Domain(
            'case_ids', 'not any', Domain('state', '!=', 'decided'))

    # === FOLLOW-UP === #

    def _plan_follow_ups(self):
        """Invite some customers instead of calling them."""
        invited = self.filtered('is_proof_survey')
        for order in invited:
            order.date_follow_up = order.company_id._get_aftersales_day(order.date_done)
        invited._open_cases(self.env._("Invitation"))._notify_customer('proof_invited')
        return super(AftersalesOrder, self - invited)._plan_follow_ups()

    def _on_follow_up_result(self, result):
        if result == 'not_content':
            self._open_cases(self.env._("Not content"))
        return super()._on_follow_up_result(result)

    def _open_cases(self, title):
        """Open one case for each of these orders; called as superuser."""
        return self.env['aftersales.proof.case'].create([{
            'title': title, 'order_id': order.id, 'partner_id': order.partner_id.id,
            'company_id': order.company_id.id, 'person_name': order.partner_id.name,
            'person_phone': order.partner_id.phone} for order in self])
