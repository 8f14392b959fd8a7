from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_trade_in_product_id = fields.Many2one(
        'product.product', string="Product of Trade-ins", domain=[('type', '=', 'service')],
        help="The service on the sale order that takes the value of the old unit off the price.")
    aftersales_trade_in_location_id = fields.Many2one(
        'stock.location', string="Place of Old Units",
        domain="[('usage', '=', 'internal'), ('company_id', '=', id)]",
        help="Old units that are products in stock are received here.")
