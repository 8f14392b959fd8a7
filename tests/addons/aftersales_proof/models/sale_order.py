from odoo import fields, models


class SaleOrder(models.Model):
    """Cases hear that a quotation of their order was called off; one field is protected."""

    _name = 'sale.order'
    _inherit = ['sale.order', 'aftersales.protected.mixin']

    proof_seal = fields.Char(string="Seal of the Proof", copy=False, protected=True)

    def _release_aftersales_lines(self):
        result = super()._release_aftersales_lines()
        # core checked the right to cancel the sale
        self.sudo().aftersales_order_id.case_ids.note = self.env._("Quotation cancelled")
        return result
