from odoo import fields, models

from ...tools.line_cover import LineCover


class AftersalesLabour(models.Model):
    _inherit = 'aftersales.labour'

    floor_fee_id = fields.Many2one(
        'aftersales.floor.fee', readonly=True, ondelete='restrict', index='btree_not_null')

    def _compute_cover(self):
        """Leave floor fees out of the warranty: a contract or goodwill may cover them."""
        result = super()._compute_cover()
        for labour in self.filtered('floor_fee_id'):
            order = labour.order_id
            if not order.date_done:
                is_borne = order.charge_kind in ('contract', 'goodwill')
                labour._set_cover(LineCover(
                    100.0 if is_borne else 0.0, {'code': 'floor', 'floor': order.floor}))
        return result
