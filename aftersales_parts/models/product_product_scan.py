from odoo import models

from ..tools.part_code import readings


class ProductProduct(models.Model):
    """Part numbers are found as labels, scanners and chats write them, in any case."""

    _inherit = 'product.product'

    def _find_scanned(self, code, company):
        found = self._find_read(code, company)
        return found or super()._find_scanned(code, company)

    def _find_scanned_number(self, code, company):
        lot = super()._find_scanned_number(code, company)
        for reading in readings(code):
            lot = lot or super()._find_scanned_number(reading, company)
        return lot

    def _find_read(self, code, company):
        """Return the part whose number or barcode a scanned text is, none where two could be."""
        goods, none = self._get_goods_domain(company), self.browse()
        texts = readings(code)
        found = self.search([
            '|', ('barcode', 'in', texts), ('default_code', 'in', texts), *goods])
        for text in texts:  # as it is written, before any case
            if exact := (found.filtered(lambda part, text=text: part.barcode == text)
                         or found.filtered(lambda part, text=text: part.default_code == text)):
                return exact[0]
        for text in texts:
            pattern = text.replace('\\', '\\\\').replace('%', r'\%').replace('_', r'\_')
            alike = self.search([('default_code', '=ilike', pattern), *goods], limit=2)
            if len(alike) == 1:
                return alike
        return none
