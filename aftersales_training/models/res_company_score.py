from odoo import fields, models


class ResCompany(models.Model):
    """How monthly sheets run in the company."""

    _inherit = 'res.company'

    aftersales_score_day = fields.Integer(
        string="Day of Monthly Sheets", default=0,
        help="On this day of the month the sheets of last month are made. 0: by hand.")
    aftersales_score_comment_days = fields.Integer(
        string="Working Days to Comment", default=3,
        help="So long the person alone decides when the sheet goes on to review.")
    aftersales_score_objection_days = fields.Integer(
        string="Working Days to Object", default=3,
        help="After them a sheet is closed, signed or not.")
    aftersales_score_correction_months = fields.Integer(
        string="Months of Corrections", default=3,
        help="So many closed months are counted again when a new sheet is measured.")
    aftersales_rank_minimum = fields.Integer(
        string="Fewest to Rank", default=5,
        help="With fewer scores in a month no ranks are shown: a place would tell of others.")

    aftersales_score_minimum_weight = fields.Float(
        string="Least Weight Judged (%)", default=50.0,
        help="Where less of the weight could be judged, a sheet has a score but no level and no "
             "bonus factor.")

    _aftersales_score_minimum_weight_range = models.Constraint(
        'CHECK(aftersales_score_minimum_weight BETWEEN 0 AND 100)',
        "The least weight judged is from 0 to 100 %.")
    _aftersales_score_days = models.Constraint(
        'CHECK(aftersales_score_day BETWEEN 0 AND 28 AND aftersales_score_comment_days >= 0 '
        'AND aftersales_score_objection_days >= 1 AND aftersales_score_correction_months >= 0)',
        "Sheets are made between the 1st and the 28th, and an objection takes a day at least.")
