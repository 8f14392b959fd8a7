from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    is_aftersales_travel = fields.Boolean(
        string="Travel for Warranty",
        help="For services: a trip, a mileage fee. Only a term for travel covers it.")
