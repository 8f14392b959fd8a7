from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.aftersales_service.models.base.aftersales_legal_hold_part_mixin import find_kept

from .aftersales_complaint import QUIET_KINDS
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
_ALWAYS_OPEN_FIELDS = (
    'is_abnormal', 'abnormal_facts', 'user_id', 'stage_id', 'photo_ids', 'gesture_effect')


class AftersalesComplaint(models.Model):
    """Who takes which step of a complaint, what it demands, and who may change what."""

    _inherit = 'aftersales.complaint'

    can_approve = fields.Boolean(compute='_compute_can_approve', groups='base.group_user')

    # === WHO TAKES WHICH STEP === #

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

    # === WHAT EACH STEP DEMANDS === #

    def _ensure_unfounded(self):
        self._refuse_where(
            lambda case: not (case.answer or '').strip(), self.env._(
                "Write the answer to the customer first: why the complaint is unfounded, and "
                "how to appeal"))

    def _ensure_assigned(self):
        self._refuse_where(
            lambda case: not case.date_judged, self.env._(
                "Judge the complaint before you assign it"))
        self._refuse_where(
            lambda case: not (case.department_id or case.unit_user_id), self.env._(
                "Name the unit or its person before you assign the complaint"))

    def _ensure_proposed(self):
        self._refuse_where(
            lambda case: not (case.cause or '').strip() or not case.cause_category, self.env._(
                "Write down the cause and its class before you propose a solution"))
        self._refuse_where(
            lambda case: not (case.department_id or case.unit_user_id), self.env._(
                "Name the unit where it arose before you propose a solution"))
        self._refuse_where(
            lambda case: not (case.offer or '').strip(), self.env._(
                "Write what you propose against what the customer asks for"))

    def _ensure_approved(self):
        if self.env.su:
            return
        self._refuse_where(
            lambda case: self.env.user in case._get_liable_users(), self.env._(
                "A person who is liable does not approve the proposal: leave it to a colleague"))
        self._refuse_where(
            lambda case: self.env.user in case.proposer_id | case.offer_user_id and (
                case.company_id.sudo().is_complaint_two_persons), self.env._(
                "The person who submitted a proposal or wrote its amount does not approve it: "
                "leave it to a colleague"))
        self._refuse_where(
            lambda case: not case._filter_own(case._get_authority_rules()), self.env._(
                "Your role approves no proposals of this kind: leave it to a colleague"))
        for case in self:
            limit = case._get_authority()
            if limit is not None and case.amount_offered > limit:
                raise UserError(self.env._(
                    "%(case)s: %(amount)s is above your authority of %(limit)s. Leave the "
                    "approval to a person with the authority.", case=case.display_name,
                    amount=case.currency_id.format(case.amount_offered),
                    limit=case.currency_id.format(limit)))

    def _ensure_informed(self):
        self._refuse_where(
            lambda case: not (case.answer or '').strip(),
            self.env._("Write the answer to the customer first"))
        self._refuse_where('is_answer_outdated', self.env._(
            "The proposal changed after the answer was written: read the answer again, correct "
            "it and save it"))

    def _ensure_rejected(self):
        self._refuse_where(
            lambda case: not (case.rejection_reason or '').strip(),
            self.env._("Write down why the customer does not accept the answer"))

    def _ensure_settled(self):
        new = self.filtered(lambda case: case.state == 'new')
        new._ensure_solvable_now()
        (self - new)._refuse_where(
            lambda case: not case.date_answered,
            self.env._("Answer the customer before you close the complaint with them"))
        (self - new)._ensure_accepted_approved()

    def _ensure_improving(self):
        """Refuse what is not ready for the improvement.

        Hook: called by the state mixin as the user, for the batch, in its old states; raises a
        ``UserError`` that names the complaints.
        """
        self._ensure_shares_complete_where_lost()
        self._refuse_where(
            lambda case: case.sudo().amount_loss and case.sudo().liability_state == 'draft',
            self.env._("Decide who is liable for the loss before you go on"))

    def _ensure_closed(self):
        """Refuse what is not ready to close: actions, liability, objections and the resale.

        Hook: as ``_ensure_improving``.
        """
        self._refuse_where(
            lambda case: case._needs_capa() and not any(
                capa.state == 'closed' for capa in case.sudo().capa_ids),
            self.env._("A corrective action is needed, and its effect must be checked first"))
        self._refuse_where(
            lambda case: any(capa.state not in ('closed', 'cancelled')
                             for capa in case.sudo().capa_ids if capa.kind == 'capa'),
            self.env._("A corrective action is still open"))
        cases = self.sudo()  # facts of cases that the user may close
        cases._refuse_where(
            lambda case: case.amount_loss and case.liability_state == 'draft',
            self.env._("Decide who is liable for the loss before you close"))
        cases._refuse_where(
            lambda case: case.liability_state == 'served',
            self.env._("The parties may still object to their liability, or an objection is not "
                       "ruled on; close later"))
        cases._refuse_where(
            lambda case: any(line.resale_state == 'waiting' for line in case.loss_ids),
            self.env._("Returned goods may still be sold within their month; close later"))

    def _is_short(self):
        """Return whether the case closes without liability and improvement: no loss arose.

        Hook: called as the user, for one record that is closed with the customer, before it
        closes. Raises nothing.
        """
        self.ensure_one()
        case = self.sudo()
        return (case.flow == 'fast' or case.is_grievance) and not case.amount_loss

    def _ensure_merged(self):
        self._refuse_where(
            lambda case: not case.merged_into_id,
            self.env._("Choose the complaint that goes on in its place: use “Merge”"))
        both = self.sudo() | self.sudo().merged_into_id
        both._refuse_where(
            lambda case: case.liability_state != 'draft', self.env._(
                "Liability is decided: a complaint manager reopens it before cases are merged"))

    def _ensure_solvable_now(self):
        """Refuse new complaints that need the full flow, or more money than the user grants."""
        self._refuse_where(
            lambda case: case.kind in QUIET_KINDS, self.env._(
                "There is no demand to solve here"))
        self._refuse_where(
            lambda case: case.sudo().repeat_count and not case.is_grievance, self.env._(
                "A second complaint of the same customer or unit takes the full flow: judge it"))
        self._refuse_where(
            lambda case: case._get_rule_facts()['is_exceptional'], self.env._(
                "Injuries, media and authorities take the full flow: judge the complaint"))
        self._refuse_where(
            lambda case: not (case.answer or '').strip(),
            self.env._("Write down what you answered the customer"))
        for case in self:
            case._ensure_within_recovery(
                max(case.sudo().amount_offered, case.amount_accepted))

    def _ensure_within_recovery(self, amount):
        """Refuse an amount above what the user may grant at once in one complaint."""
        self.ensure_one()
        left = None if self.env.su else self._get_recovery_left()
        if left is not None and amount > left:
            raise UserError(self.env._(
                "%(case)s: %(amount)s is more than the %(left)s that you may grant at once. "
                "Judge the complaint: it is approved by amount.", case=self.display_name,
                amount=self.currency_id.format(amount), left=self.currency_id.format(left)))

    # === AMOUNTS === #

    def _read_amounts(self, vals):
        """Return ``{(complaint, name): amount}`` before a user changes what is offered or accepted.

        Superuser writes what a step checked.
        """
        names = [name for name in ('amount_offered', 'amount_accepted') if name in vals]
        return {(case, name): case[name] for case in self for name in names} if (
            names and not self.env.su) else {}

    def _follow_amounts(self, before):
        """Remember who wrote the offered amount: they do not approve it; judge the accepted one."""
        offered, accepted = (self.filtered(
            lambda case, name=name: (case, name) in before and case.currency_id.compare_amounts(
                case[name], before[case, name])) for name in ('amount_offered', 'amount_accepted'))
        offered._note_offer_user()
        accepted._ensure_may_accept()

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
            if case.flow == 'full':  # what is solved at once was checked by the step
                case._ensure_accepted_approved()

    def _ensure_accepted_approved(self):
        """Refuse what was accepted above what was approved."""
        self._refuse_where(
            lambda case: case.currency_id.compare_amounts(
                case.sudo().amount_accepted, case.sudo().amount_offered) > 0, self.env._(
                "More was accepted than was approved: reopen the complaint and have the amount "
                "approved"))

    def _note_offer_user(self):
        if self and not self.env.su:
            # protected: the user wrote the amount just now
            self.sudo().write({'offer_user_id': self.env.uid})

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
        if 'amount_delay' in vals:
            self._ensure_delay_open()
        if 'photo_ids' in vals:
            self._ensure_photos_kept(vals['photo_ids'])
        return result

    def _ensure_photos_kept(self, value):
        """Let all who write the case add photos, and the desk alone take some off."""
        cases = self.filtered(lambda case: not set(case.sudo().photo_ids.ids) <= find_kept(
            case.sudo().photo_ids.ids, value))
        if not cases:
            return
        if not self._may_judge():
            raise AccessError(self.env._(
                "Photos of a complaint are its proof: you may add some, and the complaint desk "
                "takes one off."))
        if any(command[0] == Command.DELETE for command in value or ()):
            raise UserError(self.env._(
                "A photo of a complaint cannot be deleted or changed as a file: take it off on "
                "the complaint, where this is noted."))
        cases._refuse_where('date_closed', self.env._(
            "Photos of closed complaints stay: reopen the complaint first"))

    def _note_removed_photos(self, photos):
        """Note which of the photos that the complaints had ``write`` took off."""
        for case, before in photos.items():
            removed = before - case.sudo().photo_ids
            if removed:
                # the write was allowed; the files themselves stay on the case
                case.sudo()._message_log(body=self.env._(
                    "Photos taken off the case: %(files)s.", files=removed.mapped('name')))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state in _FINAL_STATES:
            return self._get_all_but(*_ALWAYS_OPEN_FIELDS)
        return locked | _LOCKED.get(self.state, frozenset())

    def _get_locked_message(self):
        return self.env._(
            "What was approved, answered or closed stays as it is; reopen the complaint to "
            "change it")
