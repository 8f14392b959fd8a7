from odoo import fields, models


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    has_delivery = fields.Boolean(
        string="Carries Goods",
        help="Goods are carried to or from the customer: the two-person rule, the "
             "floor fee and damage on delivery apply.")
    needs_call = fields.Boolean(
        string="Call before the Trip",
        help="The technician must call the customer before setting off.")
