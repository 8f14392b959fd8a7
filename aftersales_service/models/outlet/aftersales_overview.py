from odoo import api, models
from odoo.fields import Domain

from ..base.roles import DISPATCHER


class AftersalesOverview(models.AbstractModel):
    _inherit = 'aftersales.overview'

    @api.model
    def _get_tiles(self):
        tiles = super()._get_tiles()
        user = self.env.user
        if user.has_group(DISPATCHER) and user.has_group(
                'aftersales_service.group_aftersales_outlets'):
            tiles.append(self._prepare_tile(
                self.env._("Waiting for an Outlet"), Domain('offer_state', '=', 'offered')
                & Domain('date_closed', '=', False)))
        return tiles
