from odoo import api, models
from odoo.fields import Domain

from ..base.roles import TEAM_LEAD


class AftersalesOverview(models.AbstractModel):
    _inherit = 'aftersales.overview'

    @api.model
    def _get_tiles(self):
        tiles = super()._get_tiles()
        if self.env.user.has_group(TEAM_LEAD):
            tiles.append(self._prepare_tile(
                self.env._("Exclusions to Decide"), Domain('state', '=', 'proposed'),
                model='aftersales.order.exclusion'))
        return tiles
