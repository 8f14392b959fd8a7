from odoo import models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    def _get_warranty_buyer(self):
        """Return for whom a warranty must hold: ``'company'`` or ``'consumer'``.

        People who belong to a company buy for it; an unknown owner has a consumer's rights.
        """
        return 'company' if self.commercial_partner_id.is_company else 'consumer'
