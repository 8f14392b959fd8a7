from odoo import api, models
from odoo.fields import Domain


class AftersalesTradeIn(models.Model):
    """Photos and the signed slip of a trade-in go when the old unit is disposed of."""

    _name = 'aftersales.trade.in'
    _inherit = ['aftersales.trade.in', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        # only the last change shows when a trade-in was cancelled
        return (Domain('state', '=', 'disposed') & Domain('date_disposed', '<=', moment)) | (
            Domain('state', '=', 'cancelled') & Domain('write_date', '<=', moment))

    @api.model
    def _get_signature_fields(self):
        return ('signature', 'signed_by')

    def _get_locked_fields(self):
        """Keep what was signed as it is, while a legal hold lasts."""
        locked = super()._get_locked_fields()
        # every colleague may know that it is held
        if not self.sudo().legal_hold_reason:
            return locked
        return locked | {name for name in self._get_signature_fields() if self[name]}
