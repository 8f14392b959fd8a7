from odoo import models


class AccountTax(models.Model):
    _inherit = 'account.tax'

    def _get_aftersales_price_unit(self, paid, currency, product=None):
        """Return the unit price that comes to ``paid`` when these taxes are added."""
        total = self.compute_all(paid, currency, product=product)['total_included']
        return paid * paid / total if total else paid
