from odoo import api, models
from odoo.fields import Domain

LINKS = {'technician': 'order_id.technician_id', 'outlet': 'outlet_id', 'desk': 'user_id'}


class AftersalesKpi(models.Model):
    """Founded complaints count by how they were handled."""

    _inherit = 'aftersales.kpi'

    @api.model
    def _measure_complaints(self, frame):
        """Count the complaints closed with the customer in the month that stayed closed."""
        model, cases = self._get_complaints_cases(frame)
        return self._count(model, cases, LINKS[frame.subject], [('reopen_count', '=', 0)])

    @api.model
    def _get_complaints_cases(self, frame):
        return 'aftersales.complaint', frame.of_people(LINKS[frame.subject]) & frame.within(
            'date_settled') & Domain('is_founded', '=', True)
