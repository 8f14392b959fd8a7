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
