from odoo import models


class StockReturnPicking(models.TransientModel):
    _inherit = 'stock.return.picking'

    def _create_return(self):
        """Goods of a return that the warehouse sends back are the return's as well."""
        return self.picking_id._pass_on_return(super()._create_return())
