from math import ceil

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ..tools.sampling_plan import find_plan, passes_tighter
from .aftersales_inspection_state import KINDS, SEVERITIES

STATES = [
    ('open', "To Inspect"), ('asked', "Concession Asked"), ('accepted', "Accepted"),
    ('rejected', "Rejected"), ('sorted', "Sorted"), ('conceded', "Accepted by Concession"),
    ('cancelled', "Cancelled")]
DECIDED = frozenset({'accepted', 'rejected', 'sorted', 'conceded'})
WAITING = ('open', 'asked')


class AftersalesInspection(models.Model):
    """The inspection of one receipt line of a spare part: what to take, what was found, verdict.

    The receipt owns the goods and waits for the verdict; what is rejected goes to quarantine as
    it is validated, and from there back to the supplier by core's return. How strict the next
    lots are inspected is the state's (``aftersales.inspection.state``).
    """

    _name = 'aftersales.inspection'
    _description = "Receiving Inspection"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.photo.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.number.mixin']
    _order = 'id desc'
    _check_company_auto = True

    _TRANSITIONS = {
        'accepted': {'open'},
        'asked': {'open'},
        'rejected': {'open', 'asked'},
        'sorted': {'open', 'asked'},
        'conceded': {'asked'},
        'cancelled': {'open', 'asked', 'accepted', 'rejected', 'sorted', 'conceded'},
    }
    _STAMPS = dict.fromkeys(DECIDED, 'date_decided')

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one('res.company', required=True, index=True, protected='after')
    state = fields.Selection(
        STATES, string="Verdict", default='open', required=True, readonly=True, index=True,
        copy=False, tracking=True, protected=True)
    state_id = fields.Many2one(
        'aftersales.inspection.state', string="Inspection of the Supplier's Part", required=True,
        index=True, ondelete='restrict', protected='after')
    partner_id = fields.Many2one(related='state_id.partner_id', store=True, index='btree_not_null')
    product_id = fields.Many2one(related='state_id.product_id', store=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Inspected by", readonly=True, copy=False, protected=True)
    date_decided = fields.Datetime(
        string="Decided on", readonly=True, copy=False, protected=True)

    # What was received
    picking_id = fields.Many2one(
        'stock.picking', string="Transfer", index='btree_not_null', check_company=True,
        protected='after')
    move_id = fields.Many2one(
        'stock.move', index=True, required=True, ondelete='cascade', check_company=True,
        protected='after')
    receipt_move_id = fields.Many2one(
        'stock.move', string="Receipt Line", index='btree_not_null', protected='after',
        help="The move that brought the goods from the supplier.")
    quantity = fields.Float(
        string="Received", digits='Product Unit', required=True, protected='after')
    uom_id = fields.Many2one(related='product_id.uom_id')
    lot_size = fields.Integer(required=True, protected='after')

    # The plan
    kind = fields.Selection(KINDS, string="Inspect", required=True, protected='after')
    severity = fields.Selection(SEVERITIES, required=True, protected='after')
    level = fields.Char(protected='after')
    aql = fields.Float(string="AQL (%)", digits=(5, 3), protected='after')
    letter = fields.Char(string="Code Letter", protected='after')
    sample_size = fields.Integer(required=True, protected='after')
    accept_number = fields.Integer(string="Accept up to", required=True, protected='after')
    reject_number = fields.Integer(string="Reject from", compute='_compute_reject_number')
    is_verified = fields.Boolean(
        string="Verified Plan", default=True, protected='after',
        help="Not ticked: a cell of the sampling table could not be checked against the "
             "standard [default].")
    instruction = fields.Char(compute='_compute_instruction')

    # What was found
    defect_ids = fields.One2many('aftersales.inspection.defect', 'inspection_id')
    defective = fields.Integer(
        string="Defective Pieces", compute='_compute_defective', store=True, protected=True)
    has_critical = fields.Boolean(compute='_compute_defective', store=True, protected=True)
    is_within = fields.Boolean(compute='_compute_is_within')
    sorted_out = fields.Integer(
        copy=False,
        help="How many of the whole lot were defective when all pieces were checked.")
    note = fields.Text(copy=False)
    concession_reason = fields.Text(copy=False, help="Why the goods can be used all the same.")
    asker_id = fields.Many2one(
        'res.users', string="Concession Asked by", readonly=True, copy=False, protected=True)
    quantity_rejected = fields.Float(
        string="Rejected", digits='Product Unit', compute='_compute_quantity_rejected')
    reject_move_id = fields.Many2one(
        'stock.move', string="To Quarantine", readonly=True, copy=False, index='btree_not_null',
        protected=True)
    return_id = fields.Many2one(
        'stock.picking', string="Return to Supplier", readonly=True, copy=False,
        index='btree_not_null', protected=True)

    _numbers_valid = models.Constraint(
        'CHECK(lot_size > 0 AND sample_size > 0 AND sorted_out >= 0)',
        "Lot and sample are above zero, and no negative number is sorted out.")
    _move_uniq = models.UniqueIndex(
        "(move_id) WHERE state <> 'cancelled'", "This receipt line has its inspection already.")

    # === COMPUTES === #

    @api.depends('accept_number')
    def _compute_reject_number(self):
        for inspection in self:
            inspection.reject_number = inspection.accept_number + 1

    @api.depends('sample_size', 'lot_size', 'accept_number')
    @api.depends_context('lang')
    def _compute_instruction(self):
        for inspection in self:
            facts = {'sample': inspection.sample_size, 'lot': inspection.lot_size,
                     'accept': inspection.accept_number}
            inspection.instruction = (
                self.env._("Check all %(lot)s, accept up to %(accept)s", **facts)
                if inspection.sample_size >= inspection.lot_size else
                self.env._("Take %(sample)s of %(lot)s, accept up to %(accept)s", **facts))

    @api.depends('defect_ids.quantity', 'defect_ids.severity')
    def _compute_defective(self):
        for inspection in self:
            inspection.defective = sum(inspection.defect_ids.mapped('quantity'))
            inspection.has_critical = 'critical' in inspection.defect_ids.mapped('severity')

    @api.depends('defective', 'has_critical', 'accept_number')
    def _compute_is_within(self):
        for inspection in self:
            inspection.is_within = not inspection.has_critical and (
                inspection.defective <= inspection.accept_number)

    @api.depends('state', 'quantity', 'sorted_out')
    def _compute_quantity_rejected(self):
        for inspection in self:
            inspection.quantity_rejected = {
                'rejected': inspection.quantity, 'sorted': inspection.sorted_out,
            }.get(inspection.state, 0.0)

    # === ACTIONS === #

    def action_accept(self):
        """Accept the lot: the sample is within the plan."""
        self._set_state('accepted')
        return self._open_next()

    def action_reject(self):
        """Send the whole lot to quarantine."""
        self._set_state('rejected')
        return self._open_next()

    def action_sort(self):
        """Take the good pieces of a lot that was checked completely."""
        self._set_state('sorted')
        return self._open_next()

    def action_ask_concession(self):
        """Ask another person whether the lot may be used all the same."""
        self._set_state('asked', asker_id=self.env.uid)

    def action_concede(self):
        """Agree to use the lot although it failed, as another person than who asks."""
        self._set_state('conceded')
        return self._open_next()

    def action_return(self):
        """Return what lies in quarantine to the supplier, by core's return of the receipt."""
        self._ensure_returnable()
        for inspection in self:
            # a storekeeper returns goods; the link to the return is protected
            inspection.sudo().return_id = inspection._create_return()
        return self.return_id._get_records_action() if len(self) == 1 else True

    def action_view_transfer(self):
        """Open the transfer that waits for the verdict."""
        return self.picking_id._get_records_action()

    def _open_next(self):
        """Return the next inspection of the same transfer, else the transfer itself."""
        picking = self.picking_id[:1]
        others = self.search([('picking_id', '=', picking.id), ('state', 'in', WAITING)], limit=1)
        return (others or picking)._get_records_action()

    # === RULES OF THE VERDICT === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'conceded' and self.env.user in self.asker_id:
            raise AccessError(self.env._(
                "Another person than the one who asked decides on a concession: ask a colleague "
                "to open these inspections."))
        return result

    def _ensure_accepted(self):
        self._refuse_where(
            lambda inspection: inspection.state_id.severity == 'stopped',
            self.env._(
                "Inspection is stopped: too many lots of this supplier failed. A planner releases "
                "the supplier after they acted, or reject these lots"))
        self._refuse_where(
            lambda inspection: not inspection.is_within,
            self.env._(
                "More defective pieces than the plan accepts, or a critical defect; reject or "
                "sort these lots, or ask for a concession"))

    def _ensure_rejected(self):
        self._refuse_where(
            lambda inspection: inspection.is_within and not (inspection.note or '').strip(),
            self.env._(
                "The sample is within the plan; enter the defects that you found, or note why "
                "these lots are rejected"))

    def _ensure_sorted(self):
        self._refuse_where(
            lambda inspection: not 0 < inspection.sorted_out < inspection.quantity,
            self.env._(
                "Check all pieces and enter how many were sorted out, at least one and fewer "
                "than the lot"))
        self._refuse_where(
            lambda inspection: inspection.product_id.tracking == 'serial' and len(
                inspection._get_defect_serials()) != inspection.sorted_out,
            self.env._("Enter the serial number of each piece that was sorted out"))

    def _ensure_asked(self):
        self._refuse_where(
            lambda inspection: not (inspection.concession_reason or '').strip(),
            self.env._(
                "Write into Concession Reason why these lots can be used all the same"))
        self._refuse_where(
            'has_critical', self.env._("Lots with a critical defect get no concession"))

    def _ensure_cancelled(self):
        self._refuse_where(
            lambda inspection: inspection.move_id.state == 'done',
            self.env._("The goods of these inspections are booked already"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return vals | {'user_id': self.env.uid} if target in DECIDED | {'asked'} else vals

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target in DECIDED:
            tables = self.env['aftersales.inspection.plan']._get_tables()
            for inspection in self:
                inspection.state_id._judge_lot(
                    target == 'accepted', inspection.accept_number,
                    inspection.kind == 'sample' and passes_tighter(
                        tables, inspection.lot_size, round(inspection.aql, 3),
                        inspection.level, inspection.defective),
                    inspection._has_present_plan())
        return result

    def _has_present_plan(self):
        """Return whether this lot is judged as strictly as lots that come now."""
        self.ensure_one()
        state = self.state_id
        return self.kind == state.kind and (
            self.kind != 'sample'
            or _get_table_severity(self.severity) == _get_table_severity(state.severity))

    def _is_untouched(self):
        """Return whether nothing was entered yet: the plan may still change."""
        self.ensure_one()
        return self.state == 'open' and not (
            self.defect_ids or self.photo_ids or self.sorted_out or self.note
            or self.concession_reason)

    def _get_locked_fields(self):
        if self.state == 'open':
            return super()._get_locked_fields()
        return self._get_all_but(*(('sorted_out', 'defect_ids', 'photo_ids', 'note')
                                   if self.state == 'asked' else ()))

    def _get_locked_message(self):
        return self.env._("These inspections are decided and stay as they are")

    def _get_defect_serials(self):
        self.ensure_one()
        return {defect.serial.strip() for defect in self.defect_ids if defect.serial}

    # === MADE BY RECEIPTS === #

    @api.model
    def _prepare_for_moves(self, moves):
        """Return the inspections of these receipt lines, as superuser; make what is missing.

        Called by transfers before they are validated, after core checked the right to do so. Lines
        of exempt parts have none. What was received since the plan was made changes the plan; so
        does a switch of the severity, as long as nothing was entered.
        """
        inspections = self.sudo().search(
            [('move_id', 'in', moves.ids), ('state', '!=', 'cancelled')])
        stale = inspections.filtered(lambda inspection: float_compare(
            inspection.quantity, inspection.move_id._get_received_quantity(),
            precision_rounding=inspection.uom_id.rounding) or (
                inspection._is_untouched() and not inspection._has_present_plan()))
        if stale:
            stale._set_state('cancelled')
            stale.flush_recordset(['state'])  # a line has one inspection that counts
        inspections -= stale
        return inspections | self._create_for_moves(moves - inspections.move_id)

    @api.model
    def _create_for_moves(self, moves):
        if not moves:
            return self.sudo()
        keys = {move: (move.company_id, move._get_part_supplier(), move.product_id)
                for move in moves.sudo()}
        states = self.env['aftersales.inspection.state']._get_or_create(list(keys.values()))
        tables = self.env['aftersales.inspection.plan']._get_tables()
        return self.sudo().create([
            self._prepare_vals(move, states[key], tables) for move, key in keys.items()
            if states[key].kind != 'exempt'])

    @api.model
    def _prepare_vals(self, move, state, tables):
        """Return the values of the inspection of one receipt line.

        :raise UserError: the sampling tables know no plan for it
        """
        quantity = move._get_received_quantity()
        lot = ceil(quantity)
        vals = {
            'company_id': move.company_id.id, 'state_id': state.id, 'move_id': move.id,
            'picking_id': move.picking_id.id, 'receipt_move_id': move._get_receipt_move().id,
            'quantity': quantity, 'lot_size': lot, 'kind': state.kind,
            'severity': state.severity, 'level': state.level, 'aql': state.aql,
            'sample_size': lot, 'accept_number': 0}
        if state.kind == 'full':
            return vals
        try:
            plan = find_plan(
                tables, lot, round(state.aql, 3), state.level, _get_table_severity(state.severity))
        except ValueError:
            raise UserError(self.env._(
                "The sampling tables have no plan for %(part)s: AQL %(aql)s, level %(level)s. "
                "Choose an AQL of the tables for this supplier's part.",
                part=state.display_name, aql=f'{state.aql:g}', level=state.level)) from None
        return vals | {'letter': plan.letter, 'sample_size': plan.size,
                       'accept_number': plan.accept, 'is_verified': plan.is_verified}

    # === BACK TO THE SUPPLIER === #

    def _ensure_returnable(self):
        self.check_access('write')
        self._refuse_where(
            lambda inspection: inspection.return_id,
            self.env._("These goods are on their way back to the supplier already"))
        self._refuse_where(
            lambda inspection: inspection.reject_move_id.state != 'done',
            self.env._("Nothing of these inspections lies in quarantine"))

    def _create_return(self):
        """Return core's return of the rejected goods, taken from quarantine."""
        self.ensure_one()
        rejected, receipt = self.reject_move_id, self.receipt_move_id
        source = rejected if rejected.picking_id == receipt.picking_id else receipt
        picking = source.picking_id._create_return_of({source: rejected.quantity})
        picking.do_unreserve()
        picking.location_id = rejected.location_dest_id
        # it leaves from quarantine, not from where the receipt brought it
        picking.move_ids.write({
            'location_id': rejected.location_dest_id.id, 'move_orig_ids': [Command.clear()]})
        picking.action_assign()
        return picking


def _get_table_severity(severity):
    """Return the severity whose table holds: what is stopped is inspected as tightened."""
    return 'tightened' if severity == 'stopped' else severity
