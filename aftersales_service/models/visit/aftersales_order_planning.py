from datetime import timedelta

from odoo import api, models

LONGEST_VISIT = timedelta(hours=12)


class AftersalesOrder(models.Model):
    """A person who is planned twice at the same time: said while it is typed, not forbidden."""

    _inherit = 'aftersales.order'

    @api.onchange('technician_id', 'date_planned', 'type_id')
    def _onchange_planned(self):
        others = self._find_planned_at_once()
        if not others:
            return None
        return {'warning': {
            'title': self.env._("Planned Twice"), 'message': self.env._(
                "%(technician)s is planned for %(orders)s at this time: choose another time or "
                "person.", technician=self.technician_id.name, orders=others.mapped('name'))}}

    def _find_planned_at_once(self):
        """Return the open orders of the technician, of other customers, that run at this time.

        As superuser: the agent who plans may not read a colleague's orders, whose numbers alone
        are shown.
        """
        self.ensure_one()
        start = self.date_planned
        if not start or not self.technician_id or not self.type_id._needs_visit():
            return self.sudo().browse()
        end = start + self._get_visit_time()
        # companies that the user works for
        others = self.sudo().search_fetch(
            [('technician_id', '=', self.technician_id._origin.id), ('date_closed', '=', False),
             ('date_planned', '>', start - LONGEST_VISIT), ('date_planned', '<', end),
             ('company_id', 'in', self.env.companies.ids), ('date_done', '=', False),
             ('id', '!=', self._origin.id)], ['name', 'date_planned', 'type_id', 'site_id'])
        site = self.site_id.commercial_partner_id._origin
        return others.filtered(
            lambda other: other.date_planned + other._get_visit_time() > start
            and other.type_id._needs_visit()
            and not (site and other.site_id.commercial_partner_id == site))

    def _get_visit_time(self):
        return timedelta(hours=self.type_id._get_setting('visit_hours') or 1.0)
