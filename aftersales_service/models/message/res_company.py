from odoo import models

from ...tools.quiet_hours import quiet_until
from ...tools.timezone import to_local, to_utc


class ResCompany(models.Model):
    _inherit = 'res.company'

    def _get_quiet_end(self, moment):
        """Return when the quiet hours of ``moment`` end (both UTC); ``None`` outside them."""
        self.ensure_one()
        zone = self._get_aftersales_zone()
        end = quiet_until(
            to_local(moment, zone), self.aftersales_quiet_start, self.aftersales_quiet_end)
        return end and to_utc(end, zone)
