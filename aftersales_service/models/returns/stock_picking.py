from odoo import fields, models


class StockPicking(models.Model):
    _inherit = 'stock.picking'

    aftersales_return_id = fields.Many2one(
        'aftersales.return', string="Return of Goods", readonly=True, index='btree_not_null',
        check_company=True)

    def _action_done(self):
        result = super()._action_done()
        # core checked the right to receive; the receiver need not read the return
        self.sudo().aftersales_return_id._on_pickings_done()
        return result
