from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

KINDS = [
    ('customer', "Claim of a Customer"), ('outlet', "Warranty Claim of an Outlet"),
    ('supplier', "Recovery from a Supplier"), ('carrier', "Recovery from a Carrier")]
# we pay these, the others pay us
PAID_KINDS = frozenset({'customer', 'outlet'})
STATES = [
    ('draft', "Draft"), ('submitted', "Submitted"), ('accepted', "Accepted"),
    ('inspected', "Jointly Inspected"), ('agreed', "Agreed"), ('settled', "Booked"),
    ('refused', "Refused"), ('cancelled', "Withdrawn")]
ACTIVITY_TYPE = 'mail.mail_activity_data_todo'
# the move that books each kind; our own debit note to a supplier is a vendor refund
MOVE_TYPES = {
    'customer': 'out_refund', 'outlet': 'in_invoice', 'supplier': 'in_refund',
    'carrier': 'in_refund'}
_OPEN_AFTER = {
    'submitted': {'line_ids', 'photo_ids', 'basis', 'inspection_date', 'inspection_place',
                  'inspection_people', 'expert_report', 'insurance_number', 'refusal_reason',
                  'answer', 'is_complex', 'user_id'},
    'accepted': {'line_ids', 'photo_ids', 'basis', 'inspection_date', 'inspection_place',
                 'inspection_people', 'inspection_result', 'expert_report', 'insurance_number',
                 'agreement', 'refusal_reason', 'answer', 'is_complex', 'user_id', 'signature'},
    'inspected': {'line_ids', 'photo_ids', 'agreement', 'refusal_reason', 'answer', 'user_id',
                  'insurance_number', 'expert_report', 'signature'},
    'agreed': {'photo_ids', 'user_id', 'signature'},
    'refused': {'refusal_reason'},
}


