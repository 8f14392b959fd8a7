from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    aftersales_needs_two = fields.Boolean(
        string="Needs Two People",
        help="One person never delivers it alone, whatever it weighs.")
    aftersales_packing_note = fields.Text(
        string="Packaging Note", translate=True,
        help="How to carry and unpack it; shown on the order, the phone and the delivery "
             "confirmation.")
