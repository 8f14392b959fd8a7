from odoo import models


class AftersalesVisit(models.Model):
    _inherit = 'aftersales.visit'

    def _on_mobile_sign(self, order, payload, moment):
        """Take the signature under the work for the article as well that is brought back."""
        if payload.get('image') and order.signature and order._awaits_article():
            # the work was signed before, such as on the customer's page: that signature stays
            order.return_signature = self._encode(self._read_signature(payload, 'image'))
            return None
        result = super()._on_mobile_sign(order, payload, moment)
        if payload.get('image') and order.handover_signature:
            order.return_signature = order.with_context(bin_size=False).signature
        return result
