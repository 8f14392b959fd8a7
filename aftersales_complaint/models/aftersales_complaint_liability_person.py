from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime
from odoo.tools.misc import formatLang

OFFICERS = 'aftersales_conduct.group_conduct_officer,aftersales_complaint.group_complaint_manager'
ROLES = [
    ('direct', "Person at Fault"), ('first', "First Superior"), ('second', "Second Superior")]
GRAVITIES = [
    ('negligence', "Negligence"), ('gross', "Gross Negligence"), ('intent', "Intent")]


class AftersalesComplaintLiabilityPerson(models.Model):
    """An employee who answers for a part of what a unit bears.

    Officers of penalties and complaint managers alone read it. It deducts nothing: the penalty
    that is made of it does. It has no conversation, so no change is ever mailed; the unit keeps
    the history of its persons.
    """

    _name = 'aftersales.complaint.liability.person'
    _description = "Liable Person"
    _inherit = [
        'aftersales.evidence.mixin', 'aftersales.legal.hold.part.mixin',
        'aftersales.protected.mixin']
    _order = 'liability_id, role, id'
    _check_company_auto = True
    _hold_field = 'complaint_id'

    liability_id = fields.Many2one(
        'aftersales.complaint.liability', string="Unit", required=True, index=True,
        ondelete='cascade', protected='after', link_access='read')
    complaint_id = fields.Many2one(
        related='liability_id.complaint_id', store=True, precompute=True, index=True)
    company_id = fields.Many2one(
        related='liability_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    employee_id = fields.Many2one(
        'hr.employee', required=True, index=True, ondelete='restrict', check_company=True,
        protected='after')
    role = fields.Selection(ROLES, required=True, default='direct')
    gravity = fields.Selection(GRAVITIES, required=True, default='negligence')
    base_points = fields.Float(
        compute='_compute_base_points', store=True, readonly=False, precompute=True,
        help="Of the employee, else of the job position.")
    amount = fields.Monetary(help="What the person answers for.")
    reason = fields.Text(help="What the person did or left undone.")
    penalty_ids = fields.One2many('aftersales.penalty', 'person_id', string="Penalties")

    _employee_uniq = models.Constraint(
        'UNIQUE(liability_id, employee_id)', "This employee is on the list of the unit already.")
    _amounts_positive = models.Constraint(
        'CHECK(amount >= 0 AND base_points >= 0)',
        "Amounts and base points cannot be negative.")

    # === COMPUTES === #

    @api.depends('employee_id')
    def _compute_base_points(self):
        for person in self:
            # who may name liable persons may know their base points
            person.base_points = person.sudo().employee_id._get_base_points(person.company_id)

    def _read_base_points(self):
        """Fill in base points that were entered after the person was named; others stay."""
        # who may split may know the base points; the split is noted in the history
        for person in self.sudo().filtered(lambda person: not person.base_points):
            person.base_points = person.employee_id._get_base_points(person.company_id)

    @api.depends('employee_id', 'role')
    def _compute_display_name(self):
        for person in self:
            person.display_name = person.employee_id.name

    # === RULES === #

    @api.constrains('amount', 'liability_id')
    def _check_amount(self):
        """Refuse persons who bear more than their unit."""
        for liability in self.liability_id:
            # the sum counts for every reader
            total = sum(liability.sudo().person_ids.mapped('amount'))
            if liability.currency_id.compare_amounts(total, liability.amount) > 0:
                raise ValidationError(self.env._(
                    "The persons of %(unit)s bear more than the unit does: lower their amounts.",
                    unit=liability.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        persons = super().create(vals_list)
        if not self.env.su:
            persons.liability_id._ensure_persons_possible()
        persons._note_history([[self.env._(
            "%(person)s is named: %(facts)s", person=person._get_name(),
            facts=person._describe())] for person in persons])
        return persons

    def _ensure_of_others(self):
        """Leave a row to others than the person it names."""
        # only whether the user is one of them is used
        if not self.env.su and self.env.user in self.sudo().employee_id.user_id:
            raise AccessError(self.env._(
                "You are named here as liable: another complaint manager or officer of penalties "
                "changes it."))

    def write(self, vals):
        self._ensure_of_others()
        before = [(person._get_name(), person._describe()) for person in self]
        result = super().write(vals)
        self._note_history([
            [self.env._("%(person)s: %(before)s → %(after)s", person=name, before=facts,
                        after=person._describe())] if facts != person._describe() else []
            for person, (name, facts) in zip(self, before, strict=True)])
        return result

    def unlink(self):
        self._ensure_of_others()
        self._note_history([[self.env._(
            "%(person)s is taken off: %(facts)s", person=person._get_name(),
            facts=person._describe())] for person in self])
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_penalised(self):
        self._refuse_where(
            lambda person: person.sudo().penalty_ids,
            self.env._("There is a penalty already; these persons stay on the list"))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        # whether there is a penalty decides, for every reader
        return self._get_all_but() if self.sudo().penalty_ids else locked

    def _get_locked_message(self):
        return self.env._("There is a penalty already; change these persons there")

    # === HISTORY === #

    def _get_name(self):
        return self.sudo().employee_id.name  # readers of these rows may know whom they name

    def _describe(self):
        """Return what the history keeps of one person."""
        self.ensure_one()
        labels = {name: dict(self._fields[name]._description_selection(self.env))[self[name]]
                  for name in ('role', 'gravity')}
        return f"{labels['role']}, {labels['gravity']}, {formatLang(self.env, self.amount)}"

    def _note_history(self, words):
        """Add lines to the history of the units.

        :param words: the lines of each person, in the order of ``self``
        """
        now = format_datetime(self.env, fields.Datetime.now())
        for person, lines in zip(self, words, strict=True):
            if lines:
                # protected: only this method writes the history
                liability = person.liability_id.sudo()
                liability.person_history = "\n".join(filter(None, [
                    liability.person_history,
                    *(f"{now} · {self.env.user.name} · {line}" for line in lines)]))

    # === PENALTIES === #

    def action_create_penalties(self):
        """Draft a penalty for each person with an amount, then show them."""
        self.env['aftersales.penalty'].check_access('create')
        without = self.filtered(lambda person: person.amount and not person.penalty_ids)
        if not (without or self.penalty_ids):
            raise UserError(self.env._("No person bears an amount: split it first."))
        without._refuse_where(
            lambda person: person.complaint_id.liability_state == 'draft',
            self.env._("Serve the notice of liability first"))
        penalties = self.penalty_ids | self.env['aftersales.penalty'].create(
            [person._prepare_penalty_vals() for person in without])
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_penalty_action')
        return action | {'domain': [('id', 'in', penalties.ids)], 'context': {}}

    def _prepare_penalty_vals(self):
        """Return the values of the draft of one person, with copies of the evidence.

        The person reads the penalty, not the sheet of the unit.
        """
        self.ensure_one()
        # who drafts the penalty reads the person and the unit
        files = (self.photo_ids | self.liability_id.photo_ids).sudo()
        return {
            'photo_ids': [fields.Command.create({'name': file.name, 'raw': file.raw})
                          for file in files],
            'person_id': self.id, 'complaint_id': self.complaint_id.id,
            'company_id': self.company_id.id, 'employee_id': self.employee_id.id,
            'amount': self.amount, 'base_points': self.base_points, 'gravity': self.gravity,
            'reason': self.reason or self.liability_id.reason}
