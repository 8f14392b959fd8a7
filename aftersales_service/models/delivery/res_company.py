from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_two_people_weight = fields.Float(
        string="Two People above (kg)", default=40.0,
        help="Heavier goods are dispatched to two people. 0: only products that say so.")
    aftersales_claim_days = fields.Integer(
        string="Days to Claim from the Carrier", default=7,
        help="Damage must be told to the carrier within so many days after the delivery.")

    _aftersales_delivery_positive = models.Constraint(
        'CHECK(aftersales_two_people_weight >= 0 AND aftersales_claim_days >= 0)',
        "The limits of deliveries cannot be negative.")
