import base64

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools.photo import NotAnImageError, TooLargeError, ensure_image, read_image

SIGNATURES = ('signature', 'handover_signature', 'return_signature')


class AftersalesOrder(models.Model):
    """A signature is a picture, from whichever door it comes: a drawing can hold scripts."""

    _inherit = 'aftersales.order'

    @api.constrains(*SIGNATURES)
    def _check_signatures(self):
        for order in self.with_context(bin_size=False):
            for content in filter(None, (order[name] for name in SIGNATURES)):
                try:
                    ensure_image(base64.b64decode(content), len(content))
                except NotAnImageError as error:
                    raise ValidationError(self._get_signature_refusal()) from error

    @api.model
    def _ensure_signature(self, text):
        """Refuse what somebody sent from outside in place of a signature."""
        # the limit is no secret to whoever meets it
        limit = self.env.company.sudo().aftersales_photo_limit
        try:
            read_image(text, limit * 1024 * 1024)
        except (NotAnImageError, TooLargeError) as error:
            raise UserError(self._get_signature_refusal()) from error

    @api.model
    def _get_signature_refusal(self):
        return self.env._(
            "The signature is not an image: draw it or send a JPEG or PNG picture.")
