from odoo import models
from odoo.exceptions import UserError

from .aftersales_complaint import QUIET_KINDS


class AftersalesComplaint(models.Model):
    """What each step of a complaint demands, before it is taken."""

    _inherit = 'aftersales.complaint'

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
        (self - new)._refuse_where(
            lambda case: case.currency_id.compare_amounts(
                case.sudo().amount_accepted, case.sudo().amount_offered) > 0, self.env._(
                "More was accepted than was approved: reopen the complaint and have the amount "
                "approved"))

    def _ensure_merged(self):
        self._refuse_where(
            lambda case: not case.merged_into_id,
            self.env._("Choose the complaint that goes on in its place: use “Merge”"))

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
