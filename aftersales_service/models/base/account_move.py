from odoo import models


class AccountMove(models.Model):
    _inherit = 'account.move'

    def _prepare_aftersales_credit_vals(self, partner, currency):
        """Return what a credit note takes over from this invoice.

        Without an invoice it is ``partner``'s own, in ``currency``.
        """
        if not self:
            return {'partner_id': partner.id, 'currency_id': currency.id}
        self.ensure_one()
        return {
            'partner_id': self.partner_id.id, 'currency_id': self.currency_id.id,
            'journal_id': self.journal_id.id,
            'fiscal_position_id': self.fiscal_position_id.id,
            'reversed_entry_id': self.id}
