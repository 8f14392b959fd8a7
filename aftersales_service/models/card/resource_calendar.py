from odoo import models


class ResourceCalendar(models.Model):
    _inherit = 'resource.calendar'

    def _get_promised(self):
        """Legal terms end on working days of the seller, where a policy in force says so."""
        promised = super()._get_promised()
        # who may change working hours need not read policies
        if self.env['aftersales.warranty.policy'].sudo().search_count(
                [('ends_on_workday', '=', True)], limit=1):
            promised |= self & self.env['res.company'].sudo().search(
                [('resource_calendar_id', 'in', self.ids)]).resource_calendar_id
        return promised
