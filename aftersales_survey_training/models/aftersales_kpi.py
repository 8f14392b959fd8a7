from odoo import api, models
from odoo.fields import Domain

# field of an answer that names who is judged; the service desk stands in none
LINKS = {'technician': 'technician_id', 'outlet': 'outlet_id'}
SATISFIED = 100  # points of a satisfied customer, others have 0


class AftersalesKpi(models.Model):
    """Answers of surveys count beside the rated orders."""

    _inherit = 'aftersales.kpi'

    @api.model
    def _measure_satisfaction(self, frame):
        counted = super()._measure_satisfaction(frame)
        link = LINKS.get(frame.subject)
        if not link:
            return counted
        report = self.env['aftersales.survey.report']
        rows = report._read_group(
            frame.of_people(link) & frame.within('date_scored')
            & Domain('result', '=', 'answered'),
            [link], ['csat_points:sum', 'csat_points:count'])
        for person, points, number in rows:
            if not number:
                continue
            good, cases = counted.get(person.id, (0, 0))
            counted[person.id] = good + (points or 0.0) / SATISFIED, cases + number
        return counted
