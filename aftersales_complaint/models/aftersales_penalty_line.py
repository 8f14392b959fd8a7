from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.penalty import Balance, counter_entry
from .aftersales_penalty_acknowledgement import OFFICER

# rows that payroll books: an amount below zero is paid out
PAYROLL_KINDS = ('deduction', 'return')


class AftersalesPenaltyLine(models.Model):
    """A row of the ledger of penalties: nothing in it is changed or deleted.

    Deductions come from the monthly run. What is waived, given back or written off is a
    counter-entry of its own, which one person proposes and another approves.
    """

    _name = 'aftersales.penalty.line'
    _description = "Penalty Ledger"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'month desc, id desc'

    penalty_id = fields.Many2one(
        'aftersales.penalty', required=True, index=True, ondelete='restrict', copy=False,
        protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, copy=False, protected=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    employee_id = fields.Many2one(
        'hr.employee', required=True, index=True, ondelete='restrict', copy=False,
        protected=True)
    department_id = fields.Many2one('hr.department', copy=False, protected=True)
    month = fields.Date(
        required=True, copy=False, protected=True, help="The first day of the month.")
    month_name = fields.Char(string="Of Month", compute='_compute_month_name')
    kind = fields.Selection(
        [('deduction', "Deduction"), ('return', "Given Back"), ('waiver', "Waived"),
         ('write_off', "Written Off"), ('lapsed', "Lapsed")], required=True, copy=False,
        protected=True)
    amount = fields.Monetary(
        required=True, copy=False, protected=True,
        help="Below zero it is paid out to the person.")
    reason = fields.Char(copy=False, protected=True)
    state = fields.Selection(
        [('proposed', "To Approve"), ('booked', "Booked"), ('refused', "Refused")],
        default='booked', required=True, copy=False, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Booked by", readonly=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    export_id = fields.Many2one(
        'aftersales.penalty.export', string="Exported with", index='btree_not_null',
        ondelete='restrict', copy=False, protected=True)
    is_payroll = fields.Boolean(
        string="For Payroll", compute='_compute_is_payroll', search='_search_is_payroll')

    _employee_month_idx = models.Index('(employee_id, month)')

    @api.depends('month')
    def _compute_month_name(self):
        for line in self:
            line.month_name = f'{line.month:%Y-%m}' if line.month else False

    @api.depends('kind', 'state')
    def _compute_is_payroll(self):
        for line in self:
            line.is_payroll = line.kind in PAYROLL_KINDS and line.state == 'booked'

    def _search_is_payroll(self, operator, value):
        if operator != 'in':
            return NotImplemented
        domain = [('kind', 'in', PAYROLL_KINDS), ('state', '=', 'booked')]
        return domain if True in value else ['!', '&', *domain]

    @api.depends('penalty_id', 'month')
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.penalty_id.name} · {line.month:%Y-%m}" if (
                line.month) else False

    # === LEDGER === #

    def write(self, vals):
        """Keep booked rows as they are, for superuser too; only the export marks them."""
        self.check_access('write')
        if self.filtered(lambda line: line.state != 'proposed') and vals.keys() - {'export_id'}:
            raise UserError(self.env._(
                "Rows of the ledger stay as they are: correct them by a counter-entry."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._(
            "Rows of the ledger stay as they are: correct them by a counter-entry."))

    # === COUNTER-ENTRIES === #

    def action_approve(self):
        """Book the counter-entries that another person proposed."""
        self._ensure_may_decide()
        for line in self:
            line._ensure_within_balance()
            # protected: _ensure_may_decide checked the step
            line.sudo().write({'state': 'booked', 'approver_id': self.env.uid})
            line.penalty_id.sudo()._end_if_even()

    def action_refuse(self):
        """Leave the ledger as it is."""
        self._ensure_may_decide()
        # protected: _ensure_may_decide checked the step
        self.sudo().write({'state': 'refused', 'approver_id': self.env.uid})

    def _ensure_may_decide(self):
        """Refuse who proposed it, the person concerned, and all but officers and deciders."""
        self.penalty_id.check_access('read')
        self._refuse_where(
            lambda line: line.state != 'proposed', self.env._("These are decided already"))
        self.penalty_id._ensure_free_to_move()
        if self.env.su:
            return
        user = self.env.user
        for line in self.sudo():  # the right to read was checked above
            penalty = line.penalty_id
            if user == penalty.user_id:
                raise AccessError(self.env._("This penalty is about you: others decide on it."))
            if not user.has_group(OFFICER) and user != penalty.approver_id:
                raise AccessError(self.env._(
                    "Officers of penalties and the deciding manager approve counter-entries."))
            if user == line.user_id and penalty._get_other_officers(line.user_id):
                raise AccessError(self.env._(
                    "Another person approves a counter-entry than the one who proposed it."))

    def _ensure_within_balance(self):
        """Refuse counter-entries of more than is owed or was deducted, or of the wrong sign.

        What is given back is below zero in the ledger; what is waived or written off is above.
        Called for a proposal and again before it is booked.
        """
        self.ensure_one()
        penalty, is_return = self.penalty_id, self.kind == 'return'
        amount = -self.amount if is_return else self.amount
        if self.currency_id.compare_amounts(amount, 0) <= 0:
            raise UserError(self.env._(
                "A counter-entry to %(name)s needs an amount above zero: correct it.",
                name=penalty.name))
        balance = Balance(
            penalty.amount, penalty.amount_deducted, penalty.amount_returned,
            penalty.amount_waived, self.currency_id.rounding)
        try:
            counter_entry(balance, amount, is_return=is_return)
        except ValueError:
            raise UserError(self.env._(
                "%(amount)s is more than %(name)s allows: %(owed)s is owed, %(kept)s was deducted "
                "and not given back.", name=penalty.name,
                amount=self.currency_id.format(amount),
                owed=self.currency_id.format(balance.owed),
                kept=self.currency_id.format(balance.kept))) from None
