from odoo import fields, models


class RepairOrder(models.Model):
    _inherit = 'repair.order'

    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True)

    def _set_quantities_to_demand(self):
        """Take the demanded quantity as used where nobody recorded another one."""
        for move in self.move_ids:
            if move.state not in ('done', 'cancel') and not move.quantity:
                move.quantity = move.product_uom_qty
