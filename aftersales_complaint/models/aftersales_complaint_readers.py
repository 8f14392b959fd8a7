from odoo import api, models
from odoo.exceptions import AccessError

from .roles import AGENT


class AftersalesComplaint(models.Model):
    """Who investigates no more, and former customers, read the case no more."""

    _inherit = 'aftersales.complaint'

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'department_id', 'unit_user_id'}

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let units without a role of the service subscribe colleagues only.

        :raise AccessError: one of the partners is from outside
        """
        if partner_ids and not self.env.su and not self.env.user.has_group(AGENT):
            # whether somebody is a colleague is no secret to one
            outside = self.env['res.partner'].sudo().browse(partner_ids).filtered(
                lambda partner: not any(
                    user._is_internal() for user in partner.with_context(
                        active_test=False).user_ids))
            if outside:
                raise AccessError(self.env._(
                    "The desk speaks with the customer: people from outside follow a complaint "
                    "only when the desk adds them."))
        return super().message_subscribe(partner_ids, subtype_ids)

    def _get_reader_partners(self):
        return super()._get_reader_partners() | self.unit_user_id.partner_id

    def _renew_key(self, partners):
        """Colleagues have no key: the customer's link goes on when they investigate no more."""
        is_outside = any(
            all(user.share for user in partner.user_ids) for partner in partners)
        return super()._renew_key(partners) if is_outside else None

    def _revoke_access(self, partners):
        """The shares of liability are read with the case."""
        result = super()._revoke_access(partners)
        self.liability_ids.message_unsubscribe(partners.ids)
        return result
