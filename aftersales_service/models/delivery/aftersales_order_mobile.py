from odoo import models


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    def _prepare_mobile_order(self, shared):
        names = ('floor', 'has_delivery', 'has_lift', 'use_explained', 'is_old_taken',
                 'has_damage')
        texts = ('packing_note', 'old_product', 'old_serial', 'old_condition')
        return super()._prepare_mobile_order(shared) | {
            **{name: self[name] for name in names},
            **{name: self[name] or "" for name in texts}}
