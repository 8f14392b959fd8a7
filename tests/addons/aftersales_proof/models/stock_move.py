from odoo import api, fields, models


class StockMove(models.Model):
    """Parts know the batch of the order that they are used for."""

    _inherit = 'stock.move'

    proof_batch = fields.Char(string="Batch of the Proof")

    @api.model
    def _complete_part_vals(self, vals_list):
        result = super()._complete_part_vals(vals_list)
        for vals in vals_list:
            order = self.env['aftersales.order'].browse(vals['aftersales_order_id'] or [])
            # super() checked the right to the order
            vals['proof_batch'] = order.sudo().proof_batch
        return result
