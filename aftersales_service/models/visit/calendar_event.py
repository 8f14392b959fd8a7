from odoo import api, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    _inherit = 'calendar.event'

    def write(self, vals):
        result = super().write(vals)
        if 'start' in vals:
            self._get_aftersales_visits()._bring_orders_along()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_visit(self):
        visits = self._get_aftersales_visits()
        if visits:
            raise UserError(self.env._(
                "These meetings are visits to customers; plan the orders again instead: "
                "%(visits)s", visits=visits.mapped('name')))

    def _get_aftersales_visits(self):
        # whoever may move the meeting moves the visit, whether he may read it or not
        return self.env['aftersales.visit'].sudo().search([('event_id', 'in', self.ids)])
