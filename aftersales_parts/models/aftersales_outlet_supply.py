from odoo import models


class AftersalesOutlet(models.Model):
    """The store of an outlet is replenished from the centre."""

    _inherit = 'aftersales.outlet'

    def _create_stock_locations(self):
        result = super()._create_stock_locations()
        # who may activate an outlet need not be a stock manager
        self.sudo().stock_location_id._supply_from_centre()
        return result
