from odoo import fields, models


class StockScrap(models.Model):
    _name = 'stock.scrap'
    _inherit = ['stock.scrap', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_return_id = fields.Many2one(
        'aftersales.return', string="Return of Goods", readonly=True, copy=False,
        index='btree_not_null', protected=True)
