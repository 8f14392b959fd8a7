from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    # a plain column: later changes of the outlet's contract do not touch old quotations
    aftersales_collecting_outlet_id = fields.Many2one(
        'aftersales.outlet', string="Invoiced by", readonly=True, copy=False, protected=True,
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

    def _action_cancel(self):
        """A quotation that is over leaves its lines to the next one."""
        result = super()._action_cancel()
        self.filtered('aftersales_order_id')._release_aftersales_lines()
        return result

    def _accept_on_site(self, signature, name, moment):
        """Keep the customer's signature and confirm; called after the order's own checks."""
        self.ensure_one()
        self.write({'signature': signature, 'signed_by': name, 'signed_on': moment})
        if self.state in ('draft', 'sent'):
            self._validate_order()  # the customer gets core's confirmation
        self.aftersales_accepted_total = self.amount_total

    def _get_uninvoiced_amount(self, is_done):
        """Return what the customer still gets an invoice for, less what was paid down.

        While the work goes on that is the whole price; then what was delivered of it. What the
        customer has not accepted yet is not asked for.
        """
        self.ensure_one()
        if not is_done:
            return max(self._get_agreed_total() - self.amount_invoiced, 0.0)
        paid_down = sum(
            self.order_line.filtered('is_downpayment').mapped('amount_invoiced'))
        raised = self.amount_total - self._get_agreed_total()
        return max(self.amount_to_invoice - paid_down - raised, 0.0)

    def _release_aftersales_lines(self):
        """Free labour and parts of work that is not done, so that it can be quoted again.

        Hook: called by ``_action_cancel``, as the user who cancels or superuser (it writes as
        superuser), for a batch of sales with a service order, after core's cancellation. What it
        raises undoes the cancellation.
        """
        # core's cancelling checked the right to the sale; its lines follow
        for sale in self.sudo():
            if sale.aftersales_order_id.date_done:
                continue
            lines = sale.order_line
            lines.aftersales_labour_ids.sale_line_id = False
            lines.move_ids.filtered(
                lambda move: move.repair_id and move.state not in ('done', 'cancel'),
            ).sale_line_id = False
            for repair in sale.repair_order_ids:
                if repair.state not in ('done', 'cancel'):
                    # an earlier sale with parts of this repair is its sale again
                    repair.sale_order_id = repair.move_ids.sale_line_id.order_id.filtered(
                        lambda sale: sale._is_agreed())[-1:]
