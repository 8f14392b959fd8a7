from odoo import fields, models


class StockWarehouse(models.Model):
    """A warehouse keeps rejected goods apart."""

    _inherit = 'stock.warehouse'

    aftersales_quarantine_id = fields.Many2one(
        'stock.location', string="Quarantine", check_company=True, copy=False,
        domain=[('usage', '=', 'internal')],
        help="Where rejected receipts of spare parts lie; made when it is needed first.")

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
