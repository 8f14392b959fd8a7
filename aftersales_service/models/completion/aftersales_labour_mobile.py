from odoo import models


class AftersalesLabour(models.Model):
    _inherit = 'aftersales.labour'

    def _can_be_removed(self):
        """Whether this is one line that the customer has not accepted yet."""
        return len(self) == 1 and self.sale_line_id.order_id.state in (False, 'draft', 'sent')

    def _prepare_mobile_work(self, units):
        """Return by what the phone prices this line again when a main part is added.

        Hook: called by ``_get_price_lines``, as superuser, for one line that is not quoted. Return
        nothing for what no part makes free. Raises nothing.

        :param units: ``{product: (untaxed, with taxes)}``, see ``_compute_unit_prices``
        """
        return {
            'is_trip': self.product_id.is_aftersales_travel,
            'full': list(units.get(self.product_id, (self.product_id.lst_price,) * 2))}

    def _prepare_mobile_labour(self):
        """Return a line of labour as the technician's phone shows it."""
        self.ensure_one()
        return {
            'id': self.id,
            'name': self.name,
            'quantity': self.quantity,
            'cover': self.cover_reason or "",
            'can_be_removed': self._can_be_removed(),
        }
