from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_two_people_weight = fields.Float(
        string="Two People above (kg)", default=40.0,
        help="Heavier goods are dispatched to two people. 0: only products that say so.")
    aftersales_claim_days = fields.Integer(
        string="Days to Claim from the Carrier", default=7,
        help="Damage must be told to the carrier within so many days after the delivery.")
    aftersales_trip_service_id = fields.Many2one(
        'product.product', string="Further Trip",
        domain=[('type', '=', 'service'), ('sale_ok', '=', True)],
        help="What a further trip costs when the first was in vain by the customer's fault. "
             "Empty: it costs nothing.")

    _aftersales_delivery_positive = models.Constraint(
        'CHECK(aftersales_two_people_weight >= 0 AND aftersales_claim_days >= 0)',
        "The limits of deliveries cannot be negative.")
