from odoo import fields, models


class AftersalesSurveyWave(models.Model):
    """Waves that ask customers how their complaint was handled."""

    _inherit = 'aftersales.survey.wave'

    population = fields.Selection(
        selection_add=[('aftersales.complaint', "Customers of Complaints")],
        ondelete={'aftersales.complaint': 'cascade'})
    event = fields.Selection(
        selection_add=[('complaint_settled', "Complaint Closed with Customer")])
