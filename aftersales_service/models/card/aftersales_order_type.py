from odoo import fields, models


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    is_installation = fields.Boolean(
        string="Installs the Unit",
        help="When the work is done, the warranty card gets its installation date.")
