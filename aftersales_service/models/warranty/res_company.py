from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_card_cap = fields.Integer(
        string="Warranty Cards per Delivery Line", default=100,
        help="A delivery line of more units makes no more cards than this, so that small "
             "goods sold by the thousand do not flood the register. 0 makes no card.")
