from odoo import models

from ...tools.warranty import COMPONENT, WHOLE_UNIT


class AftersalesWarrantyCover(models.Model):
    _inherit = 'aftersales.warranty.cover'

    def _pays_for(self, parts):
        """Return whether the cover bears a repair of these main parts."""
        self.ensure_one()
        return self.kind == WHOLE_UNIT or (
            self.kind == COMPONENT and not set(parts).isdisjoint(self.main_part_ids.ids))
