from odoo import fields, models


class AftersalesCustomerGrade(models.Model):
    """How important a business customer is; better grades get shorter promises."""

    _name = 'aftersales.customer.grade'
    _description = "Customer Grade"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    clock_factor = fields.Float(
        default=1.0, required=True,
        help="Promised times are multiplied by this: 0.5 halves them.")

    _factor_positive = models.Constraint(
        'CHECK(clock_factor > 0)', "The clock factor must be positive.")
