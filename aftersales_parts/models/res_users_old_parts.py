from odoo import models


class ResUsers(models.Model):
    """The phone says how many old parts its user must bring back, and how soon."""

    _inherit = 'res.users'

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {'old_parts': self._prepare_mobile_old_parts()}

    def _prepare_mobile_old_parts(self):
        """Return the number of old parts to bring back, and the days left for the first of them.

        The parts page of the phone shows them as a red badge.
        """
        parts = self.env['aftersales.old.part'].with_user(self)._search_for_holder()
        left = [days for part in parts if (days := part._get_days_left()) is not None]
        return {'count': len(parts), 'days_left': min(left, default=None)}
