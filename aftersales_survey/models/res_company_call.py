from odoo import fields, models


class ResCompany(models.Model):
    """Calls after the work: how many, and in which wave their answers count."""

    _inherit = 'res.company'

    survey_call_wave_id = fields.Many2one(
        'aftersales.survey.wave', string="Wave of the Next-day Calls", copy=False,
        domain="[('company_id', '=', id), ('kind', '=', 'trigger')]",
        help="The follow-up desk calls customers after the work and asks the questions of this "
             "wave. Empty: the handler of each order gets an activity instead.")
    survey_call_share = fields.Float(
        string="Jobs Called after the Work (%)", default=70.0,
        help="So many of the finished jobs of customers without a grade are followed up by a "
             "call.")

    _survey_call_share_valid = models.Constraint(
        'CHECK(survey_call_share >= 0 AND survey_call_share <= 100)',
        "The share of calls is a percentage from 0 to 100.")

    def _get_survey_call_share(self, partner):
        """Return how many percent of the jobs of a customer of this company are called."""
        self.ensure_one()
        grade = partner.commercial_partner_id.aftersales_grade_id
        return grade.survey_call_share if grade else self.survey_call_share
