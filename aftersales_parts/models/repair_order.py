from odoo import models
from odoo.fields import Domain

from ..tools.part_fit import Unit


class RepairOrder(models.Model):
    """The catalog of a repair offers the parts that fit its unit."""

    _inherit = 'repair.order'

    def _get_unit(self):
        """Return what is known of the unit: by its service order, else by the repair itself."""
        self.ensure_one()
        # who repairs a unit may know its number and when it was built
        if order := self.sudo().aftersales_order_id:
            return order._get_unit()
        return Unit(self.product_id.product_tmpl_id, self.lot_id.name or '')

    def _get_unit_fits(self):
        return self.env['aftersales.part.fit'].search(
            [('machine_id', '=', self._get_unit().machine.id)])

    def _get_product_catalog_domain(self):
        """Leave out parts that are made for the machine, but not for this unit."""
        domain = super()._get_product_catalog_domain()
        fits = self._get_unit_fits()
        misfits = fits.product_id - fits._get_fitting(self._get_unit())
        return domain & Domain('id', 'not in', misfits.ids) if misfits else domain

    def _get_action_add_from_catalog_extra_context(self):
        """Show first what fits: by the current numbers, and old ones to be used up."""
        context = super()._get_action_add_from_catalog_extra_context()
        unit = self._get_unit()
        if fitting := self._get_unit_fits()._get_fitting(unit):
            # who repairs a unit may know where its parts can come from
            order = self.sudo().aftersales_order_id
            currents = fitting._get_current_parts(
                unit, order._get_parts_sources() if order else self.location_id)
            context |= {
                'search_default_fits': 1,
                'catalog_fitting_product_ids': fitting.browse().union(*currents.values()).ids}
        return context
