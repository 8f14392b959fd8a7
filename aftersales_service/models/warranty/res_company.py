from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_card_cap = fields.Integer(
        string="Warranty Cards per Delivery Line", default=100,
        help="A delivery line of more units makes no more cards than this, so that small "
             "goods sold by the thousand do not flood the register. 0 makes no card.")
    aftersales_expiry_days = fields.Integer(
        string="Days before the Warranty Ends", default=30,
        help="So many days before it ends, owners are reminded and offered an extension. "
             "0: nobody is told.")
    is_aftersales_expiry_lead = fields.Boolean(
        string="Opportunity before the Warranty Ends", default=True,
        help="Sales gets one opportunity for each customer whose warranties end.")

    _aftersales_expiry_positive = models.Constraint(
        'CHECK(aftersales_expiry_days >= 0)',
        "The days before the end of a warranty cannot be negative.")
