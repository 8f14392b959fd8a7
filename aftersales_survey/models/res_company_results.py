from odoo import fields, models


class ResCompany(models.Model):
    """From how many answers on a figure is ranked and shown to outlets."""

    _inherit = 'res.company'

    aftersales_survey_minimum = fields.Integer(
        string="Answers a Figure Needs", default=30, required=True,
        help="Figures of fewer answers are grey, have no rank, and no outlet sees them.")

    _aftersales_survey_minimum_valid = models.Constraint(
        'CHECK(aftersales_survey_minimum >= 5)',
        "A figure needs at least 5 answers: of fewer, each customer could be made out.")
