from odoo import fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """A transfer to a customer whose goods our people bring: its delivery orders."""

    _inherit = 'stock.picking'

    aftersales_delivery_ids = fields.One2many(
        'aftersales.order', 'transfer_id', string="Delivery Orders",
        groups='aftersales_service.group_aftersales_agent')

    def action_view_aftersales_deliveries(self):
        """Show the delivery orders of these transfers; make those that are missing."""
        self.check_access('read')
        found = self._get_delivery_orders()
        if not found:
            raise UserError(self.env._("These transfers bring no goods to a customer."))
        return found._get_records_action(name=self.env._("Delivery Orders"))

    def _get_delivery_orders(self):
        """Return the delivery orders of these transfers, made as the user where one is missing.

        The caller checked that the user may know what the transfers bring.
        """
        # which transfers have orders already; the user sees their own of them
        known = self.env['aftersales.order'].sudo().search([('transfer_id', 'in', self.ids)])
        found = known.sudo(False)._filtered_access('read')
        for picking in self.sudo() - known.transfer_id:
            orders = self.env['aftersales.order'].create(
                picking._prepare_delivery_orders_vals())
            orders.sudo().transfer_id = picking  # the orders were just made as the user
            found |= orders
        return found

    def _prepare_delivery_orders_vals(self):
        """Return the values of one delivery order for each product of an outgoing transfer."""
        self.ensure_one()
        kind = self.env['aftersales.order.type'].search(
            [('has_delivery', '=', True), ('company_id', 'in', (False, self.company_id.id))],
        ).sorted('is_installation')[:1]  # what is only brought before what is put up, too
        if not kind or self.picking_type_code != 'outgoing' or not self.partner_id:
            return []
        quantities = {}
        for move in self.move_ids.filtered(lambda move: move.state != 'cancel'):
            product = move.product_id
            quantities[product] = quantities.get(product, 0.0) + move.product_uom._compute_quantity(
                move.quantity or move.product_uom_qty, product.uom_id, round=False)
        customer = self.partner_id.commercial_partner_id
        return [{
            'type_id': kind.id, 'company_id': self.company_id.id,
            'partner_id': customer.id, 'site_id': self.partner_id.id,
            'product_id': product.id, 'delivered_quantity': quantity,
        } for product, quantity in quantities.items() if quantity > 0]
