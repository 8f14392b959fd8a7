from odoo import models


class AftersalesOrder(models.Model):
    """Customers who complained about the work are always called."""

    _inherit = 'aftersales.order'

    def _get_survey_call_rule(self, wave, suspects):
        return 'complaint' if self.complaint_count else (
            super()._get_survey_call_rule(wave, suspects))
