from odoo import models


class ResUsers(models.Model):
    """Technicians and outlet people have pages for parts and old parts on the phone."""

    _inherit = 'res.users'

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {
            'has_parts': True, 'old_parts': self._prepare_mobile_old_parts()}

    def _get_mobile_data(self, page):
        if page == 'parts':
            return self.env['aftersales.part.request']._get_mobile_parts()
        if page == 'old_parts':
            parts = self.env['aftersales.old.part'].with_user(self)._search_for_phone()
            return {'parts': [part._prepare_mobile_data() for part in parts]}
        return super()._get_mobile_data(page)

    def _prepare_mobile_old_parts(self):
        """Return the number of old parts to bring back, and the days left for the first of them.

        With some, the phone has a page of them; another page may show them as a badge.
        """
        parts = self.env['aftersales.old.part'].with_user(self)._search_for_phone()
        left = [days for part in parts if (days := part._get_days_left()) is not None]
        return {'count': len(parts), 'days_left': min(left, default=None)}
