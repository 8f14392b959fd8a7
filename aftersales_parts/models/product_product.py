from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.serial_range import spellings
from odoo.addons.aftersales_service.tools.words import plain

from ..tools.part_fit import Unit
from .aftersales_part_supersession import SUCCESSIONS

POSITIVE_OPERATORS = ('=', 'in', 'like', 'ilike', '=like', '=ilike')


class PartOffer(NamedTuple):
    """A part that can be taken where another one is asked for, and what there is of it."""

    product: models.Model
    kind: str  # same, use_up, replaces, kit, alternative
    quantity: float  # pieces for one that is asked for
    free: float  # at the place where the parts are taken from


class PartChains(NamedTuple):
    """What was read to offer parts: for all parts and units of one request."""

    successions: dict  # {old part: rows that replace it}
    rows: models.Model  # all supersessions of these parts that are valid today
    fits: models.Model  # of these parts, for the machines that were asked for
    free: dict  # {location: {part: quantity}}

    def get_misfits(self, unit):
        """Return the parts that are made for the unit's machine, but not for the unit.

        What is not known of a unit excludes nothing; nor does a part without fits.
        """
        none = self.fits.product_id.browse()
        if not unit:
            return none
        rows = self.fits.filtered(lambda fit: fit.machine_id == unit.machine)
        return none.union(*(
            product for product, same in rows.grouped('product_id').items()
            if all(fit._takes(unit.serial, unit.built) is False for fit in same)))


