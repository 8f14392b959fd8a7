from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    _inherit = 'resource.calendar.leaves'

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._get_clock_calendars()._on_working_time_changed()
        return leaves

    def write(self, vals):
        calendars = self._get_clock_calendars()
        result = super().write(vals)
        (calendars | self._get_clock_calendars())._on_working_time_changed()
        return result

    def unlink(self):
        calendars = self._get_clock_calendars()
        result = super().unlink()
        calendars._on_working_time_changed()
        return result

    def _get_clock_calendars(self):
        """Return the calendars whose working time these leaves shorten.

        Absences of single resources do not count; a closing day without calendar holds for
        every calendar of its company.
        """
        closings = self.filtered(lambda leave: not leave.resource_id)
        everywhere = closings.filtered(lambda leave: not leave.calendar_id)
        if not everywhere:
            return closings.calendar_id
        return closings.calendar_id | self.env['resource.calendar'].search(
            [('company_id', 'in', [False, *everywhere.company_id.ids])])
