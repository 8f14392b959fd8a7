from odoo import fields, models


class RepairOrder(models.Model):
    _name = 'repair.order'
    _inherit = ['repair.order', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True, link_access='write')

    def _read_ahead(self):
        """Read by one query each what core's checks of a repair read record by record."""
        products = self.product_id | self.move_ids.product_id
        products.fetch()
        products.product_tmpl_id.fetch()
        # the user who ends the repair is the author of the order's note
        (self.partner_id | self.env.user.partner_id).fetch()
        (self.location_id | self.location_dest_id | self.parts_location_id
         | self.recycle_location_id | self.product_location_src_id
         | self.product_location_dest_id).fetch()

    def _set_quantities_to_demand(self):
        """Take the demanded quantity as used where no other one is recorded."""
        for move in self.move_ids:
            if move.state not in ('done', 'cancel') and not move.quantity:
                move.quantity = move.product_uom_qty
