from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True)
