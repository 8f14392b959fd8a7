from odoo import api, models

from odoo.addons.aftersales_service.tools.serial_range import read_serial
from odoo.addons.aftersales_service.tools.words import plain, read_id, read_words

from .aftersales_part_request_mobile import COMMONEST

FOUND_LIMIT = 10


class AftersalesPartRequest(models.Model):
    """What the phone finds: parts by number, name, label of a piece or nameplate of a machine."""

    _inherit = 'aftersales.part.request'

    @api.model
    def _search_mobile_parts(self, words, order_id=None):
        """Return up to ten parts whose number, name or pinyin initials hold ``words``.

        As they are offered for the user's van, or for an order of the user's jobs: what is to be
        used up first, the current part in place of an old number, nothing that does not fit.
        """
        found = self._find_mobile_parts(words)
        order = self._get_mobile_part_orders().filtered(
            lambda order: order.id == read_id(order_id))
        return self._offer_mobile_parts(
            found, order, order._get_unit() if order else None)[:FOUND_LIMIT]

    @api.model
    def _offer_mobile_parts(self, found, order, unit=None):
        """Return what is offered for parts: for an order, else for the van of the user."""
        own = order._get_parts_location() if order else self._get_own_places()[:1]
        asker = self.sudo().new({  # the stores that serve the user are read only
            'location_dest_id': own.id, 'company_id': self.env.company.id,
            'user_id': self.env.uid})
        sources = order._get_parts_sources() if order else asker._get_sources()
        chains = found._read_chains([unit] if unit else [], filter(None, {own, sources}))
        hints = {}
        for part in found:
            for offer in part._rank_offers(chains, unit, sources):
                if offer.kind != 'alternative':
                    free = chains.free.get(own, {}).get(offer.product, 0.0)
                    hints.setdefault(
                        offer.product.id, order._get_offer_hint(offer, chains.rows, free))
        return self._prepare_mobile_levels(found.browse(hints), order, hints=hints)

    @api.model
    def _search_counted_parts(self, words):
        """Return the parts that ``words`` or the label of a piece name, old numbers too."""
        found = self._find_mobile_parts(words)
        number = found.browse()._find_scanned_number(read_words(words)[:50], self.env.company)
        return [{
            'id': part.id, 'name': part.display_name, 'code': part.default_code or "",
            'tracking': part.tracking,
            'number': number.name if number.product_id == part else "",
        } for part in (number.product_id | found)[:FOUND_LIMIT]]

    @api.model
    def _search_mobile_unit(self, words):
        """Return the unit with this serial number and its commonest parts, ``None`` for none.

        What is requested for a unit of the user's jobs belongs to its order; parts for another
        unit are for the van.
        """
        # portal users read no products; which parts fit a machine is no secret
        products, number = self.env['product.product'].sudo(), read_words(words)[:50]
        own = {order: order._get_unit() for order in self._get_mobile_part_orders()}
        orders = {_get_key(unit): order for order, unit in own.items()}
        units = [unit for unit in own.values() if _get_key(unit)[1] == read_serial(number).upper()]
        units += sorted(products._find_units([number]), key=lambda unit: (
            _get_key(unit) not in orders, unit.machine.id))
        fits = self.env['aftersales.part.fit'].sudo().search(  # as above
            [('machine_id', 'in', [unit.machine.id for unit in units])])
        unit = next((unit for unit in units if unit.machine in fits.machine_id), None)
        if not unit or not number:
            return None
        order = orders.get(_get_key(unit), self.env['aftersales.order'].sudo())
        fits = fits.filtered(lambda fit: fit.machine_id == unit.machine)
        parts = fits._get_fitting(unit)
        asked = dict(self.env['aftersales.part.demand'].sudo()._read_group(  # as above
            [('machine_id', '=', unit.machine.id), ('company_id', '=', self.env.company.id),
             ('product_id', 'in', parts.ids)], ['product_id'], ['quantity:sum']))
        parts = parts.sorted(lambda part: -asked.get(part, 0.0))[:COMMONEST]
        rows = self._offer_mobile_parts(parts, order, unit)[:COMMONEST]
        positions = {
            part.id: ", ".join(filter(None, same.mapped('position')))
            for part, same in fits.filtered(lambda fit: fit._takes(
                unit.serial, unit.built) is not False).grouped('product_id').items()}
        has_picture = unit.machine.with_context(bin_size=True).exploded_image
        return {
            'name': unit.machine.display_name, 'serial': unit.serial, 'order_id': order.id or 0,
            'picture': f'/my/jobs/parts/picture/{unit.machine.id}' if has_picture else "",
            'parts': [row | {'position': positions.get(row['id'], "")} for row in rows]}

    @api.model
    def _get_mobile_part_orders(self):
        """Return the open orders of the user's jobs, as superuser."""
        visits = self.env['aftersales.visit']
        # the domain names the current user as the technician
        orders = visits.sudo().search(visits._get_mobile_domain()).order_ids
        return orders.filtered(lambda order: not order.date_done)

    @api.model
    def _get_machine_picture(self, machine_id):
        """Return the machine whose exploded picture a technician may see, or none."""
        # a picture of parts is no secret
        machines = self.env['product.template'].sudo()
        return machines.search([
            ('id', '=', machine_id), ('exploded_image', '!=', False),
            ('company_id', 'in', [False, *self.env.companies.ids])])

    @api.model
    def _find_mobile_parts(self, words):
        words = read_words(words)[:200]
        # portal users read no products; they may ask for those of their company
        products = self.env['product.product'].sudo()
        if len(words) < 2:
            return products
        goods = [*products._get_goods_domain(self.env.company), ('is_spare_part', '=', True)]
        found = products._find_read(words, self.env.company).filtered('is_spare_part')
        words = plain(words).strip()
        found |= products.browse([product_id for product_id, __ in products.name_search(
            words, goods, limit=FOUND_LIMIT)])
        found |= products.search(
            [('search_initials', '=ilike', f'{words}%'), *goods], limit=FOUND_LIMIT)
        return found[:FOUND_LIMIT]


def _get_key(unit):
    """Return what two records of the same unit have in common."""
    return unit.machine.id, read_serial(unit.serial).upper()
