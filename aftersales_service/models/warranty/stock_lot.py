from odoo import fields, models


class StockLot(models.Model):
    _name = 'stock.lot'
    _inherit = ['stock.lot', 'aftersales.smart.button.mixin']
    _aftersales_link = 'lot_id'

    warranty_ids = fields.One2many('aftersales.warranty', 'lot_id', string="Warranty Cards")
