from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_unclaimed_days = fields.Integer(
        string="Days until Unclaimed", default=90,
        help="A repaired article that nobody has fetched for so long counts as unclaimed: "
             "the customer is reminded.")
    aftersales_disposal_days = fields.Integer(
        string="Days until Disposal", default=30,
        help="An unclaimed article may be disposed of so many days after the reminder.")

    _aftersales_unclaimed_positive = models.Constraint(
        'CHECK(aftersales_unclaimed_days > 0 AND aftersales_disposal_days >= 0)',
        "The periods for unclaimed articles must be positive.")
