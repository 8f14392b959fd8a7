from odoo import models


class AftersalesClaim(models.Model):
    """An inspection or an old part is evidence."""

    _inherit = 'aftersales.claim'

    def _has_evidence(self):
        lines = self.line_ids
        return super()._has_evidence() or bool(lines.inspection_id or lines.old_part_id)
