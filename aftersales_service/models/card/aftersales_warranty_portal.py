import secrets

from odoo import fields, models
from odoo.tools import format_list

from ...tools.qr import qr_png
from ...tools.words import is_token


class AftersalesWarranty(models.Model):
    """What the owner sees of the card: the page behind its QR code, and its repair record."""

    _inherit = 'aftersales.warranty'

    public_key = fields.Char(
        readonly=True, copy=False, groups=fields.NO_ACCESS,
        help="Printed with the unit. It opens the public page only: core's chatter accepts the "
             "access token, which reaches the owner alone.")

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Warranty Card %(name)s", name=(self.name or '').replace('/', '-'))

    def _get_qr_address(self):
        """Return the address in the QR code: the public page of the unit, with the printed key.

        Visitors of the machine read it, so it never carries the access token.
        """
        self.ensure_one()
        self.check_access('read')
        # checked above: who reads the card may print it
        card = self.sudo()
        if not card.public_key:
            card.public_key = secrets.token_urlsafe(16)
        return f'{card.get_base_url()}{card.access_url}?key={card.public_key}'

    def _is_public_key(self, key):
        """Whether a visitor's ``key`` is the one that is printed with this unit."""
        self.ensure_one()
        # who brings the key has no right to the card
        return is_token(key, self.sudo().public_key)

    def _get_qr_image(self):
        return qr_png(self._get_qr_address())

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
