from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_claim import PAID_KINDS
from .roles import COMPLAINT_MANAGER, DESK, TEAM_LEAD


class AftersalesClaim(models.Model):
    """Who may agree on a claim: another person than its author, up to an amount."""

    _inherit = 'aftersales.claim'

    def _ensure_another_approves(self):
        """Refuse who wrote or submitted the claim, where somebody else may approve it.

        A manager's own claim waits for another manager, since its amount may need one.
        """
        user = self.env.user
        groups = (COMPLAINT_MANAGER,) if user.has_group(COMPLAINT_MANAGER) else (DESK, TEAM_LEAD)
        for claim in self.filtered(lambda claim: user in (
                claim.create_uid | claim.submitter_id | claim.line_ids.create_uid)):
            others = self.env['res.users'].union(
                *(claim.company_id._get_people_in(group) for group in groups)) - user
            if others:
                raise AccessError(self.env._(
                    "Another person approves a claim that you wrote: ask a colleague of the "
                    "desk."))

    def _get_party_users(self):
        """Return the users of the other party of this claim."""
        self.ensure_one()
        claim = self.sudo()  # who belongs to a party is asked for a refusal only
        outlet = claim.outlet_id
        return claim.partner_id.commercial_partner_id.user_ids | claim.partner_id.user_ids | (
            outlet.manager_id | outlet.parent_id.manager_id)

    def _ensure_authority(self):
        """Refuse amounts above what the user may approve, by the rules of the complaint desk."""
        for claim in () if self.env.su else self.filtered(lambda claim: claim.kind in PAID_KINDS):
            limit = claim._get_authority()
            if limit is not None and claim.amount_approved > limit:
                raise UserError(self.env._(
                    "%(claim)s: %(amount)s is above your authority of %(limit)s. Leave the "
                    "approval to a person with the authority.", claim=claim.name,
                    amount=claim.currency_id.format(claim.amount_approved),
                    limit=claim.currency_id.format(limit)))

    def _get_authority(self):
        """Return the amount that the user may approve in this claim; ``None`` for any amount."""
        self.ensure_one()
        if self.complaint_id:
            return self.complaint_id._get_authority()
        rules = self.env['aftersales.complaint.rule']
        return rules.env['aftersales.complaint']._get_largest(rules._find_all('authority', {
            'company': self.company_id.id, 'day': fields.Date.context_today(self),
            'amount': self.amount_approved}))
