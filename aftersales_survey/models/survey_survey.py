from odoo import api, fields, models

from .roles import INTERVIEWER

PURPOSES = [
    ('after_repair', "After a Repair"), ('installation', "After an Installation"),
    ('complaint', "Complaint Handling"), ('yearly', "Yearly Satisfaction"),
    ('servqual', "Service Quality (SERVQUAL)"), ('mystery', "Mystery Visit to an Outlet"),
    ('opinion', "Customer Opinion Card"), ('staff', "Staff Survey"),
    ('competitor', "Comparison with Competitors"), ('other', "Other")]


class SurveySurvey(models.Model):
    """A questionnaire whose answers count for satisfaction figures.

    The type of its own hides the answers from core's survey staff; the rules of this module
    show them to survey managers of the company that asked.
    """

    _inherit = 'survey.survey'

    survey_type = fields.Selection(
        selection_add=[('aftersales', "After-sales")], ondelete={'aftersales': 'set default'})
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', help="Empty: all companies may ask it.")
    aftersales_purpose = fields.Selection(PURPOSES, string="Purpose")

    @api.depends_context('uid')
    def _compute_allowed_survey_types(self):
        super()._compute_allowed_survey_types()
        if self.env.user.has_group(INTERVIEWER):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), 'aftersales']

    # === RULES === #

    def _check_aftersales_questions(self):
        """Refuse questionnaires that yield no figure, or whose weights are not 100.

        To be called before a wave is drawn or launched, with any rights that read the questions.

        :raise UserError: no question with a metric; the weights of the index items do not add up
            to 100; both halves of a SERVQUAL pair are not there
        """
        raise NotImplementedError
