from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

# (from, to): steps of who decides; officers take the others
DECISIONS = {
    ('proposed', 'served'), ('proposed', 'final'), ('proposed', 'draft'),
    ('proposed', 'revoked'), ('served', 'revoked'), ('appealed', 'final'),
    ('appealed', 'revoked'), ('final', 'revoked')}


class AftersalesNotice(models.Model):
    _inherit = 'aftersales.notice'

    _TRANSITIONS = {
        'statement': {'draft'},
        'proposed': {'draft', 'statement'},
        'draft': {'statement', 'proposed'},
        'served': {'proposed'},
        'appealed': {'served'},
        'final': {'proposed', 'served', 'appealed'},
        'revoked': {'draft', 'statement', 'proposed', 'served', 'appealed', 'final'},
    }
    _ACTORS = {'served': 'decider_id'}
    _STAMPS = {
        'statement': 'date_asked', 'served': 'date_served', 'appealed': 'date_appealed',
        'final': 'date_final', 'revoked': 'date_revoked'}

    # === ACTIONS === #

    def action_propose(self):
        """Submit the notices for approval."""
        self._set_state('proposed')

    def action_approve(self):
        """Approve the notices: a merit is final, a demerit is served and open to appeal."""
        merits = self.filtered(lambda notice: notice.kind == 'merit')
        merits._set_state('final')
        demerits = self - merits
        waiting = demerits.filtered(lambda notice: not notice._is_last_approval())
        waiting._approve_first()
        (demerits - waiting)._set_state('served')

    def _get_first_approvers(self):
        """Return who may approve before the last approval, none once that one is due.

        Where a company has no other officers, those it has are enough.
        """
        self.ensure_one()
        paper = self.sudo()  # who may approve may know who did before
        if paper.kind != 'demerit' or (
                len(paper.first_approver_ids) + 1 >= paper.sanction_id.approvals):
            return paper.approver_id.browse()
        return paper._get_other_officers(
            paper.first_approver_ids | paper.author_id | paper.weight_author_id
            | paper.approver_id)

    def _is_last_approval(self):
        """Return whether an approval of the user serves the notice."""
        self.ensure_one()
        officers = self._get_first_approvers()
        return not officers or (officers == self.env.user and not self.sudo().approver_id)

    def _approve_first(self):
        """Note an approval that others must follow; the notice waits for them."""
        self.check_access('write')
        self._ensure_free_to_move()
        for notice in self:
            notice._ensure_may_move('served')
            notice._refuse_where(
                lambda notice: notice.state != 'proposed' or notice.kind == 'merit',
                self.env._("Only demerits that wait for approval are approved"))
            # protected: the right to decide was checked by the line above
            notice.sudo().first_approver_ids += self.env.user
        self._notify_deciders()

    def _ensure_decider(self):
        """Let officers approve before the deciding manager who is named; see ``super()``."""
        paper, user = self.sudo(), self.env.user  # the caller checked access to the document
        if paper.state == 'proposed' and user in paper.first_approver_ids:
            raise AccessError(self.env._(
                "You approved it already: another person approves it as well."))
        officers = paper.state == 'proposed' and paper._get_first_approvers()
        if not officers or not paper.approver_id:
            return super()._ensure_decider()
        if user not in officers:
            raise AccessError(self.env._(
                "Another officer of penalties approves it before the deciding manager."))
        return None

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'draft':  # what changes is approved again
            vals['first_approver_ids'] = [Command.clear()]
        return vals

    def action_send_back(self):
        """Send the notices back to the officer, with the reason."""
        self._set_state('draft')

    def action_appeal(self):
        """Appeal: the notices have no effect until it is decided."""
        self._set_state('appealed')

    def action_reject_appeal(self):
        """Keep the notices as they are."""
        self._set_state('final')

    def action_uphold_appeal(self):
        """Agree with the person: the notices have no effect."""
        self._set_state('revoked')

    def action_revoke(self):
        """Take the notices back."""
        self._set_state('revoked')

    def action_offset(self):
        """Cancel the demerits by merits of the same person and year, the oldest first."""
        self.check_access('write')
        self._ensure_officer()
        self._ensure_of_others(self.env._(
            "You cannot cancel a demerit of your own: ask another officer."))
        self._ensure_free_to_move()
        for notice in self:
            merit = notice._find_merit()
            if not merit:
                raise UserError(self.env._(
                    "No merit of the same year and at least the same level is left for "
                    "%(name)s.", name=notice.display_name))
            notice.sudo().offset_id = merit  # protected: officers only, checked above

    # === WHO === #

    def _is_decision(self, target):
        return (self.state, target) in DECISIONS

    def _is_ready_to_decide(self):
        return self.state in ('proposed', 'appealed')

    # === WHAT MUST BE THERE === #

    def _ensure_statement(self):
        self._refuse_where(
            lambda notice: notice.kind == 'merit',
            self.env._("A merit needs no statement: submit it for approval"))

    def _ensure_proposed(self):
        today = self[:1]._get_today()
        self._refuse_where(
            lambda notice: notice.kind == 'demerit' and notice.state == 'draft',
            self.env._("Ask the person for a statement first"))
        for notice in self:
            if notice.kind == 'demerit' and not notice.date_stated and (
                    notice.statement_date >= today):
                raise UserError(self.env._(
                    "The person may answer until %(day)s: submit %(name)s once the statement is "
                    "there or the time is over.",
                    day=format_date(self.env, notice.statement_date), name=notice.name))
        self._refuse_where(
            lambda notice: notice.kind == 'demerit' and not notice._has_evidence(),
            self.env._("Add the evidence first: words, a file or the document it comes from"))
        self._refuse_where(
            lambda notice: not notice.sanction_id and not notice.points,
            self.env._("Choose a sanction or enter points first"))
        self._ensure_decider_is_another()

    def _has_evidence(self):
        return super()._has_evidence() or bool(self.res_id)

    def _is_open_to_appeal(self):
        return self.kind == 'demerit'

    def _ensure_draft(self):
        self._refuse_where(
            lambda notice: notice.state == 'proposed' and not (
                notice.decision_note or '').strip(),
            self.env._("Write why you send it back first"))

    def _ensure_served(self):
        self._refuse_where(
            lambda notice: notice.kind == 'merit',
            self.env._("A merit is final once it is approved"))

    def _ensure_final(self):
        self._refuse_where(
            lambda notice: notice.kind == 'demerit' and notice.state == 'proposed',
            self.env._("A demerit is served first, so that the person can appeal"))
        self._refuse_where(
            lambda notice: notice.state == 'served' and notice._can_appeal(),
            self.env._("The person may still appeal"))
        self._refuse_where(
            lambda notice: notice.state == 'appealed' and not (notice.appeal_note or '').strip(),
            self.env._("Write the reasons on the appeal first"))

    def _ensure_appealed(self):
        self._ensure_appealable()

    def _ensure_revoked(self):
        self._refuse_where(
            lambda notice: not (
                notice.appeal_note if notice.state == 'appealed' else notice.revoke_reason),
            self.env._("Write the reason first"))

    # === WHAT FOLLOWS === #

    def _on_statement(self):
        self._notify_person(lambda notice: notice.env._(
            "Notice %(name)s: your statement is asked for until %(day)s.",
            name=notice.name, day=format_date(notice.env, notice.statement_date)))

    def _on_served(self):
        self._notify_person(lambda notice: notice.env._(
            "Notice %(name)s was served; you may appeal until %(day)s.",
            name=notice.name, day=format_date(notice.env, notice.appeal_date)))

    def _on_final(self):
        """Note who decided: a merit is final at once, a demerit after its appeal."""
        now = fields.Datetime.now()
        self.filtered(lambda notice: not notice.date_served).write(
            {'date_served': now, 'decider_id': self.env.uid})
        self._note_appeal_decider()
        self._notify_person(lambda notice: notice.env._(
            "Notice %(name)s is final.", name=notice.name))

    def _on_revoked(self):
        """Free the merit that a revoked demerit had used up, and the other way round."""
        self._note_appeal_decider()
        self.offset_id = False
        self.cancels_ids.offset_id = False
        self.flush_recordset(['state'])  # the act is free for a new notice at once

    def _note_appeal_decider(self):
        self.filtered(
            lambda notice: notice.date_appealed and not notice.appeal_decider_id
        ).appeal_decider_id = self.env.user

    # === MERITS AGAINST DEMERITS === #

    def _find_merit(self):
        """Return the oldest unused merit of the same person and year that cancels this one."""
        self.ensure_one()
        if self.kind != 'demerit' or self.state != 'final' or self.offset_id:
            return self.browse()
        year = self.act_date.year
        merits = self.search(
            Domain('kind', '=', 'merit') & Domain('state', '=', 'final')
            & Domain('company_id', '=', self.company_id.id)
            & Domain('employee_id', '=', self.employee_id.id)
            & Domain('technician_id', '=', self.technician_id.id)
            & Domain('cancels_ids', '=', False)
            & Domain('act_date', '>=', f'{year}-01-01') & Domain('act_date', '<=', f'{year}-12-31'),
            order='act_date, id')
        return next(
            (merit for merit in merits
             if merit.sanction_id.level >= self.sanction_id.level
             and merit.sanction_id.times >= self.sanction_id.times), self.browse())

    @api.model
    def _get_points(self, employee=None, technician=None, day=None):
        """Return the points of a person that count on a day: demerits less merits of 12 months.

        Hook to call: by performance and promotions, as superuser after a check of the right to
        the figure, on the model. Raises nothing.
        """
        day = day or fields.Date.context_today(self)
        domain = self._get_counted_domain(day) & self._get_person_domain(employee, technician)
        sums = dict(self._read_group(domain, ['kind'], ['points:sum']))
        return sums.get('demerit', 0.0) - sums.get('merit', 0.0)

    # === CRON === #

    @api.model
    def _cron_finalize(self, batch_size=100):
        """Make the notices final whose time to appeal is over, one committed batch at a time."""
        domain = Domain('state', '=', 'served') & Domain(
            'appeal_date', '<', fields.Date.context_today(self))
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=batch_size).filtered(
                lambda notice: not notice._can_appeal()).try_lock_for_update():
            batch._set_state('final')
            if not cron._commit_progress(len(batch)):
                break  # out of time: the next run continues

    @api.model
    def _cron_hide_spent(self, batch_size=100):
        """Take demerits after their validity from all but the person, a committed batch at once.

        From the first moment of the day the rules of access hide them; this notes it, for lists
        and phones.
        """
        domain = Domain('state', '=', 'final') & Domain('kind', '=', 'demerit') & Domain(
            'is_spent', '=', False) & Domain('valid_until', '<', fields.Date.context_today(self))
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=batch_size).try_lock_for_update():
            batch.is_spent = True
            if not cron._commit_progress(len(batch)):
                break  # out of time: the next run continues

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Notice %(name)s", name=(self.name or '').replace('/', '-'))
