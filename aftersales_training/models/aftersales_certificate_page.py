from urllib.parse import urlencode

from odoo import api, models
from odoo.tools import consteq

from odoo.addons.aftersales_service.tools.qr import qr_png
from odoo.addons.aftersales_service.tools.words import read_words

from .aftersales_completion_try_check import WRONG_LIMIT

MAX_LENGTH = 40


class AftersalesCertificate(models.Model):
    """The paper and the public page on which anybody checks it: number and code, no more.

    Who has both reads whether it holds, for whom and for what. A wrong number or code shows the
    same sentence and no name, and after some wrong ones a day only the right number and code open
    it to the visitor: the code has eight random signs, too many to be found by trying.
    """

    _inherit = 'aftersales.certificate'

    def _get_check_url(self):
        """Return the address in the QR code of the certificate."""
        self.ensure_one()
        query = urlencode({'number': self.name or '', 'code': self.code or ''})
        return f'{self.get_base_url()}/certificate?{query}'

    def _get_qr_image(self):
        """Return the QR code of the certificate as base64 text of a picture."""
        self.ensure_one()
        return qr_png(self._get_check_url())

    @api.model
    def _check_public(self, number, code, address):
        """Return the certificate with this number and code, as superuser; else none.

        Called by the public page, for a visitor from ``address``.

        :return: ``(certificate, is_closed)``: closed to an address that was wrong too often
        """
        tries = self.env['aftersales.completion.try'].sudo()  # visitors may write none
        number, code = (read_words(text or '').upper()[:MAX_LENGTH] for text in (number, code))
        # number and code prove the right to see it
        found = self.sudo().search([
            ('name', '=ilike', number.replace('\\', '').replace('%', '').replace('_', '')),
            ('code', '!=', False)], limit=10) if number and code else self.browse()
        found = found.filtered(lambda certificate: consteq(certificate.code, code))[:1]
        if found:
            return found, False
        # whole towns share the address of a mobile network: who has the paper is let in always
        visitor = tries._get_visitor_number(address)
        is_closed = tries._count('certificate', visitor) >= WRONG_LIMIT
        if not is_closed and (number or code):
            tries._note('certificate', visitor)
        return found, is_closed
