from odoo import fields, models


class StockScrap(models.Model):
    _inherit = 'stock.scrap'

    aftersales_return_id = fields.Many2one(
        'aftersales.return', string="Return of Goods", readonly=True, index='btree_not_null')
