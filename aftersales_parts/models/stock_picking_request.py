from odoo import fields, models


class StockPicking(models.Model):
    """A transfer may bring the parts of a request; only the steps of the request say so."""

    _name = 'stock.picking'
    _inherit = ['stock.picking', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_request_id = fields.Many2one(
        'aftersales.part.request', string="Part Request", index='btree_not_null', copy=False,
        readonly=True, protected=True)

    def _create_return_of(self, quantities):
        """Return core's return of ``{move: quantity}`` of this transfer; other moves stay.

        Called by requests and inspections after their own checks, with rights on transfers.
        """
        self.ensure_one()
        wizard = self.env['stock.return.picking'].create({'picking_id': self.id})
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.move_id, 0.0)
        return wizard._create_return()
