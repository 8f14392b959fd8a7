from odoo import models


class ResUsers(models.Model):
    _inherit = 'res.users'

    def _is_aftersales_technician(self):
        """Whether the phone pages are for this user: by role, outlet or visits."""
        self.ensure_one()
        if self.has_group('aftersales_service.group_aftersales_technician') or (
                self._get_served_outlet_ids()):
            return True
        # portal users may not read visits; only whether one names the user is told
        visits = self.env['aftersales.visit'].with_user(self)
        return bool(visits.sudo().search_count(visits._get_own_domain(), limit=1))
