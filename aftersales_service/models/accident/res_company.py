from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_accident_minutes = fields.Integer(
        string="Minutes to Report an Accident", default=30,
        help="An accident that is reported later is marked as late.")
    aftersales_accident_hours = fields.Integer(
        string="Hours to Investigate an Accident", default=24,
        help="The cause of an accident is to be known so many hours after the report.")

    _aftersales_accident_positive = models.Constraint(
        'CHECK(aftersales_accident_minutes > 0 AND aftersales_accident_hours > 0)',
        "The periods for accidents must be positive.")
