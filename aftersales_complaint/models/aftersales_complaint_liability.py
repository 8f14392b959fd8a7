from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.liability import missing_share
from ..tools.money import divide
from .aftersales_complaint_liability_person import OFFICERS
from .roles import COMPLAINT_MANAGER

SUBJECTS = [('event', "The Event"), ('delay', "Delay of the Handling")]
PARTIES = [
    ('company', "The Company Itself"), ('department', "Department"), ('outlet', "Outlet"),
    ('carrier', "Carrier"), ('supplier', "Supplier"), ('customer', "Customer")]
# the field that names each party
PARTY_FIELDS = {
    'department': 'department_id', 'outlet': 'outlet_id', 'carrier': 'partner_id',
    'supplier': 'partner_id', 'customer': 'partner_id'}
CHARGE_KIND = 'complaint'
CORRECTION_KIND = 'complaint_correction'
SHARE_DIGITS = (5, 2)
# what says who of a unit bears it
PERSON_FIELDS = frozenset({'person_ids', 'is_watched', 'is_hidden'})
# what says how much the unit bears
_BURDEN_FIELDS = frozenset({'share', 'party', 'department_id'})


class AftersalesComplaintLiability(models.Model):
    """The share of one party in a complaint: for the event or, apart from it, for the delay.

    Shares of a subject are 100 per cent together, the company's own included, and none is
    served without evidence. A party may object; another person rules on it. Employees of a
    department hang on it as rows of their own, which few people read.
    """

    _name = 'aftersales.complaint.liability'
    _description = "Liability for a Complaint"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.evidence.mixin', 'mail.thread',
        'aftersales.outlet.charge.mixin', 'aftersales.legal.hold.part.mixin']
    _order = 'complaint_id desc, subject desc, sequence, id'
    _check_company_auto = True
    _hold_field = 'complaint_id'

    _TRANSITIONS = {
        'served': {'draft'},
        'objected': {'served'},
        'upheld': {'objected'},
        'rejected': {'objected'},
        'draft': {'served', 'objected', 'upheld', 'rejected'},
    }
    _ACTORS = {'objected': 'objector_id', 'upheld': 'ruler_id', 'rejected': 'ruler_id'}
    _STAMPS = {
        'objected': 'date_objected', 'upheld': 'date_ruled', 'rejected': 'date_ruled'}

    complaint_id = fields.Many2one(
        'aftersales.complaint', required=True, index=True, ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one(
        related='complaint_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    sequence = fields.Integer(default=10)
    subject = fields.Selection(
        SUBJECTS, required=True, default='event', string="Liable for", protected='after')
    state = fields.Selection(
        [('draft', "Draft"), ('served', "Served"), ('objected', "Objected"),
         ('upheld', "Objection Upheld"), ('rejected', "Objection Rejected")],
        default='draft', required=True, readonly=True, index=True, copy=False, tracking=True,
        protected=True)

    # Who
    party = fields.Selection(PARTIES, required=True, default='department', tracking=True)
    department_id = fields.Many2one(
        'hr.department', index='btree_not_null', ondelete='restrict', check_company=True,
        tracking=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', ondelete='restrict', check_company=True,
        tracking=True)
    partner_id = fields.Many2one(
        'res.partner', string="Other Company", index='btree_not_null', ondelete='restrict',
        check_company=True, tracking=True)

    # How much, and why
    share = fields.Float(string="Share (%)", digits=SHARE_DIGITS, required=True, tracking=True)
    amount = fields.Monetary(
        compute='_compute_amount', store=True, protected=True, tracking=True,
        help="The share of the loss; what rounding leaves goes to the first line.")
    reason = fields.Text(help="What the party did or left undone. It reads it.")
    photo_ids = fields.Many2many(string="Evidence")

    # Its persons
    is_watched = fields.Boolean(
        string="Superior Could Watch",
        help="The superior could have watched the work, or did not control it: the table gives "
             "superiors a larger part.")
    is_hidden = fields.Boolean(
        string="Superior Hid the Fault", help="Then the first superior bears all of it.")
    person_ids = fields.One2many(
        'aftersales.complaint.liability.person', 'liability_id', string="Persons",
        groups=OFFICERS)
    person_history = fields.Text(
        string="History of the Persons", readonly=True, copy=False, groups=OFFICERS,
        protected=True)

    # The objection
    objection = fields.Text(copy=False, help="Why the party does not agree.")
    objector_id = fields.Many2one(
        'res.users', string="Objected by", readonly=True, copy=False, protected=True)
    date_objected = fields.Datetime(
        string="Objected on", readonly=True, copy=False, protected=True)
    ruling = fields.Text(string="Reasons of the Ruling", copy=False)
    ruler_id = fields.Many2one(
        'res.users', string="Ruled by", readonly=True, copy=False, protected=True)
    date_ruled = fields.Datetime(string="Ruled on", readonly=True, copy=False, protected=True)

    _share_in_range = models.Constraint(
        'CHECK(share >= 0 AND share <= 100)', "A share lies between 0 and 100 per cent.")

    # === COMPUTES === #

    @api.depends('party', 'department_id', 'outlet_id', 'partner_id')
    def _compute_display_name(self):
        labels = dict(self._fields['party']._description_selection(self.env))
        for line in self:
            name = PARTY_FIELDS.get(line.party)
            line.display_name = (name and line[name].display_name) or labels.get(line.party)

    @api.depends('share', 'sequence', 'subject', 'complaint_id.amount_loss',
                 'complaint_id.amount_delay', 'complaint_id.liability_ids.share',
                 'complaint_id.liability_ids.sequence')
    def _compute_amount(self):
        """Divide the loss of a complaint, or what the delay costs, by the shares."""
        for complaint in self.complaint_id:
            for subject, __ in SUBJECTS:
                lines = complaint.liability_ids.filtered(
                    lambda line, subject=subject: line.subject == subject).sorted(
                        lambda line: (line.sequence, line.id or line._origin.id or 0))
                total = complaint.amount_loss if subject == 'event' else complaint.amount_delay
                for line, amount in zip(lines, lines._divide(total), strict=True):
                    line.amount = amount
        (self.filtered(lambda line: not line.complaint_id)).amount = 0.0

    def _divide(self, total):
        """Return what each of these lines of one subject bears of a total."""
        step = self[:1].currency_id.rounding or 0.01
        shares = self.mapped('share')
        if not self or total <= 0 or not any(shares) or min(shares) < 0:
            return [0.0] * len(self)
        # an unfinished sheet: what is not given to a party yet is the last part
        rest = max(0.0, missing_share(shares))
        return divide(total, [*shares, rest], step)[:len(self)]

    # === RULES OF THE RECORD === #

    @api.constrains('party', *set(PARTY_FIELDS.values()))
    def _check_party(self):
        for line in self:
            name = PARTY_FIELDS.get(line.party)
            if name and not line[name]:
                raise ValidationError(self.env._(
                    "Name the party: fill in “%(field)s”.",
                    field=self._fields[name]._description_string(self.env)))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines.complaint_id._ensure_liability_open()
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        """Leave a unit to others than who is liable for it: its persons' rows go with it."""
        self._ensure_of_others()

    def _ensure_of_others(self):
        """Refuse who is named as liable, or leads the unit, to change what the unit bears."""
        if not self.env.su and self.env.user in self._get_liable_users():
            raise AccessError(self.env._(
                "You are named here as liable, or lead the unit: another colleague of the "
                "complaint desk changes it."))

    def _get_liable_users(self):
        """Return the users who are named, and who lead a department with a share.

        A head counts where the company has another complaint manager, who decides then.
        """
        # only whether the user is one of them is used
        units = self.sudo()
        liable = units.person_ids.employee_id.user_id
        for company, lines in units.grouped('company_id').items():
            heads = lines.filtered('share').department_id._get_aftersales_heads(company)
            if heads and company._get_people_in(COMPLAINT_MANAGER) - heads:
                liable |= heads
        return liable

    @api.ondelete(at_uninstall=False)
    def _unlink_except_served(self):
        self._refuse_where(
            lambda line: line.state != 'draft' or line.sudo().charge_ids,
            self.env._("Shares that were served stay on record; set them to 0 instead"))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        stays = {'served': {'objection'}, 'objected': {'ruling'}}
        return locked | self._get_all_but(*(PERSON_FIELDS | stays.get(self.state, set())))

    def _get_locked_message(self):
        return self.env._("These shares are served and stay; a complaint manager reopens them")

    def _ensure_may_change(self, vals):
        """Let officers of penalties name persons; the rest is for the desk and leads."""
        if not self.env.user._is_of_complaint_desk() and vals.keys() - PERSON_FIELDS:
            raise AccessError(self.env._(
                "Officers of penalties name the persons of a unit; the complaint desk and team "
                "leads change the rest."))
        if not vals.keys().isdisjoint(_BURDEN_FIELDS):
            self._ensure_of_others()
        return super()._ensure_may_change(vals)

    # === ACTIONS === #

    def action_object(self):
        """Note that these parties do not agree, in time and with a reason."""
        self._set_state('objected')

    def action_uphold(self):
        """Agree with the parties: liability is decided again."""
        self._set_state('upheld')

    def action_reject(self):
        """Keep the shares; the parties read why."""
        self._set_state('rejected')

    # === LIFE-CYCLE === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'objected' and not self.env.user._is_of_complaint_desk():
            raise AccessError(self.env._(
                "The complaint desk and team leads record objections: leave it to them."))
        if target != 'objected' and not self.env.user.has_group(COMPLAINT_MANAGER):
            raise AccessError(self.env._("Complaint managers decide on liability."))
        if target in ('upheld', 'rejected'):
            for line in self:
                line._ensure_second_person()
        return result

    def _ensure_second_person(self):
        """Refuse who served the share: another complaint manager rules, if there is one."""
        self.ensure_one()
        decider = self.complaint_id.liability_user_id
        if self.env.user == decider and self.company_id._get_people_in(COMPLAINT_MANAGER) - decider:
            raise AccessError(self.env._(
                "Another complaint manager rules on the objection: you served the notice."))

    def _ensure_served(self):
        self._refuse_where(
            lambda line: line.share and line.party != 'company' and not line._has_evidence(),
            self.env._("Add the evidence first: the reason and a file"))

    def _has_evidence(self):
        self.ensure_one()
        return bool((self.reason or '').strip() and self.photo_ids)

    def _ensure_objected(self):
        self._refuse_where(
            lambda line: not (line.objection or '').strip(),
            self.env._("Give the reason of the objection first"))
        for line in self:
            if not self.env.su and line.party == 'outlet' and line.sudo().charge_ids:
                raise UserError(self.env._(
                    "The outlet objects to its charge: record the objection of %(outlet)s there.",
                    outlet=line.display_name))
            # an outlet has its own window, of its charge
            if not self.env.su and not line.complaint_id._can_object_to_liability():
                raise UserError(self.env._(
                    "The time to object is over: the share of %(party)s stands.",
                    party=line.display_name))

    def _ensure_ruling(self):
        self._refuse_where(
            lambda line: not (line.ruling or '').strip(),
            self.env._("Give the reasons of the ruling first"))

    def _ensure_rejected(self):
        self._ensure_ruling()

    def _ensure_upheld(self):
        self._ensure_ruling()

    def _on_upheld(self):
        """Decide liability again, with the other parties' shares."""
        self.complaint_id._reopen_liability(self.env._("An objection was upheld."))

    # === OUTLETS === #

    def _prepare_outlet_charge_vals(self, kind):
        vals = super()._prepare_outlet_charge_vals(kind)
        if kind not in (CHARGE_KIND, CORRECTION_KIND):
            return vals
        charged = sum(
            charge.amount for charge in self.sudo().charge_ids if charge.state != 'upheld')
        reason = self.env._("Complaint %(name)s: %(share)s %% of %(subject)s. %(reason)s",
                            name=self.complaint_id.name, share=f'{self.share:g}',
                            subject=dict(self._fields['subject']._description_selection(
                                self.env))[self.subject], reason=self.reason or '').strip()
        return vals | {
            'outlet_id': self.outlet_id.id, 'reason': reason,
            'amount': self.currency_id.round(self.amount - charged)}

    def _sync_charges(self):
        """Charge the outlets what they bear now.

        Called by the steps that decide it, which checked the right to. A charge that is still
        open is replaced, so that its time to object begins again; what was decided or settled
        before is corrected by a second charge.
        """
        for line in self.filtered(lambda line: line.party == 'outlet'):
            # the deciding step checked the right to charge
            charges = line.sudo().charge_ids.filtered(lambda charge: charge.state != 'upheld')
            amount = 0.0 if line.state in ('draft', 'upheld') else line.amount
            if line.currency_id.compare_amounts(sum(charges.mapped('amount')), amount) == 0:
                continue
            charges.filtered(lambda charge: charge.state == 'open').unlink()
            line.invalidate_recordset(['charge_ids'])
            if amount or line.sudo().charge_ids:
                line._charge_outlets(line._get_charge_kind())
                line.invalidate_recordset(['charge_ids'])

    def _get_charge_kind(self):
        """Return the kind of the next charge: the first one of a share, or a correction of it."""
        self.ensure_one()
        kinds = set(self.sudo().charge_ids.mapped('kind'))  # the caller charges
        if CORRECTION_KIND in kinds:
            raise UserError(self.env._(
                "The charge to %(outlet)s was corrected already: enter the difference as another "
                "charge under Outlets.", outlet=self.display_name))
        return CORRECTION_KIND if CHARGE_KIND in kinds else CHARGE_KIND
