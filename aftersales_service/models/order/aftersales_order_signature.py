import base64
import math

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools.photo import NotAnImageError, ensure_image
from ...tools.signature import is_drawn

SIGNATURES = ('signature', 'handover_signature', 'return_signature')
# what a signature on site stands under
REPORT_FIELDS = frozenset({'diagnosis', 'solution', 'test_result', 'test_note'})


class AftersalesOrder(models.Model):
    """A signature is a picture, from whichever door it comes: a drawing can hold scripts."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.image.mixin']

    @api.constrains(*SIGNATURES)
    def _check_signatures(self):
        for order in self.with_context(bin_size=False):
            for content in filter(None, (order[name] for name in SIGNATURES)):
                try:
                    # its size was judged before it was taken
                    ensure_image(base64.b64decode(content), len(content), math.inf)
                except NotAnImageError as error:
                    raise ValidationError(self._get_signature_refusal()) from error

    def _is_accepted(self):
        """Whether the customer accepted the work, or a reason and a photo say why not.

        Hook: called before the work is done, as the user who finishes it, and by the phone's
        data as superuser, for one order. Extend it by ``… or super()``. Raises nothing.
        """
        self.ensure_one()
        # a signature is read from a file
        return bool(self.signature or (self.refusal_reason and self.refusal_photo))

    def _ensure_unsigned(self):
        """Refuse a second signature under the same work: the first one stays."""
        self.ensure_one()
        if not self.signature:
            return
        # who may write the order may know when it was signed
        picture = self.env['ir.attachment'].sudo().search([
            ('res_model', '=', self._name), ('res_id', '=', self.id),
            ('res_field', '=', 'signature')], limit=1)
        raise UserError(self.env._(
            "Order %(order)s was signed already on %(date)s by %(name)s; that signature stays. "
            "Load the jobs again.", order=self.name,
            date=self._format_for_customer(picture.create_date),
            name=self.signed_by or self.partner_id.name or ""))

    def write(self, vals):
        """A report that changes under a signature is signed once more."""
        names = vals.keys() & REPORT_FIELDS
        signed = self.filtered(
            lambda order: order.solution and not order.date_done and not order.date_closed and any(
                (order[name] or '') != (vals[name] or '') for name in names)
            and order.signature) if names and 'signature' not in vals else self.browse()
        result = super().write(vals)
        if signed:
            # the right to write the report was checked by the write
            signed.sudo().write({'signature': False, 'signed_by': False})
            for order in signed:
                order._message_log(body=self.env._(
                    "The report changed after the customer signed it: the signature and its sheet "
                    "are void, and the customer signs again."))
        return result

    def _get_printed_signature(self):
        """Return the signature under the work; none of work that was called off."""
        self.ensure_one()
        return self.state not in ('cancelled', 'rejected') and self.signature

    def _get_acceptor_name(self):
        """Return the name of the person who accepted the work, as the papers print it."""
        self.ensure_one()
        return self.signed_by or ""

    def _get_words_instead_of_signature(self):
        """Return what the papers print where no signature is."""
        self.ensure_one()
        return self.refusal_reason

    @api.model
    def _ensure_signature(self, text):
        """Refuse what somebody sent from outside in place of a signature."""
        try:
            content = self.env.company._read_photo(text)
        except UserError as error:
            raise UserError(self._get_signature_refusal()) from error
        self._ensure_drawn(content)

    @api.model
    def _ensure_drawn(self, content):
        """Refuse a picture on which there is nothing, or a dot."""
        if not is_drawn(content):
            raise UserError(self.env._(
                "A dot is no signature: the customer signs with the finger across the field."))

    @api.model
    def _get_signature_refusal(self):
        return self.env._(
            "The signature is not an image: draw it or send a JPEG or PNG picture.")
