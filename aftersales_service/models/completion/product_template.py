from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    is_aftersales_labour = fields.Boolean(
        string="On the Service Price List",
        help="Technicians offer this service on their phones. If no service is ticked, they "
             "offer all that can be sold.")
