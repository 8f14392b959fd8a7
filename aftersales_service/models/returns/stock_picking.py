from odoo import fields, models


class StockPicking(models.Model):
    _name = 'stock.picking'
    _inherit = ['stock.picking', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_return_id = fields.Many2one(
        'aftersales.return', string="Return of Goods", readonly=True, copy=False,
        index='btree_not_null', check_company=True, protected=True)

    def _create_backorder_picking(self):
        """The rest of a return's goods is the return's as well."""
        return self._pass_on_return(super()._create_backorder_picking())

    def _pass_on_return(self, picking):
        """Give a transfer that core made of this one the same return; return the transfer."""
        self.ensure_one()
        # core checked the right to this transfer; the warehouse need not read the return
        picking.sudo().aftersales_return_id = self.sudo().aftersales_return_id
        return picking

    def _action_done(self):
        result = super()._action_done()
        # core checked the right to receive; the receiver need not read the return
        self.sudo().aftersales_return_id._on_pickings_done()
        return result
