from odoo import fields, models
from odoo.fields import Command


class StockWarehouse(models.Model):
    """The centre of parts: it supplies vans and stores, and keeps rejected goods apart."""

    _name = 'stock.warehouse'
    _inherit = ['stock.warehouse', 'aftersales.protected.mixin']

    aftersales_supply_route_id = fields.Many2one(
        'stock.route', string="Route to Vans and Outlets", readonly=True, copy=False,
        protected=True)
    aftersales_quarantine_id = fields.Many2one(
        'stock.location', string="Quarantine", check_company=True, copy=False,
        domain=[('usage', '=', 'internal')],
        help="Where rejected receipts of spare parts lie; made when it is needed first.")

    def _supply_places(self, places):
        """Let core replenish these vans and stores out of the stock of this one warehouse.

        Called as superuser when a van or a store is made. A minimum of such a place then makes an
        internal transfer from the centre; products need no route of their own.
        """
        self.ensure_one()
        rules = self.env['stock.rule']
        route = self.aftersales_supply_route_id
        if not route:
            route = self.aftersales_supply_route_id = self.env['stock.route'].create({
                'name': self.env._("%(warehouse)s: Vans and Outlets", warehouse=self.name),
                'company_id': self.company_id.id, 'product_selectable': False,
                'warehouse_selectable': True, 'warehouse_ids': [Command.link(self.id)]})
        missing = places - rules.search(
            [('route_id', '=', route.id), ('location_dest_id', 'in', places.ids)]).location_dest_id
        rules.create([{
            'name': f"{self.lot_stock_id.name} → {place.name}", 'route_id': route.id,
            'action': 'pull', 'procure_method': 'make_to_stock', 'company_id': self.company_id.id,
            'warehouse_id': self.id, 'picking_type_id': self.int_type_id.id,
            'location_src_id': self.lot_stock_id.id, 'location_dest_id': place.id,
            'location_dest_from_rule': True,
        } for place in missing])

    def _get_quarantine(self):
        """Return the quarantine of this warehouse, as superuser; make it where there is none.

        Called by the validation of a receipt, which core allowed.
        """
        self.ensure_one()
        warehouse = self.sudo()
        if not warehouse.aftersales_quarantine_id:
            warehouse.aftersales_quarantine_id = self.env['stock.location'].sudo().create({
                'name': self.env._("Quarantine"), 'usage': 'internal',
                'location_id': warehouse.view_location_id.id,
                'company_id': warehouse.company_id.id})
        return warehouse.aftersales_quarantine_id
