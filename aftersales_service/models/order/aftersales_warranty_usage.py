from odoo import api, fields, models


class AftersalesWarrantyUsage(models.Model):
    """The readings that orders bring."""

    _inherit = 'aftersales.warranty.usage'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null',
        ondelete='set null', link_access='write')

    _order_uniq = models.UniqueIndex(
        '(warranty_id, order_id) WHERE order_id IS NOT NULL',
        "An order gives one reading of its unit.")

    @api.model
    def _record_of_orders(self, orders):
        """Note what was read when these orders were reported; an order's reading is kept once."""
        orders = orders.filtered(lambda order: order.usage and order.warranty_id)
        if not orders:
            return
        # readings follow from the order, which the user was allowed to write
        known = {reading.order_id.id: reading for reading in self.sudo().search(
            [('order_id', 'in', orders.ids)])}
        missing = []
        for order in orders:
            vals = {'warranty_id': order.warranty_id.id, 'date': order.event_day,
                    'value': order.usage}
            if reading := known.get(order.id):
                reading.write(vals)
            else:
                missing.append({**vals, 'source': 'order', 'order_id': order.id})
        self.sudo().create(missing)
