from odoo import fields, models


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    has_delivery = fields.Boolean(
        string="Carries Goods",
        help="Goods are carried to the customer or away from him: the two-person rule, the "
             "floor fee and damage on delivery apply.")
    needs_call = fields.Boolean(
        string="Call before the Trip",
        help="The technician sets off only after he has called the customer.")
