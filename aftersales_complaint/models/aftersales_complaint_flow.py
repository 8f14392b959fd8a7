from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .roles import AGENT

# what people of a unit without a role of the desk write on the sheet
UNIT_FIELDS = frozenset({
    'cause', 'cause_category', 'production_opinion', 'development_opinion', 'office_opinion',
    'offer', 'amount_offered', 'hop', 'photo_ids', 'stage_id', 'unit_user_id'})
# steps of the desk and of leads
DESK_STEPS = frozenset({'new', 'unfounded', 'assigned', 'merged', 'improving', 'closed'})
# what was approved and what the customer was answered stay as they were
_APPROVED_FIELDS = frozenset({'offer', 'amount_offered'})
_ANSWERED_FIELDS = _APPROVED_FIELDS | {'answer', 'description', 'amount_asked'}
_LOCKED = {
    'proposed': _APPROVED_FIELDS, 'approved': _APPROVED_FIELDS, 'informed': _ANSWERED_FIELDS,
    'settled': _ANSWERED_FIELDS | {'amount_accepted'},
    'improving': _ANSWERED_FIELDS | {'amount_accepted'}}
_FINAL_STATES = frozenset({'unfounded', 'closed', 'merged'})
# what is still noted on a case that is closed
_ALWAYS_OPEN_FIELDS = ('is_abnormal', 'abnormal_facts', 'user_id', 'stage_id', 'photo_ids')


class AftersalesComplaint(models.Model):
    """The eight steps of a complaint, the fast way, and the way back."""

    _inherit = 'aftersales.complaint'

    can_approve = fields.Boolean(compute='_compute_can_approve', groups='base.group_user')

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

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Give what agents write down the level of the rules, whatever call or default says."""
        cases = super().create(vals_list)
        if not self.env.su and not self._may_judge():
            # the level of the rules
            for case, level in cases.sudo()._get_rule_levels().items():
                if case.level != level:
                    case.level = level
        cases.filtered('amount_offered')._note_offer_user()
        if not self.env.su:
            cases._ensure_may_accept()
        return cases

    def write(self, vals):
        """Remember who wrote the offered amount: they do not approve it."""
        names = [name for name in ('amount_offered', 'amount_accepted') if name in vals]
        if not names or self.env.su:
            return super().write(vals)
        before = {(case, name): case[name] for case in self for name in names}
        result = super().write(vals)
        offered, accepted = (self.filtered(
            lambda case, name=name: name in vals and case.currency_id.compare_amounts(
                case[name], before[case, name])) for name in ('amount_offered', 'amount_accepted'))
        offered._note_offer_user()
        accepted._ensure_may_accept()
        return result

    def _ensure_may_accept(self):
        """Refuse an accepted amount that no step granted: what is noted here, customers read.

        A new complaint takes what the user may grant at once, an answered one what was approved.
        """
        for case in self.filtered('amount_accepted'):
            if case.state == 'new':
                case._ensure_within_recovery(case.amount_accepted)
                continue
            case._refuse_where(
                lambda case: not case.date_answered, self.env._(
                    "The customer accepts an amount once the answer is out: write it as offered "
                    "and have it approved first"))
            case._refuse_where(  # what is solved at once was checked by the step
                lambda case: case.flow == 'full' and case.currency_id.compare_amounts(
                    case.amount_accepted, case.sudo().amount_offered) > 0, self.env._(
                    "More was accepted than was approved: reopen the complaint and have the "
                    "amount approved"))

    def _note_offer_user(self):
        if self and not self.env.su:
            # protected: the user wrote the amount just now
            self.sudo().write({'offer_user_id': self.env.uid})

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

    # === THE LIFE-CYCLE === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if target in DESK_STEPS and not self._may_judge():
            raise AccessError(self.env._(
                "The complaint desk and team leads judge, assign and close complaints: leave "
                "this step to them."))
        is_reopened = target == 'investigating' and any(
            case.state in ('settled', 'improving', 'closed') for case in self)
        if is_reopened and not self._may_judge():
            raise AccessError(self.env._(
                "The complaint desk and team leads reopen complaints: leave this step to them."))
        if target in ('informed', 'rejected', 'settled') and not user.has_group(AGENT):
            raise AccessError(self.env._(
                "The desk speaks with the customer: leave this step to it."))
        return result

    def _ensure_reachable(self, target):
        """Let only some kinds of cases take the short ways from the first stage."""
        result = super()._ensure_reachable(target)
        new = self.filtered(lambda case: case.state == 'new')
        if target == 'settled' and new and new != self:
            raise UserError(self.env._(
                "Solve new complaints and close answered ones one after the other."))
        if target == 'improving':
            new._refuse_where(
                lambda case: case.kind != 'anomaly', self.env._(
                    "Only an anomaly without loss goes to the improvement at once; judge the "
                    "others first"))
        if target == 'closed':
            new._refuse_where(
                lambda case: case.kind not in ('praise', 'suggestion'), self.env._(
                    "Only praise and suggestions close without an answer to a demand; judge "
                    "the others first"))
            self._refuse_where(
                lambda case: case.state == 'settled' and not case._is_short(), self.env._(
                    "Liability and improvement come before the end: go on to the improvement"))
        if target not in ('merged', 'settled'):
            new._refuse_where('is_grievance', self.env._(
                "The outlet settles its grievances first: take it over as a complaint before "
                "you go on"))
        return result

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

    @api.depends('state', 'amount_offered', 'proposer_id')
    @api.depends_context('uid')
    def _compute_can_approve(self):
        """Ask the rule of the step itself: the page shows no button that it refuses."""
        for case in self:
            case.can_approve = case.state == 'proposed' and case._may_approve()

    def _may_approve(self):
        try:
            self._ensure_approved()
        except UserError:
            return False
        return True

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

    def _on_new(self):
        for case in self:
            case._message_log(body=self.env._("The customer appeals: to be judged again."))

    def _on_investigating(self):
        """Count what was closed before, and let its customer's clock run again."""
        for case in self.filtered('date_settled'):
            case.write({'reopen_count': case.reopen_count + 1, 'flow': 'full',
                        'date_settled': False, 'date_answered': False})
            case._message_log(body=self.env._("Reopened (%(count)s).", count=case.reopen_count))

    def _on_settled(self):
        result = super()._on_settled()
        self._fill_accepted()
        fast = self.filtered(lambda case: case.flow == 'fast')
        for case in fast:
            case._message_log(body=self.env._(
                "Solved at once: assignment, investigation and approval were skipped."))
        return result

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

    # === WHO MAY CHANGE WHAT === #

    def _ensure_may_change(self, vals):
        result = super()._ensure_may_change(vals)
        user = self.env.user
        if not user.has_group(AGENT) and (refused := vals.keys() - UNIT_FIELDS - {
                'message_follower_ids', 'message_ids', 'activity_ids'}):
            raise AccessError(self.env._(
                "Units write down cause, opinions and proposal of a complaint. “%(field)s” is "
                "the desk's: ask it to change it.", field=self._fields[
                    min(refused)]._description_string(self.env)))
        if 'level' in vals and not self._may_judge():
            raise AccessError(self.env._(
                "The level follows from the rules; the complaint desk and team leads change it."))
        return result

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state in _FINAL_STATES:
            return self._get_all_but(*_ALWAYS_OPEN_FIELDS)
        return locked | _LOCKED.get(self.state, frozenset())

    def _get_locked_message(self):
        return self.env._(
            "What was approved, answered or closed stays as it is; reopen the complaint to "
            "change it")
