from odoo import fields, models

from .activity_types import CALL

_OFFER_FIELDS = ('offer', 'amount_offered')


class AftersalesComplaint(models.Model):
    """The eight steps of a complaint, the fast way, and the way back: what each does.

    The answer is read again before it goes out, and fits the proposal that was approved.
    """

    _inherit = 'aftersales.complaint'

    is_answer_outdated = fields.Boolean(
        string="Answer Older than the Proposal", readonly=True, copy=False, protected=True,
        groups='base.group_user',
        help="The proposal changed after the answer was written.")

    # target state -> states it can be reached from: the whole life-cycle on one screen
    _TRANSITIONS = {
        'new': {'unfounded'},
        'unfounded': {'new'},
        'assigned': {'new'},
        'investigating': {
            'assigned', 'proposed', 'rejected', 'settled', 'improving', 'closed'},
        'proposed': {'investigating'},
        'approved': {'proposed'},
        'informed': {'approved'},
        'rejected': {'informed'},
        'settled': {'informed', 'new'},
        'improving': {'settled', 'new'},
        'closed': {'improving', 'settled', 'new'},
        'merged': {
            'new', 'assigned', 'investigating', 'proposed', 'approved', 'informed', 'rejected'},
    }
    _ACTORS = {'unfounded': 'judge_id', 'proposed': 'proposer_id', 'approved': 'approver_id'}
    _STAMPS = {
        'approved': 'date_approved', 'informed': 'date_answered', 'settled': 'date_settled',
        'closed': 'date_closed', 'merged': 'date_closed'}

    # === ACTIONS === #

    def action_unfounded(self):
        """Answer politely, with the reason, that a complaint is not founded."""
        self._set_state('unfounded')

    def action_appeal(self):
        """Take a complaint up again that was judged as unfounded."""
        self._set_state('new')

    def action_assign(self):
        """Give the complaints to their units."""
        self._set_state('assigned')

    def action_investigate(self):
        """Begin to investigate."""
        self._set_state('investigating')

    def action_submit(self):
        """Submit the proposals for approval."""
        self._set_state('proposed')

    def action_approve(self):
        """Approve the proposals within the user's authority."""
        self._set_state('approved')

    def action_send_back(self):
        """Send proposals back to the investigation."""
        self._refuse_where(
            lambda case: case.state != 'proposed',
            self.env._("Only what waits for approval is sent back"))
        self._set_state('investigating')

    def action_answer(self):
        """Show the answer before it is sent to the customer."""
        return self._ask_for_answer('informed')

    def action_answer_unfounded(self):
        """Show the answer of an unfounded complaint before it is sent to the customer."""
        return self._ask_for_answer('unfounded')

    def _ask_for_answer(self, step):
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Answer the Customer"),
            'res_model': 'aftersales.complaint.answer', 'view_mode': 'form', 'target': 'new',
            'context': {'default_complaint_id': self.id, 'default_step': step}}

    def action_inform(self):
        """Tell the customers the answer."""
        self._set_state('informed')

    def action_reject(self):
        """Note that the customers do not accept the answer."""
        self._set_state('rejected')

    def action_settle(self):
        """Close the complaints with the customers: they accept the answer."""
        self._set_state('settled')

    def action_solve_now(self):
        """Solve new complaints at once, within the authority of the front line."""
        self._refuse_where(
            lambda case: case.state != 'new',
            self.env._("Only new complaints are solved at once"))
        self._set_state('settled')

    def action_open_sheet(self):
        """Open the case sheet."""
        return self._get_records_action(views=[(False, 'form')])

    def action_improve(self):
        """Go on to the improvement once liability is decided."""
        self._set_state('improving')

    def action_close(self):
        """Close the complaints inside the company."""
        self._set_state('closed')

    def action_reopen(self):
        """Investigate again what was closed or rejected."""
        self._set_state('investigating')

    # === STAGES === #

    def _ensure_start_state(self):
        """Let a new complaint start in any stage of the first state, off the cached flow."""
        states = self.env['aftersales.complaint.stage']._get_states()
        first = next(iter(states.values()), None)
        is_wrong = any(case.state != first for case in self)
        return super()._ensure_start_state() if is_wrong else None

    def _get_stage_state(self, stage_id):
        states = self.env['aftersales.complaint.stage']._get_states()
        return states.get(stage_id) or super()._get_stage_state(stage_id)

    def _get_state_stages(self, target):
        states = self.env['aftersales.complaint.stage']._get_states()
        found = next((key for key, state in states.items() if state == target), None)
        return {found: self} if found else super()._get_state_stages(target)

    # === WHAT EACH STEP NOTES AND DOES === #

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'unfounded':
            return vals | {
                'is_founded': False, 'date_judged': moment, 'date_answered': moment,
                'date_settled': moment, 'date_closed': moment, 'amount_accepted': 0.0}
        if target == 'new':
            return vals | dict.fromkeys(
                ('judge_id', 'date_judged', 'date_answered', 'date_settled', 'date_closed'),
                False)
        if target == 'rejected':
            return vals | {'date_answered': False}  # another answer is due, as before the first
        if target == 'investigating':
            return vals | {'hop': 'quality', 'date_closed': False}
        if target == 'settled' and self[:1].state == 'new':
            return vals | {
                'flow': 'fast', 'is_founded': True, 'judge_id': self.env.uid,
                'date_judged': moment, 'date_answered': moment}
        if target == 'improving' and self[:1].state == 'new':
            return vals | {'date_settled': moment}
        return vals

    def _on_state_changed(self, target):
        """After ``_on_<state>``: clocks, crisis, corrective actions, the customer, who is next."""
        super()._on_state_changed(target)
        self._follow_step()
        if target in ('closed', 'merged', 'unfounded'):
            self.filtered('date_crisis')._end_crisis_warnings()
        if target == 'proposed':  # now the cause is stated
            for case in self:
                self.env['aftersales.capa']._reopen_for(case)
        self._notify_step(target)
        self._plan_next_step()

    def _on_new(self):
        self._message_log_batch(dict.fromkeys(
            self.ids, self.env._("The customer appeals: to be judged again.")))

    def _on_investigating(self):
        """Count what was closed before, let its customer's clock run, decide liability again.

        The calls that were planned after the first end are planned again after the next.
        """
        reopened = self.filtered('date_settled')
        if reopened:
            reopened.activity_unlink([CALL])
        for case in reopened:
            case.write({'reopen_count': case.reopen_count + 1, 'flow': 'full',
                        'date_settled': False, 'date_answered': False})
        reopened._message_log_batch({
            case.id: self.env._("Reopened (%(count)s).", count=case.reopen_count)
            for case in reopened})
        self.filtered(lambda case: case.liability_state != 'draft')._reopen_liability(
            self.env._("The complaint is investigated again."))

    def _on_settled(self):
        """Do what follows when complaints are closed with their customers.

        Hook: called by the state mixin as superuser (``env.user`` closed them), for the batch,
        after state and stamps were written; what it raises undoes the step.
        """
        self._plan_contacts()
        self._fill_accepted()
        fast = self.filtered(lambda case: case.flow == 'fast')
        fast._message_log_batch(dict.fromkeys(fast.ids, self.env._(
            "Solved at once: assignment, investigation and approval were skipped.")))
        self._plan_gesture_question()

    def _fill_accepted(self):
        """Note that the customers accept what was offered, where no other amount was written.

        Called by ``_on_settled`` whatever way the customer accepts: by a button, at once, on the
        page. The page of an outlet grants no money: the outlet's people have no authority.
        """
        accepting = self.filtered(
            lambda case: case.amount_offered and not case.amount_accepted and not (
                case.is_grievance and self.env.user.share))
        for amount, cases in accepting.grouped('amount_offered').items():
            cases.amount_accepted = amount

    # === THE ANSWER AND THE PROPOSAL === #

    def _find_outdated_answers(self, vals):
        """Return, as superuser, the complaints whose proposal changes after its answer."""
        if 'answer' in vals:
            return self.sudo().browse()
        return self.sudo().filtered(lambda case: case.answer and any(
            name in vals and case[name] != vals[name] for name in _OFFER_FIELDS))

    def _mark_answers(self, vals, outdated):
        """Mark the answers that ``write`` made older than their proposals; new ones are fresh."""
        # write checked the right; the mark is protected
        if outdated:
            outdated.is_answer_outdated = True
        elif 'answer' in vals:
            self.sudo().filtered('is_answer_outdated').is_answer_outdated = False
