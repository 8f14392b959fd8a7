from odoo import models
from odoo.tools import format_date

from odoo.addons.aftersales_service.models.visit.aftersales_order_mobile_data import (
    PART_SUGGESTIONS,
)

from ..tools.part_fit import Unit


class AftersalesOrder(models.Model):
    """Which parts fit the unit of an order: for the desk, the catalog and the phone."""

    _inherit = 'aftersales.order'

    def _get_unit(self):
        """Return what is known of the order's unit.

        Hook: called where parts are offered, as user or superuser, for one order. Raises nothing.
        """
        self.ensure_one()
        return Unit(
            self.product_id.product_tmpl_id, self.serial or '',
            self.warranty_id.manufacture_date or None)

    def _get_parts_sources(self):
        """Return where a part of this one order can come from: van, outlet and centre.

        As superuser, as ``_get_parts_location``; the vans of others are no source.

        Hook: called where parts are offered, as user or superuser, for one order, at each reading.
        Raises nothing.
        """
        self.ensure_one()
        return (self._get_parts_location() | self._get_store_location()
                | self._get_warehouse_location())

    def _get_part_suggestions(self):
        """Offer what fits the unit, what was used most lately first; never what does not fit."""
        used = super()._get_part_suggestions()
        units = {order: order._get_unit() for order in self}
        places = {order: order._get_parts_location() for order in self}
        sources = {order: order._get_parts_sources() for order in self}
        fits = self.env['aftersales.part.fit'].search(
            [('machine_id', 'in', self.product_id.product_tmpl_id.ids)])
        parts = fits.product_id.browse(
            {part['id'] for parts in used.values() for part in parts}) | fits.product_id
        chains = parts._read_chains(
            units.values(), filter(None, {*places.values(), *sources.values()}))
        suggestions = {}
        for order, unit in units.items():
            lately = parts.browse([part['id'] for part in used.get(order, ())])
            fitting = fits._get_fitting(unit)
            offers = {
                offer.product: offer
                for part in (lately & fitting) | fitting | (lately - chains.get_misfits(unit))
                for offer in part._rank_offers(chains, unit, sources[order])
                if offer.kind != 'alternative'}
            suggestions[order] = [
                {'id': part.id, 'name': part.display_name,
                 'free': (free := chains.free.get(places[order], {}).get(part, 0.0)),
                 'hint': self._get_offer_hint(offer, chains.rows, free)}
                for part, offer in [*offers.items()][:PART_SUGGESTIONS]]
        return suggestions

    def _get_offer_hint(self, offer, rows, free=0.0):
        """Return in a few words why a part is offered.

        :param free: what of it is at hand already; else it has to be requested first
        """
        if offer.kind == 'use_up' and free > 0:
            return self.env._("use up first, %(count)s left", count=f"{free:g}")
        if offer.kind == 'use_up':
            return self.env._("use up first, %(count)s in the store", count=f"{offer.free:g}")
        numbers = ", ".join(
            row.old_product_id.default_code for row in rows
            if row.product_id == offer.product and row.old_product_id.default_code
            and row.kind != 'alternative')
        return self.env._("replaces %(numbers)s", numbers=numbers) if numbers else ""

    def _get_misfit_words(self):
        """Return why a part does not fit the order's unit, for the desk."""
        unit = self._get_unit()
        facts = [unit.serial, unit.built and self.env._(
            "built %(day)s", day=format_date(self.env, unit.built))]
        return self.env._(
            "Does not fit this unit (%(facts)s)", facts=", ".join(filter(None, facts)))

    def _note_parts(self, moves):
        """Write beside the parts of one order what can be taken in their place, and why."""
        self.ensure_one()
        unit, sources = self._get_unit(), self._get_parts_sources()
        chains = moves.product_id._read_chains([unit], [sources])
        misfits = chains.get_misfits(unit)
        for move in moves:
            part = move.product_id
            offers = [offer for offer in part._rank_offers(chains, unit, sources)
                      if offer.kind != 'alternative']
            first = offers[:1] if offers[:1] and offers[0].kind == 'use_up' else [
                offer for offer in offers if offer.kind != 'use_up']
            better = part.browse([offer.product.id for offer in first])
            if part in better or (part not in misfits and not better):
                continue
            move.aftersales_offered_part_ids = better
            names = ", ".join(better.mapped('display_name'))
            if part in misfits:
                move.aftersales_part_hint = self._get_misfit_words()
            elif first[0].kind == 'use_up':
                move.aftersales_part_hint = self.env._(
                    "%(name)s is to be used up first", name=names)
            else:
                move.aftersales_part_hint = self.env._("Replaced by %(name)s", name=names)
