from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesOverview(models.AbstractModel):
    _inherit = 'aftersales.overview'

    @api.model
    def _get_tiles(self):
        today = fields.Date.context_today(self)
        calls = self._prepare_tile(
            self.env._("Calls of Today"), Domain('state', 'in', ('done', 'signed'))
            & Domain('date_follow_up', '<=', fields.Date.to_string(today)))
        return [*super()._get_tiles(), calls]
