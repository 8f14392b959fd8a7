from odoo import fields, models


class AftersalesCustomerGrade(models.Model):
    """How many of a grade's customers are called after the work."""

    _inherit = 'aftersales.customer.grade'

    survey_call_share = fields.Float(
        string="Called after the Work (%)", default=100.0,
        help="So many of the finished jobs of customers of this grade are followed up by a call. "
             "Customers without a grade: the share of the company.")

    _survey_call_share_valid = models.Constraint(
        'CHECK(survey_call_share >= 0 AND survey_call_share <= 100)',
        "The share of calls is a percentage from 0 to 100.")