class ProductProduct(models.Model):
    """A part under its number: what it fits, what stands in its place, what is offered."""

    _inherit = 'product.product'

    fit_ids = fields.One2many('aftersales.part.fit', 'product_id', string="Fits")
    # for searches only
    old_number = fields.Char(compute='_compute_search_only', search='_search_old_number')
    machine_serial = fields.Char(
        string="Machine Serial Number", compute='_compute_search_only',
        search='_search_machine_serial')

    def _compute_search_only(self):
        self.old_number = self.machine_serial = False

    # === SEARCH === #

    @api.model
    def _search_old_number(self, operator, value):
        """Find the current parts of those that have this number."""
        if operator not in POSITIVE_OPERATORS:
            return NotImplemented
        rows = self.env['aftersales.part.supersession'].with_context(active_test=False).search(
            Domain('kind', 'in', SUCCESSIONS)
            & (Domain('old_product_id.default_code', operator, value)
               | Domain('old_product_id.barcode', operator, value)))
        currents = rows.old_product_id._get_current_parts()
        return Domain('id', 'in', self.union(*currents.values()).ids)

    @api.model
    def _search_machine_serial(self, operator, value):
        """Find the parts that fit the unit with this serial number."""
        if operator not in POSITIVE_OPERATORS:
            return NotImplemented
        units = self._find_units([value] if isinstance(value, str) else value or ())
        fits = self.env['aftersales.part.fit'].search(
            [('machine_id', 'in', [unit.machine.id for unit in units])])
        fitting = fits.browse().product_id.union(*(fits._get_fitting(unit) for unit in units))
        return Domain('id', 'in', fitting.ids)

    @api.model
    def _find_units(self, numbers):
        """Return the units with these serial numbers: by their cards, else by their lots.

        Hook to call: by searches of parts, as any user, for a batch of texts as they were typed or
        scanned. Raises nothing.
        """
        keys = [key for number in numbers for key in spellings(number or None)]
        # which parts fit a unit is no secret of its customer: nothing else of the card is shown
        cards = self.env['aftersales.warranty'].sudo().search([
            ('serial', 'in', keys), ('company_id', 'in', self.env.companies.ids)])
        units = {Unit(card.product_id.product_tmpl_id, card.serial, card.manufacture_date or None)
                 for card in cards}
        lots = self.env['stock.lot'].sudo().search([
            ('name', 'in', keys), ('company_id', 'in', [False, *self.env.companies.ids]),
            ('product_id.is_spare_part', '=', False)])
        known = {unit.machine for unit in units}
        units |= {Unit(lot.product_id.product_tmpl_id, lot.name) for lot in lots
                  if lot.product_id.product_tmpl_id not in known}
        return units

    @api.model
    def name_search(self, name='', domain=None, operator='ilike', limit=100):
        """Find parts by their old number, pinyin initials and the serial number of a machine, too.

        Core's own hits come first; the others fill what is left of the limit. An import (``=``)
        names the product as core does, in half width where its sheet has full width.
        """
        found = super().name_search(name, domain, operator, limit)
        tidy = plain(name or '').strip()
        if operator == '=' and not found and tidy and tidy != name:
            return super().name_search(tidy, domain, operator, limit)
        rest = limit and limit - len(found)
        name = (name or '').strip()
        if (len(name) < 2 or operator == '=' or operator not in POSITIVE_OPERATORS
                or (limit and rest <= 0)):
            return found
        more = self._search_old_number('=ilike', name) | self._search_machine_serial('=', name)
        if name.isascii():
            # YSJ finds 旋转式压缩机, too; two letters stand in too many names
            start = '%' if len(name) > 2 and name.isalpha() else ''
            more |= Domain('search_initials', '=like', f'{start}{name.upper()}%')
        products = self.search_fetch(
            Domain(domain or Domain.TRUE) & more & Domain('is_spare_part', '=', True)
            & Domain('id', 'not in', [product_id for product_id, __ in found]),
            ['display_name'], limit=rest)
        return found + [(product.id, product.display_name) for product in products.sudo()]

    # === SUPERSESSION === #

    def _get_current_parts(self, unit=None, location=None):
        """Return ``{product: products}``: what is ordered today in place of each part, best first.

        A part that nothing replaces is its own current part; the parts of a kit come together.

        Hook: called by searches, requests, suggestions and the demand history, as user or
        superuser, for a batch. Raises nothing: loops are refused when chains are written.

        :param unit: ``tools.part_fit.Unit`` (``order._get_unit()``); what does not fit it is no
            successor for it
        :param location: one or more stock locations; an old part to be used up first that is free
            there comes before its successor. Without a location stock does not count
        """
        chains = self._read_chains([unit] if unit else [])
        old = chains.rows.filtered('use_up_first').old_product_id
        free = old._get_free(location) if location and old else {}
        misfits = chains.get_misfits(unit)
        return {product: product._follow_chains(chains.successions, misfits, free)
                for product in self}

    def _get_offers(self, unit=None, location=None):
        """Return ``{product: [PartOffer]}``: all that may be taken for each part, best first.

        Old parts to be used up come first as long as they are at hand, then the current parts,
        then what can be taken as well; what does not fit is left out. Who asks for the part
        chooses: nothing is exchanged silently.

        Hook: called where a part is asked for (desk, phone, request), as user or superuser, for a
        batch, at each reading. Raises nothing.

        :param unit: as in ``_get_current_parts``
        :param location: where the parts are taken from, one or more stock locations
        """
        chains = self._read_chains([unit] if unit else [], [location] if location else ())
        return {product: product._rank_offers(chains, unit, location) for product in self}

    def _read_chains(self, units, locations=()):
        """Read what is needed to offer parts for units, for all of these parts at once.

        :param locations: for each place to choose from, one or more stock locations
        """
        supersession = self.env['aftersales.part.supersession']
        successions = supersession._read_chains(self)
        parts = self.union(*(rows.product_id for rows in successions.values()))
        rows = supersession.search(
            Domain('date', '<=', fields.Date.context_today(self))
            & (Domain('old_product_id', 'in', parts.ids) | Domain('product_id', 'in', parts.ids)))
        parts |= rows.old_product_id | rows.product_id
        fits = self.env['aftersales.part.fit'].search([
            ('machine_id', 'in', [unit.machine.id for unit in units]),
            ('product_id', 'in', parts.ids)])
        return PartChains(successions, rows, fits, {
            location: parts._get_free(location) for location in locations})

    def _get_free(self, location=None):
        """Return ``{product: quantity}`` that nothing has reserved, in locations or anywhere.

        As superuser: who asks for a part may know whether it is there.
        """
        products = self.sudo().with_context(location=location.ids) if location else self.sudo()
        return {product: stocked.free_qty for product, stocked in zip(self, products, strict=True)}

    def _follow_chains(self, successions, misfits, free):
        """Return what stands in the place of one part, as ``_get_current_parts`` says."""
        self.ensure_one()
        rows = successions.get(self, self.env['aftersales.part.supersession'])
        successors = rows.product_id - misfits
        if not successors:
            return self
        is_left = any(rows.mapped('use_up_first')) and self not in misfits and (
            free.get(self, 0.0) > 0)
        current = self if is_left else self.browse()
        return current.union(*(
            product._follow_chains(successions, misfits, free) for product in successors))

    def _rank_offers(self, chains, unit=None, location=None):
        """Return the offers for one part from what ``_read_chains`` read."""
        self.ensure_one()
        misfits, free = chains.get_misfits(unit), chains.free.get(location, {})
        currents = self._follow_chains(chains.successions, misfits, free)
        group, offers = self | currents, {}
        for row in chains.rows:  # what is left of old numbers
            old = row.old_product_id
            if row.use_up_first and row.kind in SUCCESSIONS and free.get(old, 0.0) > 0 and (
                    row.product_id in group or old in group):
                offers.setdefault(old, ('use_up', 1.0))
        for part in currents:
            row = chains.rows.filtered(
                lambda row, part=part: row.old_product_id == self and row.product_id == part)
            kind = 'same' if part == self else row[:1].kind or 'replaces'
            offers.setdefault(part, (kind, row[:1].quantity or 1.0))
        for row in chains.rows:
            if row.kind == 'alternative' and row.old_product_id in group:
                offers.setdefault(row.product_id, ('alternative', row.quantity))
            if row.is_two_way and row.product_id in group:
                offers.setdefault(row.old_product_id, ('alternative', 1.0))
        return [PartOffer(part, kind, quantity, free.get(part, 0.0))
                for part, (kind, quantity) in offers.items() if part not in misfits]

    # === ACTIONS === #
    # the form of a variant has the buttons of its template too

    def action_view_machine_parts(self):
        """Show the parts of this machine."""
        return self.product_tmpl_id.action_view_machine_parts()

    def action_view_fits(self):
        """Show the machines that this part fits."""
        return self.product_tmpl_id.action_view_fits()

    def action_view_supersessions(self):
        """Show what this part replaces, and what replaces it."""
        return self.product_tmpl_id.action_view_supersessions()

    def action_view_classes(self):
        """Show the present and the earlier classes of this part."""
        return self.product_tmpl_id.action_view_classes()
