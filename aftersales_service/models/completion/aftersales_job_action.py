from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesJobAction(models.Model):
    _inherit = 'aftersales.job.action'

    kind = fields.Selection(selection_add=[
        ('labour', "Labour"), ('labour_off', "Labour Removed"),
        ('accept', "Price Accepted"), ('refuse', "Price Refused")])

    @api.model
    def _find_late_claim(self, tap):
        """Keep a payment that is not owed: the money was taken, a dispatcher decides on it."""
        claim = super()._find_late_claim(tap)
        if claim or tap['kind'] != 'collect':
            return claim
        visit = self._get_document(tap)  # lets in the people of the visit alone
        order = visit._get_mobile_order(tap['order_id'])
        if not order or not order._is_paid_off():
            return None
        try:
            order._ensure_collectable(tap['payload'].get('amount'))
            order._ensure_receipt_unused(visit._read_text(tap['payload'], 'receipt'))
        except UserError:
            return None  # the usual way refuses it with the same sentence
        return {'visit': visit, 'visit_ref': visit.id, 'orders': order, 'reason': 'unowed',
                'company': order.company_id}

    @api.model
    def _get_payload_fields(self):
        return super()._get_payload_fields() | {
            'amount': ('account.payment', 'amount'),
            'journal_id': ('account.payment', 'journal_id'),
            'receipt': ('account.payment', 'aftersales_receipt'),
            'labour_id': ('aftersales.labour', 'id'), 'total': ('sale.order', 'amount_total')}
