from odoo import models

PRODUCTS = ('product.template', 'product.product')


class BaseImport(models.TransientModel):
    """Part numbers and barcodes that a spreadsheet damaged are refused in a list of parts."""

    _inherit = 'base_import.import'

    def _is_aftersales_file(self):
        # the import of the spare parts' own list; other products are core's
        return super()._is_aftersales_file() or (
            self.res_model in PRODUCTS and bool(self.env.context.get('default_is_spare_part')))
