from odoo import fields, models


class StockPicking(models.Model):
    _inherit = 'stock.picking'

    aftersales_request_id = fields.Many2one(
        'aftersales.part.request', string="Part Request", index='btree_not_null', copy=False,
        readonly=True)
