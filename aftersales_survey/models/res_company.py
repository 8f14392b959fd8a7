from odoo import fields, models


class ResCompany(models.Model):
    """How long it is known who answered."""

    _inherit = 'res.company'

    # read by the erasure: days of the kind "answer"
    aftersales_answer_days = fields.Integer(
        string="Anonymise Answers after (Days)", default=730,
        help="From then on it is not known any more who answered a survey, and what was said in "
             "words is gone. 0 keeps both.")

    _aftersales_answer_days_positive = models.Constraint(
        'CHECK(aftersales_answer_days >= 0)', "Answers cannot be kept for less than no time.")
