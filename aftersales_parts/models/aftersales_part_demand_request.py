from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain


class AftersalesPartDemand(models.Model):
    """Of an order that asked the store, only the requested parts were not at hand."""

    _inherit = 'aftersales.part.demand'

    @api.model
    def _get_waited_domain(self, company, following):
        waited = super()._get_waited_domain(company, following)
        moves = self.env['stock.move'].search(
            self._get_used_domain(company, following - relativedelta(months=1), following)
            & waited & Domain('aftersales_order_id.part_request_ids', '!=', False))
        at_hand = moves.filtered(
            lambda move: move.product_id
            not in move.aftersales_order_id.part_request_ids.line_ids.product_id)
        return waited & Domain('id', 'not in', at_hand.ids)
