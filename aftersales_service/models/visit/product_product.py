from odoo import api, models
from odoo.exceptions import UserError


class ProductProduct(models.Model):
    """Goods that a phone or page chose or scanned."""

    _inherit = 'product.product'

    @api.model
    def _get_goods_domain(self, company):
        """Return the domain of what people may use or ask for in ``company``."""
        return [('type', '=', 'consu'), ('company_id', 'in', [False, company.id])]

    @api.model
    def _find_scanned(self, code, company):
        """Return the part whose barcode, number or serial number is ``code``.

        Called by phones and pages after they checked the job or the place that gets the part, as
        superuser, on the model: portal users read no products.

        :raise UserError: no part has this code
        """
        goods = self._get_goods_domain(company)
        part = code and (
            self.search([('barcode', '=', code), *goods], limit=1)
            or self.search([('default_code', '=', code), *goods], limit=1)
            or self._find_scanned_number(code, company).product_id)
        if not part:
            raise UserError(self.env._(
                "No part has the code “%(code)s”: choose the part in the list, or tell the desk.",
                code=(code or "")[:50]))
        return part

    def _find_scanned_number(self, code, company):
        """Return the serial number on a label, of these products if there are any."""
        lots = self.env['stock.lot']
        return lots.search([
            ('name', '=', code), ('product_id.tracking', '=', 'serial'),
            ('company_id', 'in', [False, company.id]),
            *([('product_id', 'in', self.ids)] if self else [])], limit=1) if code else lots
