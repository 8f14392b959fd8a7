from odoo import models


class SaleOrder(models.Model):
    """Cases hear that a quotation of their order was called off."""

    _inherit = 'sale.order'

    def _release_aftersales_lines(self):
        result = super()._release_aftersales_lines()
        # core checked the right to cancel the sale
        self.sudo().aftersales_order_id.case_ids.note = self.env._("Quotation cancelled")
        return result
