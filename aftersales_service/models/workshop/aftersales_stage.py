from odoo import api, models
from odoo.tools import ormcache


class AftersalesStage(models.Model):
    _inherit = 'aftersales.stage'

    def write(self, vals):
        result = super().write(vals)
        if 'is_waiting' in vals:
            self.env['aftersales.order']._refresh_bench([('stage_id', 'in', self.ids)])
        return result

    @api.model
    @ormcache()
    def _get_waiting_ids(self):
        """Return the ids of the stages in which an order waits."""
        # the flow is the same for everybody
        return frozenset(self.sudo().search([('is_waiting', '=', True)]).ids)
