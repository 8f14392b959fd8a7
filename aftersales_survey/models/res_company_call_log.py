from odoo import fields, models


class ResCompany(models.Model):
    """When a call counts as solved at the first contact."""

    _inherit = 'res.company'

    aftersales_repeat_call_days = fields.Integer(
        string="Days of a First Contact", default=7,
        help="A call is solved at the first contact if the same number does not call again for "
             "so many days.")

    _aftersales_repeat_call_days_positive = models.Constraint(
        'CHECK(aftersales_repeat_call_days > 0)', "The days of a first contact must be positive.")
