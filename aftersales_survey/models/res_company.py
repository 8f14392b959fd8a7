from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.calls import read_hours


class ResCompany(models.Model):
    """When answers are forgotten, when figures count, and when customers are called."""

    _inherit = 'res.company'

    # read by the erasure: days of the kind "answer"
    aftersales_answer_days = fields.Integer(
        string="Anonymise Answers after (Days)", default=730,
        help="From then on it is not known any more who answered a survey, and what was said in "
             "words is gone. 0 keeps both.")
    aftersales_survey_minimum = fields.Integer(
        string="Answers a Figure Needs", default=30, required=True,
        help="Figures of fewer answers are grey, have no rank, and no outlet sees them.")
    survey_call_wave_id = fields.Many2one(
        'aftersales.survey.wave', string="Wave of the Next-day Calls", copy=False,
        domain="[('company_id', '=', id), ('kind', '=', 'trigger')]",
        help="The follow-up desk calls customers after the work and asks the questions of this "
             "wave. Empty: the handler of each order gets an activity instead.")
    survey_call_share = fields.Float(
        string="Jobs Called after the Work (%)", default=70.0,
        help="So many of the finished jobs of customers without a grade are followed up by a "
             "call.")
    survey_callback_hours = fields.Char(
        string="Call-back Hours", default="9-12, 14-17, 18-20",
        help="When customers may wish to be called, by the clock of the company, such as 9-12, "
             "14-17. Empty: no call is offered.")
    survey_callback_days = fields.Integer(
        string="Call-back Days", default=3,
        help="So many days, today included, are offered for a call.")
    aftersales_repeat_call_days = fields.Integer(
        string="Days of a First Contact", default=7,
        help="A call is solved at the first contact if the same number does not call again for "
             "so many days.")

    _aftersales_answer_days_positive = models.Constraint(
        'CHECK(aftersales_answer_days >= 0)', "Answers cannot be kept for less than no time.")
    _aftersales_survey_minimum_valid = models.Constraint(
        'CHECK(aftersales_survey_minimum >= 5)',
        "A figure needs at least 5 answers: of fewer, each customer could be made out.")
    _survey_callback_days_valid = models.Constraint(
        'CHECK(survey_callback_days BETWEEN 0 AND 31)',
        "Calls are offered for 31 days at most.")
    _survey_call_share_valid = models.Constraint(
        'CHECK(survey_call_share >= 0 AND survey_call_share <= 100)',
        "The share of calls is a percentage from 0 to 100.")
    _aftersales_repeat_call_days_positive = models.Constraint(
        'CHECK(aftersales_repeat_call_days > 0)', "The days of a first contact must be positive.")

    @api.constrains('survey_callback_hours')
    def _check_survey_callback_hours(self):
        for company in self:
            try:
                read_hours(company.survey_callback_hours)
            except ValueError:
                raise ValidationError(self.env._(
                    "“%(hours)s” are no hours of a day: write them like 9-12, 14-17, in full "
                    "hours that do not overlap.", hours=company.survey_callback_hours)) from None

    def _get_survey_call_share(self, partner):
        """Return how many percent of the jobs of a customer of this company are called."""
        self.ensure_one()
        grade = partner.commercial_partner_id.aftersales_grade_id
        return grade.survey_call_share if grade else self.survey_call_share

    def _get_aftersales_lang(self):
        """Return the language of what colleagues of this company read of answers.

        Called as superuser, for one company or none (the current one).
        """
        return (self or self.env.company).partner_id.lang or 'en_US'
