from odoo import fields, models
from odoo.exceptions import AccessError

from .aftersales_complaint_liability import CHARGE_KIND, CORRECTION_KIND
from .roles import TEAM_LEAD


class AftersalesOutletCharge(models.Model):
    """An outlet's share of a complaint; its objection is one to the share, too."""

    _inherit = 'aftersales.outlet.charge'

    kind = fields.Selection(
        selection_add=[(CHARGE_KIND, "Complaint"),
                       (CORRECTION_KIND, "Complaint: Correction"), ('other',)],
        ondelete=dict.fromkeys((CHARGE_KIND, CORRECTION_KIND), 'set default'))

    def _get_liabilities(self):
        """Return the shares that these charges come from, each with its charges, as superuser."""
        # the caller moves the charge, which says as much of the share
        lines = self.env['aftersales.complaint.liability'].sudo()
        charges = self.filtered(lambda charge: charge.res_model == lines._name)
        return {lines.browse(key): group for key, group in charges.grouped('res_id').items()}

    def _ensure_may_move(self, target):
        """Let another lead rule on the objection than who served the share, if there is one."""
        result = super()._ensure_may_move(target)
        if target in ('upheld', 'rejected'):
            for line in self._get_liabilities():
                decider = line.complaint_id.liability_user_id
                if self.env.user == decider and (
                        line.company_id._get_people_in(TEAM_LEAD) - decider):
                    raise AccessError(self.env._(
                        "Another team lead rules on the objection: you served the notice of "
                        "liability."))
        return result

    def _on_objected(self):
        result = super()._on_objected()
        for line, charges in self._get_liabilities().items():
            if line.state == 'served':
                line.objection = charges[:1].objection
                line._set_state('objected', objector_id=charges[:1].objector_id.id)
        return result

    def _on_rejected(self):
        result = super()._on_rejected()
        for line, charges in self._get_liabilities().items():
            if line.state == 'objected':
                line.ruling = charges[:1].decision_note
                line._set_state('rejected')
        return result

    def _on_upheld(self):
        """Decide liability again: the outlet does not bear this share."""
        result = super()._on_upheld()
        for line, charges in self._get_liabilities().items():
            if line.state == 'objected':
                line.ruling = charges[:1].decision_note or self.env._(
                    "The objection to the charge was upheld.")
                line._set_state('upheld')
        return result
