from odoo import fields, models
from odoo.tools import format_list

from ...tools.qr import qr_png


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

    def _get_qr_image(self):
        return qr_png(self._get_qr_address())

    def _get_finished_repairs(self):
        """Return the finished repairs of this unit, oldest first.

        The record belongs to the unit, so it is whole for everyone who may read the card,
        also where agents see only their own orders.
        """
        self.ensure_one()
        self.check_access('read')
        # not order_ids: what this user sees of them may stand in the cache
        return self.env['aftersales.order'].sudo().search([
            ('warranty_id', '=', self.id), ('type_id.is_repair', '=', True),
            ('date_done', '!=', False), ('state', 'not in', ('rejected', 'cancelled')),
        ], order='date_done, id')

    def _get_invoice_names(self):
        """Return the numbers of the invoices by which the unit was sold.

        They stand on the customer's own card, so they need no accounting rights.
        """
        self.ensure_one()
        self.check_access('read')
        invoices = self.sudo().sale_line_id.invoice_lines.move_id.filtered(
            lambda move: move.state == 'posted' and move.move_type == 'out_invoice')
        return format_list(self.env, invoices.mapped('name'))

    def _activate_from_portal(self):
        """Note that the owner took the unit into use today; terms may start with it."""
        self.ensure_one()
        if not self.activation_date:
            # the caller checked that this is the owner's own card
            self.sudo().activation_date = self.company_id._get_aftersales_day(
                fields.Datetime.now())
