from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.money import divide
from .roles import DESK, TEAM_LEAD

RECOVERED_FROM = ('supplier', 'carrier')
_DROPPED = ('refused', 'cancelled')


class AftersalesComplaint(models.Model):
    """What suppliers and carriers bear of a loss becomes a claim on them."""

    _inherit = 'aftersales.complaint'

    @api.depends('claim_ids.kind', 'claim_ids.state', 'claim_ids.amount_approved')
    def _compute_amount_recovered(self):
        """Add what suppliers and carriers agreed to pay and accounting has as an entry."""
        result = super()._compute_amount_recovered()
        for case in self:
            booked = case.claim_ids.filtered(
                lambda claim: claim.kind in RECOVERED_FROM and claim.state == 'settled')
            case.amount_recovered += sum(booked.mapped('amount_approved'))
        return result

    def action_recover(self):
        """Write a claim on each supplier and carrier that is liable and was not asked yet."""
        self.ensure_one()
        self.check_access('write')
        if not self.env.su and not any(map(self.env.user.has_group, (DESK, TEAM_LEAD))):
            raise AccessError(self.env._("The complaint desk and team leads recover losses."))
        self._refuse_where(
            lambda case: case.liability_state == 'draft',
            self.env._("Serve the notice of liability first"))
        asked = self.claim_ids.filtered(
            lambda claim: claim.state not in _DROPPED).partner_id.commercial_partner_id
        due = self.liability_ids.filtered(
            lambda line: line.party in RECOVERED_FROM and line.subject == 'event'
            and line.amount and line.partner_id.commercial_partner_id not in asked)
        self._refuse_where(
            lambda case: not due, self.env._(
                "No supplier or carrier is liable that was not asked yet"))
        claims = self.env['aftersales.claim'].create(
            [self._prepare_recovery_vals(line) for line in due])
        return claims._get_records_action(name=self.env._("Claims and Recovery"))

    def _prepare_recovery_vals(self, liability):
        """Return the values of the claim on the party of one line of liability.

        Hook: called as the user by ``action_recover``, for one complaint. The loss is divided
        by its components, so that the party reads what it pays for. Raises nothing.
        """
        self.ensure_one()
        losses = self.loss_ids.filtered(lambda loss: loss.is_charged and loss.amount > 0)
        amounts = divide(
            liability.amount, losses.mapped('amount'), self.currency_id.rounding) if losses else []
        labels = dict(losses._fields['component']._description_selection(self.env))
        kinds = {'visit': 'visit', 'compensation': 'compensation', 'rework': 'labour',
                 'return': 'goods', 'replacement': 'goods'}
        return {
            'kind': liability.party, 'partner_id': liability.partner_id.id,
            'complaint_id': self.id, 'company_id': self.company_id.id,
            'user_id': self.env.uid, 'basis': liability.reason,
            'line_ids': [fields.Command.create({
                'kind': kinds.get(loss.component, 'other'), 'amount_asked': amount,
                'serial': self.serial, 'name': self.env._(
                    "%(component)s %(amount)s, share %(share)s %%",
                    component=labels[loss.component],
                    amount=self.currency_id.format(loss.amount), share=f'{liability.share:g}')})
                for loss, amount in zip(losses, amounts, strict=True) if amount]}

    # === MERGED CASES === #

    def _take_over(self, merged, starts):
        """Take over the claims and corrective actions of the cases that end in this one."""
        result = super()._take_over(merged, starts)
        cases = merged.sudo()  # _merge_into checked the right to both
        cases.claim_ids.complaint_id = self
        for capa in cases.capa_ids:
            capa.complaint_ids |= self.sudo()
        return result
