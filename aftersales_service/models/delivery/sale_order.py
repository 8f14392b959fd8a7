from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    def action_view_aftersales_deliveries(self):
        """Show the delivery orders of the transfers of these sales; make the missing ones."""
        self.check_access('read')
        # who reads the sale may know which transfers bring its goods
        pickings = self.sudo().picking_ids.filtered(
            lambda picking: picking.state != 'cancel' and picking.picking_type_code == 'outgoing')
        if not pickings:
            raise UserError(self.env._(
                "Nothing of this sale is to be delivered; confirm the sale first."))
        return pickings.sudo(False)._get_delivery_orders()._get_records_action(
            name=self.env._("Delivery Orders"))
