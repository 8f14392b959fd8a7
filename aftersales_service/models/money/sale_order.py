from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    # a plain column: later changes of the outlet's contract do not touch old quotations
    aftersales_collecting_outlet_id = fields.Many2one(
        'aftersales.outlet', string="Invoiced by", readonly=True, copy=False,
        index='btree_not_null', ondelete='restrict',
        help="The outlet invoices this order itself; our company never does.")

    def _prepare_invoice(self):
        if self.aftersales_collecting_outlet_id:
            raise UserError(self.env._(
                "%(outlet)s invoices %(order)s itself; an invoice of ours would charge the "
                "customer twice.", outlet=self.aftersales_collecting_outlet_id.name,
                order=self.name))
        return super()._prepare_invoice()

    def _compute_invoice_status(self):
        result = super()._compute_invoice_status()
        self.filtered('aftersales_collecting_outlet_id').invoice_status = 'no'
        return result
