import base64
import math

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools.photo import NotAnImageError, ensure_image

SIGNATURES = ('signature', 'handover_signature', 'return_signature')


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

    def _get_words_instead_of_signature(self):
        """Return what the papers print where no signature is."""
        self.ensure_one()
        return self.refusal_reason

    @api.model
    def _ensure_signature(self, text):
        """Refuse what somebody sent from outside in place of a signature."""
        try:
            self.env.company._read_photo(text)
        except UserError as error:
            raise UserError(self._get_signature_refusal()) from error

    @api.model
    def _get_signature_refusal(self):
        return self.env._(
            "The signature is not an image: draw it or send a JPEG or PNG picture.")
