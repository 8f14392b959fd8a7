from collections import defaultdict

from odoo import api, models


class AftersalesTrainingAttendance(models.Model):
    """Complaints about a learner's work, before the training and after it."""

    _inherit = 'aftersales.training.attendance'

    @api.model
    def _read_results(self, company, people, first, end):
        """Add the founded complaints about the orders of these people, by the day they came in."""
        found = defaultdict(list)
        for user, day, count in self.env['aftersales.complaint']._read_group(
                [('company_id', '=', company.id), ('order_id.technician_id', 'in', people.ids),
                 ('received_day', '>=', first), ('received_day', '<', end),
                 ('is_founded', '=', True)],
                ['order_id.technician_id', 'received_day:day'], ['__count']):
            found[user.id].append((day, count))
        return super()._read_results(company, people, first, end) | {'complaints': found}
