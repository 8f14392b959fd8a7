from odoo import models


class ProductProduct(models.Model):
    _inherit = 'product.product'

    def _get_current_parts(self, serial=None, day=None, location=None):
        """Return ``{product: products}``: what is ordered today in place of each part, best first.

        A part that nothing replaces is its own current part; a kit for one counts as one product.

        Hook: called by searches, requests, suggestions and the demand history, as user or
        superuser, for a batch. Raises nothing: loops are refused when chains are written.

        :param serial: serial number of the machine; its fits sort out what does not fit
        :param day: the day the machine was built
        :param location: a stock location; “use up first” counts what lies there, and without a
            location it does not count
        """
        return {product: product for product in self}
