from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, get_lang

from ..tools.month import format_month
from ..tools.penalty import missing_pay, month_of

DECISIONS = {'approved', 'written_off'}


class AftersalesPenalty(models.Model):
    """The way of a penalty: asked, decided by another person, deducted, ended."""

    _inherit = 'aftersales.penalty'

    _TRANSITIONS = {
        'statement': {'draft'},
        'draft': {'statement'},
        'approved': {'statement'},
        'running': {'approved', 'suspended'},
        'suspended': {'approved', 'running'},
        'paid': {'running'},
        'written_off': {'statement', 'approved', 'running', 'suspended'},
    }
    _ACTORS = {'approved': 'decider_id'}
    _STAMPS = {
        'statement': 'date_asked', 'approved': 'date_approved', 'suspended': 'date_appealed',
        'paid': 'date_ended', 'written_off': 'date_ended'}

    # === ACTIONS === #

    def action_write_notice(self):
        """Draft the administrative notice about the same act, and link it.

        The burden proposes the sanction of the ladder; one act makes one notice.
        """
        self.ensure_one()
        self.check_access('write')
        if not self.notice_id:
            if not self.offence_id:
                raise UserError(self.env._("Choose the act that the rules name first."))
            self.notice_id = self.env['aftersales.notice'].create(self._prepare_notice_vals())
        return {'type': 'ir.actions.act_window', 'res_model': 'aftersales.notice',
                'res_id': self.notice_id.id, 'views': [(False, 'form')]}

    def _prepare_notice_vals(self):
        """Return the values of the notice about the act of one penalty."""
        self.ensure_one()
        source = {'res_model': 'aftersales.complaint', 'res_id': self.complaint_id.id} if (
            self.complaint_id) else {}
        return source | {
            'company_id': self.company_id.id, 'employee_id': self.employee_id.id,
            'offence_id': self.offence_id.id, 'facts': self.reason, 'evidence': self.evidence,
            'burden': self.amount, 'base_points': self.base_points,
            'approver_id': self.approver_id.id}

    def action_back_to_draft(self):
        """Take the penalties back to change them; the person is asked again."""
        self._set_state('draft')

    def action_approve(self):
        """Approve the penalties and serve their notices."""
        self._set_state('approved')

    def action_appeal(self):
        """Appeal: nothing is deducted until it is decided."""
        self._set_state('suspended')

    def action_reject_appeal(self):
        """Keep the penalties; deductions go on with the next run."""
        self._refuse_where(
            lambda penalty: penalty.state != 'suspended',
            self.env._("There is no appeal to decide on"))
        self._set_state('running', appeal_decider_id=self.env.uid)

    def action_uphold_appeal(self):
        """Agree with the persons: what is owed is waived, what was deducted is given back."""
        self._refuse_where(
            lambda penalty: penalty.state != 'suspended',
            self.env._("There is no appeal to decide on"))
        self._set_state(
            'written_off', appeal_decider_id=self.env.uid, is_appeal_upheld=True)

    def action_withdraw(self):
        """Withdraw penalties that were not approved yet."""
        self._refuse_where(
            lambda penalty: penalty.state != 'statement',
            self.env._("Approved penalties end by counter-entries: waive or write off"))
        self._set_state('written_off')

    # === WHO === #

    def _is_decision(self, target):
        return target in DECISIONS or (target == 'running' and self.state == 'suspended')

    def _is_ready_to_decide(self):
        return self.state == 'suspended' or (self.state == 'statement' and self._has_answered())

    # === WHAT MUST BE THERE === #

    def _ensure_statement(self):
        self._refuse_where(
            lambda penalty: not (penalty.reason or '').strip(),
            self.env._("Write down what the person did first"))
        self._refuse_where(
            lambda penalty: not penalty._has_evidence(),
            self.env._("Add the evidence first: words or a file"))
        self._ensure_decider_is_another()

    def _has_evidence(self):
        return super()._has_evidence() or bool(self.sudo().person_id.photo_ids)

    def _has_answered(self):
        """Return whether the person answered, here or to the notice, or the time is over."""
        self.ensure_one()
        # one act, one notice: its statement counts, but not for what was changed afterwards
        notice = self.sudo().notice_id if not self.is_asked_again else (
            self.env['aftersales.notice'])
        today = self._get_today()
        return bool(
            self.date_stated or (self.statement_date and self.statement_date < today)
            or notice.date_stated or (notice.statement_date and notice.statement_date < today))

    def _ensure_approved(self):
        self._refuse_where(
            lambda penalty: not penalty._has_evidence(),
            self.env._("Add the evidence first: words or a file"))
        for penalty in self:
            if not penalty._has_answered():
                raise UserError(self.env._(
                    "The person may answer until %(day)s: approve %(name)s once the statement is "
                    "there or the time is over.",
                    day=format_date(self.env, penalty.statement_date), name=penalty.name))
            penalty._ensure_scheme()
            penalty._ensure_month_open()
        self._ensure_pay_known()

    def _ensure_scheme(self):
        """Refuse persons whose scheme is off, not acknowledged, or does not fit the act."""
        self.ensure_one()
        scheme = self.scheme_id.sudo()  # published
        name = self.sudo().employee_id.name
        if not scheme or scheme not in scheme._find(self.company_id, self._get_today()):
            raise UserError(self.env._(
                "No penalty scheme holds here today: choose another one for %(name)s.",
                name=self.name))
        if not scheme.is_on:
            raise UserError(self.env._(
                "Scheme “%(scheme)s” is switched off: employees are not deducted by it. A "
                "complaint manager switches on a scheme of the company, an administrator one of "
                "all companies.", scheme=scheme.name))
        if not self.env['aftersales.penalty.acknowledgement']._has_acknowledged(
                self.employee_id, scheme):
            raise UserError(self.env._(
                "%(person)s did not acknowledge version %(version)s of “%(scheme)s”: record the "
                "signed paper first.", person=name, version=scheme.rule_version,
                scheme=scheme.name))
        if scheme.kind == 'compensation':
            self._ensure_compensation()

    def _ensure_compensation(self):
        """Ask for intent or gross negligence, a clause, and a share of the company's own."""
        if self.gravity == 'negligence':
            raise UserError(self.env._(
                "Damage is compensated for intent or gross negligence only: %(name)s is none.",
                name=self.name))
        if not (self.contract_clause or '').strip():
            raise UserError(self.env._(
                "Enter the clause of the contract that %(name)s is based on.", name=self.name))
        own = self.sudo().complaint_id.liability_ids.filtered(
            lambda line: line.party == 'company' and line.share > 0)
        if not own:
            raise UserError(self.env._(
                "The company bears a share of its own where employees compensate a damage: "
                "enter it on the liability sheet of %(name)s.", name=self.name))

    def _ensure_month_open(self):
        """Refuse an adjustment of a month that was exported already."""
        self.ensure_one()
        month = month_of(self._get_today())
        if not self.scheme_id._get_facts().is_carried_over and (
                self.env['aftersales.penalty.export']._is_closed(self.company_id, month)):
            raise UserError(self.env._(
                "%(month)s was exported for payroll already: %(name)s cannot be adjusted in it, "
                "and never in another month.", name=self.name,
                month=format_month(month, get_lang(self.env).code)))

    def _ensure_pay_known(self):
        """Refuse persons without base points, or without what the cap is measured by."""
        # who decides on a deduction learns that the pay is missing, not what it is
        penalties = self.sudo()
        for penalty in penalties.filtered(lambda penalty: not penalty.base_points):
            # entered after the penalty was drafted
            penalty.base_points = penalty.employee_id._get_base_points(
                penalty.company_id)
        unknown = penalties.filtered(lambda penalty: not penalty.base_points).employee_id
        if unknown:
            raise UserError(self.env._(
                "No base points are known of %(names)s: enter them on the employee or the job "
                "position.", names=unknown.mapped('name')))
        for month, group in penalties.grouped(
                lambda penalty: month_of(penalty._get_today())).items():
            pay = self.env['hr.employee']._read_penalty_pay(group.employee_id, [month])
            missing = group.filtered(lambda penalty, pay=pay, month=month: missing_pay(
                penalty.scheme_id._get_facts(), pay[penalty.employee_id.id, month]))
            if missing:
                raise UserError(self.env._(
                    "The bonus, wage or minimum wage that caps the deduction is not known of "
                    "%(names)s: human resources enters it.",
                    names=missing.employee_id.mapped('name')))

    def _ensure_suspended(self):
        self._ensure_appealable()

    def _ensure_running(self):
        self._refuse_where(
            lambda penalty: penalty.state == 'suspended' and not (
                penalty.appeal_note or '').strip(),
            self.env._("Write the reasons on the appeal first"))
        self._refuse_where(
            lambda penalty: penalty.state == 'approved' and penalty._can_appeal(),
            self.env._("The person may still appeal"))

    def _ensure_paid(self):
        self._refuse_where(
            lambda penalty: penalty.amount_owed > 0,
            self.env._("Something is still owed"))

    def _ensure_written_off(self):
        self._refuse_where(
            lambda penalty: penalty.state == 'suspended' and not (
                penalty.appeal_note or '').strip(),
            self.env._("Write the reasons on the appeal first"))
        self._refuse_where(
            lambda penalty: penalty.state in ('approved', 'running') and penalty.amount_owed > 0,
            self.env._("Something is still owed: waive it or write it off by a counter-entry"))

    # === WHAT FOLLOWS === #

    def _on_statement(self):
        self._notify_person(lambda penalty: penalty.env._(
            "Penalty %(name)s: your statement is asked for until %(day)s.",
            name=penalty.name, day=format_date(penalty.env, penalty.statement_date)))

    def _on_approved(self):
        """Begin with the first month that is not exported, and serve the notice."""
        for penalty in self:
            penalty.first_month = self.env['aftersales.penalty.export']._get_open_month(
                penalty.company_id, month_of(penalty._get_today()))
        self._notify_person(lambda penalty: penalty.env._(
            "Penalty %(name)s was approved; you may appeal until %(day)s.",
            name=penalty.name, day=format_date(penalty.env, penalty.appeal_date)))

    def _on_written_off(self):
        """Waive and give back what an upheld appeal, or a withdrawal, leaves open."""
        for penalty in self:
            penalty._book_end()
        self._notify_person(lambda penalty: penalty.env._(
            "Penalty %(name)s has ended without further deduction.", name=penalty.name))

    def _book_end(self):
        """Write the counter-entries that end one penalty; the step that ends it was approved."""
        self.ensure_one()
        lines, vals_list = self.env['aftersales.penalty.line'].sudo(), []
        common = {'approver_id': self.env.uid,
                  'reason': self.appeal_note or self.env._("Withdrawn")}
        if self.amount_owed > 0:
            vals_list.append(self._prepare_line_vals('waiver', self.amount_owed, **common))
        if self.is_appeal_upheld and self.amount_deducted > self.amount_returned:
            vals_list.append(self._prepare_line_vals(
                'return', self.amount_returned - self.amount_deducted, **common))
        lines.create(vals_list)

    def _prepare_line_vals(self, kind, amount, month=None, **vals):
        """Return the values of one row of the ledger, in the first open month by default."""
        self.ensure_one()
        return {
            'penalty_id': self.id, 'employee_id': self.employee_id.id,
            'company_id': self.company_id.id, 'department_id': self.department_id.id,
            'kind': kind, 'amount': amount, 'user_id': self.env.uid, **vals,
            'month': month or self.env['aftersales.penalty.export']._get_open_month(
                self.company_id, month_of(self._get_today()))}

    def _end_if_even(self):
        """End these penalties once nothing is owed; called by the run and by counter-entries."""
        even = self.filtered(
            lambda penalty: penalty.state in ('approved', 'running') and penalty.amount_owed <= 0)
        deducted = even.filtered(lambda penalty: penalty.amount_deducted > penalty.amount_returned)
        deducted.filtered(lambda penalty: penalty.state == 'approved')._set_state('running')
        deducted._set_state('paid')
        (even - deducted)._set_state('written_off')
