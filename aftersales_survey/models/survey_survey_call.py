from odoo import fields, models


class SurveySurvey(models.Model):
    """What interviewers say before they ask."""

    _inherit = 'survey.survey'

    aftersales_call_script = fields.Text(
        string="Call Script", translate=True,
        help="Read out at the begin of a call. Empty: a general greeting.")
