from odoo import models


class AftersalesWarranty(models.Model):
    """What the owner sees of his card: the page behind its QR code, and its repair record."""

    _inherit = 'aftersales.warranty'

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Warranty Card %(name)s", name=(self.name or '').replace('/', '-'))

    def _get_qr_address(self):
        """Return the address in the QR code: the card's portal page with its token."""
        self.ensure_one()
        return f'{self.get_base_url()}{self.get_portal_url()}'

    def _get_repairs(self):
        """Return the finished repairs of this unit, oldest first.

        The record belongs to the unit, so it is whole for everyone who may read the card,
        also where agents see only their own orders.
        """
        self.ensure_one()
        self.check_access('read')
        return self.sudo().order_ids.filtered(
            lambda order: order.type_id.is_repair and order.date_done
            and order.state not in ('cancelled', 'rejected')).sorted('date_done')

    def _get_invoice_names(self):
        """Return the numbers of the invoices by which the unit was sold.

        They stand on the customer's own card, so they need no accounting rights.
        """
        self.ensure_one()
        self.check_access('read')
        invoices = self.sudo().sale_line_id.invoice_lines.move_id.filtered(
            lambda move: move.state == 'posted' and move.move_type == 'out_invoice')
        return ", ".join(invoices.mapped('name'))
