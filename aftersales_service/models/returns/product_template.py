from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    has_aftersales_battery = fields.Boolean(
        string="Contains a Battery", help="Returned units must not go where batteries may not.")
    keeps_aftersales_data = fields.Boolean(
        string="Keeps Personal Data", help="Returned units are wiped before they go anywhere.")
