from odoo import models


class StockLot(models.Model):
    _name = 'stock.lot'
    _inherit = ['stock.lot', 'aftersales.smart.button.mixin']
    _aftersales_link = 'lot_id'
