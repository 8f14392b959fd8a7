from zlib import crc32

from odoo import api, fields, models

# an address may be wrong so often a day on the page that checks certificates
WRONG_LIMIT = 20


class AftersalesCompletionTry(models.Model):
    """Wrong numbers on the page that checks certificates, counted by the visitor's address."""

    _inherit = 'aftersales.completion.try'

    kind = fields.Selection(
        selection_add=[('certificate', "Wrong Certificate Number")],
        ondelete={'certificate': 'cascade'})

    @api.model
    def _get_visitor_number(self, address):
        """Return the number by which tries of an address are counted; not the address itself."""
        return crc32((address or '').encode()) & 0x7fffffff
