from odoo import fields, models

from ...tools.line_cover import LineCover


class AftersalesLabour(models.Model):
    _inherit = 'aftersales.labour'

    floor_fee_id = fields.Many2one(
        'aftersales.floor.fee', readonly=True, ondelete='restrict', index='btree_not_null')

    def _get_cover_verdict(self):
        """Leave floor fees out of the warranty: a contract or goodwill may cover them."""
        verdict = super()._get_cover_verdict()
        order = self.order_id
        if not verdict or not self.floor_fee_id:
            return verdict
        is_borne = order.charge_kind in ('contract', 'goodwill')
        return LineCover(
            100.0 if is_borne else 0.0, {'code': 'floor', 'floor': order.floor})