class AftersalesClaim(models.Model):
    """A claim for money: of a customer or an outlet on us, or ours on a supplier or carrier.

    It is decided line by line and agreed on by people with the authority; what follows is a
    draft entry, which accounting posts. The complaint it comes from owns cause and loss.
    """

    _name = 'aftersales.claim'
    _description = "Claim"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.evidence.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.party.mixin',
        'aftersales.revocation.mixin']
    _order = 'date_due, id desc'
    _check_company_auto = True

    _READ_STATES = ('submitted', 'accepted', 'inspected', 'agreed', 'settled', 'refused')
    _ANSWER_STATES = ('submitted', 'accepted', 'inspected')
    _TRANSITIONS = {
        'submitted': {'draft'},
        'accepted': {'submitted'},
        'inspected': {'accepted'},
        'agreed': {'accepted', 'inspected'},
        'settled': {'agreed'},
        'refused': {'submitted', 'accepted', 'inspected'},
        'draft': {'refused', 'submitted'},
        'cancelled': {'draft', 'submitted', 'accepted', 'inspected'},
    }
    _ACTORS = {'submitted': 'submitter_id', 'agreed': 'approver_id'}
    _STAMPS = {
        'submitted': 'date_submitted', 'accepted': 'date_accepted', 'agreed': 'date_agreed',
        'settled': 'date_settled'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    kind = fields.Selection(KINDS, required=True, default='customer', index=True)
    state = fields.Selection(
        STATES, default='draft', required=True, readonly=True, index=True, copy=False,
        tracking=True, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Handled by", default=lambda self: self.env.user, index=True,
        domain=[('share', '=', False)], tracking=True)

    # Who and what for
    partner_id = fields.Many2one(
        'res.partner', string="Other Party", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True,
        help="Who claims, or from whom we recover.")
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', ondelete='restrict', check_company=True)
    complaint_id = fields.Many2one(
        'aftersales.complaint', index='btree_not_null', ondelete='restrict',
        check_company=True, protected='after', link_access='read')
    letter = fields.Char(string="Letter or Reference", help="Of the other party.")
    contract = fields.Char()
    basis = fields.Text(
        string="Basis of the Claim", help="The clause, promise or fault that it stands on.")
    date_received = fields.Date(
        string="Received on", default=fields.Date.context_today, required=True)
    is_complex = fields.Boolean(
        string="Complex", help="Gives a carrier the longer time to answer.")
    date_due = fields.Date(
        string="Answer Due", compute='_compute_date_due', store=True, protected=True,
        help="Until when it is accepted, or the other party answers.")
    insurance_number = fields.Char()
    photo_ids = fields.Many2many(string="Evidence")

    # The joint inspection
    inspection_date = fields.Date(string="Inspected on")
    inspection_place = fields.Char(string="Place")
    inspection_people = fields.Char(string="Present")
    inspection_result = fields.Text(string="Result of the Inspection")
    expert_report = fields.Char(help="Number and author of a report.")

    # What it comes to
    line_ids = fields.One2many('aftersales.claim.line', 'claim_id', string="Lines", copy=True)
    amount_asked = fields.Monetary(
        string="Claimed", compute='_compute_amounts', store=True, protected=True)
    amount_approved = fields.Monetary(
        string="Approved", compute='_compute_amounts', store=True, protected=True)
    agreement = fields.Text(copy=False, help="What both sides agree on.")
    signature = fields.Binary(
        string="Signature of the Other Party", copy=False, attachment=True)
    answer = fields.Text(string="Answer of the Other Party", copy=False)
    refusal_reason = fields.Text(string="Reason of the Refusal", copy=False)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    submitter_id = fields.Many2one(
        'res.users', string="Submitted by", readonly=True, copy=False, protected=True)
    date_submitted = fields.Datetime(
        string="Submitted on", readonly=True, copy=False, protected=True)
    date_accepted = fields.Datetime(
        string="Accepted on", readonly=True, copy=False, protected=True)
    date_agreed = fields.Datetime(string="Agreed on", readonly=True, copy=False, protected=True)
    date_settled = fields.Datetime(string="Booked on", readonly=True, copy=False, protected=True)
    move_id = fields.Many2one(
        'account.move', string="Entry", readonly=True, copy=False, index='btree_not_null',
        groups='account.group_account_invoice,account.group_account_readonly', protected=True)
    payment_state = fields.Selection(
        [('draft', "Draft Entry"), ('open', "To Pay"), ('paid', "Paid"),
         ('cancelled', "Entry Cancelled")],
        string="Payment", compute='_compute_payment_state', compute_sudo=True)

    # === COMPUTES === #

    @api.depends('kind', 'outlet_id', 'complaint_id')
    def _compute_partner_id(self):
        for claim in self:
            partner = claim.partner_id
            if claim.kind == 'outlet':
                partner = claim.outlet_id.partner_id or partner
            elif claim.kind == 'customer':
                partner = partner or claim.complaint_id.partner_id
            claim.partner_id = partner

    @api.depends('kind', 'is_complex', 'date_received', 'date_submitted')
    def _compute_date_due(self):
        """Count from the receipt of a claim on us, from our letter for one of ours."""
        for claim in self:
            company = claim.company_id
            start = claim.date_submitted and company._get_aftersales_day(claim.date_submitted)
            if claim.kind in PAID_KINDS:
                claim.date_due = company._get_last_day(
                    claim.date_received, company.aftersales_claim_answer_days, is_workdays=False)
            else:
                days = company.aftersales_recovery_days
                if claim.kind == 'carrier':
                    days = (company.aftersales_carrier_days_complex if claim.is_complex
                            else company.aftersales_carrier_days)
                claim.date_due = bool(start) and company._get_last_day(
                    start, days, is_workdays=True)

    @api.depends('line_ids.amount_asked', 'line_ids.amount_approved')
    def _compute_amounts(self):
        for claim in self:
            claim.amount_asked = sum(claim.line_ids.mapped('amount_asked'))
            claim.amount_approved = sum(claim.line_ids.mapped('amount_approved'))

    @api.depends('move_id.state', 'move_id.payment_state')
    def _compute_payment_state(self):
        for claim in self:
            move = claim.move_id
            claim.payment_state = move and (
                'cancelled' if move.state == 'cancel' else 'draft' if move.state == 'draft'
                else 'paid' if move.payment_state in ('paid', 'in_payment', 'reversed')
                else 'open')

    # === CRUD === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._refuse_where(
            lambda claim: claim.state != 'draft',
            self.env._("Only drafts can be deleted; withdraw these claims instead"))

    # === ACTIONS === #

    def action_submit(self):
        """Register a claim on us, or send our own."""
        self._set_state('submitted')

    def action_accept(self):
        """Accept the claims for a decision: they are complete and in time."""
        self._set_state('accepted')

    def action_inspect(self):
        """Note that both sides looked at the goods."""
        self._set_state('inspected')

    def action_agree(self):
        """Agree on what the lines come to, within the user's authority."""
        self._set_state('agreed')

    def action_settle(self):
        """Draft the entries of what was agreed on; accounting posts them."""
        self._set_state('settled')

    def action_refuse(self):
        """Refuse the claims, or note that the other party refuses ours."""
        self._set_state('refused')

    def action_draft(self):
        """Work on refused claims again."""
        self._set_state('draft')

    def action_cancel(self):
        """Withdraw the claims."""
        self._set_state('cancelled')

    def action_view_move(self):
        """Show the entry."""
        return self.move_id._get_records_action(name=self.env._("Entry"))

    # === WHO === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'outlet_id'}

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if target in ('accepted', 'agreed', 'refused', 'settled') and not (
                user._is_of_complaint_desk()):
            raise AccessError(self.env._("The complaint desk and team leads decide on claims."))
        if target == 'agreed':
            if any(user in claim._get_party_users() for claim in self):
                raise AccessError(self.env._(
                    "Somebody of the other party does not decide on its claim: leave it to a "
                    "colleague."))
            self._ensure_another_approves()
        return result

    # === WHAT MUST BE THERE === #

    def _ensure_submitted(self):
        self._refuse_where(
            lambda claim: not claim.partner_id, self.env._("Name the other party first"))
        self._refuse_where(
            lambda claim: not claim.line_ids or claim.amount_asked <= 0,
            self.env._("Enter what is asked for, line by line"))
        self._refuse_where(
            lambda claim: claim.kind not in PAID_KINDS and not claim._has_evidence(),
            self.env._("Add evidence first: files, or the complaint it comes from"))
        self.line_ids._ensure_claimed_once()

    def _ensure_accepted(self):
        self._refuse_where(
            lambda claim: not (claim.basis or '').strip(),
            self.env._("Enter what the claim stands on first"))

    def _ensure_inspected(self):
        self._refuse_where(
            lambda claim: not claim.inspection_date or not (claim.inspection_people or '').strip()
            or not (claim.inspection_result or '').strip(),
            self.env._("Enter day, people and result of the joint inspection"))

    def _ensure_agreed(self):
        self._refuse_where(
            lambda claim: claim.kind == 'customer' and claim.state != 'inspected',
            self.env._("The goods of a customer are inspected jointly before you agree"))
        self._refuse_where(
            lambda claim: any(line.decision == 'pending' for line in claim.line_ids),
            self.env._("Decide on each line first"))
        self.line_ids._ensure_reasons()
        self._refuse_where(
            lambda claim: claim.amount_approved <= 0,
            self.env._("Nothing is approved: refuse the claim instead"))
        self._refuse_where(
            lambda claim: not (claim.agreement or '').strip(),
            self.env._("Write down what both sides agree on"))
        self._ensure_authority()

    def _ensure_refused(self):
        self._refuse_where(
            lambda claim: not (claim.refusal_reason or '').strip(),
            self.env._("Write the reason of the refusal first"))

    def _has_evidence(self):
        self.ensure_one()
        return bool(self.photo_ids or self.complaint_id)

    def _on_submitted(self):
        """Remind who handles the claim of the day on which it is answered."""
        for claim in self.filtered('user_id'):
            claim.activity_schedule(
                ACTIVITY_TYPE, claim.date_due, user_id=claim.user_id.id,
                summary=claim.with_context(lang=claim.user_id.lang).env._("Answer Due"))

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target in ('agreed', 'refused', 'cancelled', 'draft'):
            self.activity_unlink([ACTIVITY_TYPE])
        return result

    def _on_settled(self):
        """Draft the entries of what was approved."""
        for claim in self:
            # deciding was checked by the step; who decides owns no entries
            claim.move_id = self.env['account.move'].create(claim._prepare_move_vals())

    def _prepare_move_vals(self):
        """Return the values of the draft entry of one claim, in the language of the party.

        Hook: called as superuser by the step that books, for one record. Raises nothing.
        """
        self.ensure_one()
        claim = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return {
            'move_type': MOVE_TYPES[self.kind], 'company_id': self.company_id.id,
            'partner_id': self.partner_id.id, 'currency_id': self.currency_id.id,
            'invoice_origin': self.name,
            'ref': ' · '.join(filter(None, [self.name, self.letter])),
            'invoice_line_ids': [
                fields.Command.create(line._prepare_move_line_vals())
                for line in claim.line_ids if line.amount_approved]}

    # === WHO CHANGES WHAT === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        return locked | self._get_all_but(*_OPEN_AFTER.get(self.state, ()))

    def _get_locked_message(self):
        return self.env._("These claims are past this point and stay as they are")

    @api.model
    def _get_shown_domain(self):
        """Claims of customers are settled by letter; the customer reads the complaint."""
        return super()._get_shown_domain() & Domain('kind', '!=', 'customer')

    @api.model
    def _get_late_domain(self):
        """Return the domain of the claims whose answer is late today."""
        return Domain('state', 'in', ('submitted', 'accepted', 'inspected')) & Domain(
            'date_due', '<', fields.Date.context_today(self))

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Claim %(name)s", name=(self.name or '').replace('/', '-'))
