from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """What a technician scans is checked against the unit and its successors, never exchanged."""

    _inherit = 'aftersales.visit'

    def _find_part(self, order, payload):
        """Refuse a part that does not fit the unit, and an old number that is not at hand.

        The message names the parts to choose instead: they are among those that the phone offers.
        The desk may enter any part by hand.
        """
        part = super()._find_part(order, payload)
        unit, location = order._get_unit(), order._get_parts_location()
        chains = part._read_chains([unit], location)
        offered = [offer.product for offer in part._rank_offers(chains, unit, location)]
        if part in offered:
            return part
        names = ", ".join(product.display_name for product in offered) or self.env._("another part")
        if part in chains.get_misfits(unit):
            raise UserError(self.env._(
                "%(part)s does not fit this unit: choose %(names)s, or ask the desk.",
                part=part.display_name, names=names))
        if part.is_spare_part and chains.free.get(location, {}).get(part, 0.0) <= 0:
            raise UserError(self.env._(
                "%(part)s was replaced and is not at hand: choose %(names)s.",
                part=part.display_name, names=names))
        return part
