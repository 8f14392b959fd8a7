from odoo import api, models


class AftersalesComplaint(models.Model):
    """Who investigates no more, and former customers, read the case no more."""

    _inherit = 'aftersales.complaint'

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'department_id', 'unit_user_id'}

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
