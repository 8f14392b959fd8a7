from odoo import fields, models


class AftersalesSurveyInvitation(models.Model):
    """Who complained is called."""

    _inherit = 'aftersales.survey.invitation'

    call_reason = fields.Selection(selection_add=[('complaint', "Complaint")])
