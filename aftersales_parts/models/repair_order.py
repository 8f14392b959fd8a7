from odoo import models
from odoo.fields import Domain

from ..tools.part_fit import Unit


class RepairOrder(models.Model):
    """The catalog of a repair offers the parts that fit its unit."""

    _inherit = 'repair.order'

    def _get_unit(self):
        """Return what is known of the unit: by its service order, else by the repair itself."""
        if not self:
            return Unit(self.env['product.template'])
        self.ensure_one()
        # who repairs a unit may know its number and when it was built
        if order := self.sudo().aftersales_order_id:
            return order._get_unit()
        return Unit(self.product_id.product_tmpl_id, self.lot_id.name or '')

    def _get_unit_fits(self):
        return self.env['aftersales.part.fit'].search(
            [('machine_id', '=', self._get_unit().machine.id)])

    def _get_fitting_parts(self):
        """Return what the catalog offers: fitting parts, with the current number of each."""
        unit, fitting = self._get_unit(), self._get_unit_fits()._get_fitting(self._get_unit())
        currents = fitting._get_current_parts(unit, self.location_id)
        return fitting.browse().union(*currents.values())

    def _get_product_catalog_domain(self):
        """Leave out parts that are made for the machine, but not for this unit."""
        domain = super()._get_product_catalog_domain()
        fits = self._get_unit_fits()
        misfits = fits.product_id - fits._get_fitting(self._get_unit())
        return domain & Domain('id', 'not in', misfits.ids) if misfits else domain

    def _get_action_add_from_catalog_extra_context(self):
        context = super()._get_action_add_from_catalog_extra_context()
        return context | {'search_default_fits': 1} if self._get_unit_fits() else context
