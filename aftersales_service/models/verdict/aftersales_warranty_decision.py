from odoo import api, models
from odoo.fields import Domain

from ...tools.remedies import Facts, decide


class AftersalesWarranty(models.Model):
    """What the owner of a unit may choose, as ``tools.remedies`` decides it."""

    _inherit = 'aftersales.warranty'

    def _get_cover_sentences(self, facts):
        return super()._get_cover_sentences(facts) | {
            'excluded': lambda: self.env._("Excluded from the warranty"),
            'again': lambda: self.env._("Repaired again: the last repair did not hold"),
        }

    def _get_recorded_fault(self, repairs):
        """Return the fault that a claim without a service order is about, by the repairs.

        It is that of the last repair of a quality fault: its cause, its symptom and the main
        parts that it replaced, but for accessories: those say nothing of the unit.
        """
        self.ensure_one()
        last = max((repair for repair in repairs if repair.is_quality),
                   key=lambda repair: repair.received, default=None)
        if not last:
            return {}
        known = {'fault': last.fault, 'symptom': last.symptom}
        is_accessory = last.parts and self._get_accessory_cover(last.parts)
        return known if is_accessory else known | {'parts': last.parts}

    def _get_repairs(self):
        """Return ``{card: (tools.remedies.Repair, …)}``: the finished and running repairs."""
        return {
            card: tuple(repair for __, repair in pairs)
            for card, pairs in self._get_repairs_by_order().items()}

    def _get_repairs_by_order(self):
        """Return ``{card: [(order, Repair), …]}``, oldest first.

        The record belongs to the unit: readers of the card may read it.
        """
        orders = self.env['aftersales.order'].sudo().search_fetch(
            Domain('warranty_id', 'in', self.ids) & self._get_repair_domain(),
            order='date_event, id')
        repairs, (waits, uncounted) = {card: [] for card in self}, orders._read_waits()
        for order in orders:
            repairs[order.warranty_id].append((
                order, order._to_repair(waits.get(order, ()), uncounted.get(order, ()))))
        return repairs

    @api.model
    def _get_repair_domain(self):
        """Return the domain of the orders that count as repairs of a fault."""
        return Domain('type_id.is_repair', '=', True) & Domain(
            'state', 'not in', ('rejected', 'cancelled'))

    def _get_free_stock(self):
        """Return ``{card: free units of the product at its seller's warehouse}``.

        The seller's warehouse is that of the sale; without a sale, all of the company's.
        """
        # the caller checked read access to the cards; only whether stock exists is read
        cards = self.sudo()
        counts = cards.env['stock.quant']._read_group(
            [('product_id', 'in', cards.product_id.ids), ('location_id.usage', '=', 'internal'),
             ('company_id', 'in', cards.company_id.ids)],
            ['product_id', 'company_id', 'location_id.warehouse_id'],
            ['quantity:sum', 'reserved_quantity:sum'])
        free = {}
        for product, company, warehouse, quantity, reserved in counts:
            for place in (warehouse, False):
                key = (product.id, company.id, place and place.id)
                free[key] = free.get(key, 0.0) + quantity - reserved
        return {
            card: free.get((
                card.product_id.id, card.company_id.id,
                card.sale_line_id.order_id.warehouse_id.id), 0.0)
            for card in cards}

    def _get_same_model(self):
        """Return ``{card: True}`` where the stock holds another unit, else ``None``.

        An empty warehouse proves nothing: another shop or the maker may have one. That
        there is none says a person.
        """
        return {card: quantity >= 1 or None for card, quantity in self._get_free_stock().items()}

    def _get_facts(self, day, repairs=(), **known):
        """Return the facts of this unit on ``day``; ``known`` overrides what the card says.

        :param repairs: of this unit, from ``_get_repairs``
        """
        self.ensure_one()
        facts = {
            'day': day, 'start': self.date_start or None, 'term_end': self.date_end or None,
            'price': self.price, 'usage': self.usage or None, 'repairs': tuple(repairs),
            'is_distance_sale': self.is_distance_sale, 'has_proof': self.has_proof,
            'has_copy': self.is_proof_copy, 'season': self.season_date or None,
            **self._get_law_facts()}
        return Facts(**facts | known)

    def _get_law_facts(self):
        """Return what laws ask about buyer, goods and calendar, and what was exchanged before."""
        self.ensure_one()
        # the caller checked read access to the card; who reads it may know these of its unit
        card, exchanges = self.sudo(), 0
        while card.replaces_id:
            card, exchanges = card.replaces_id, exchanges + 1
        card = self.sudo()
        return {
            'is_company': card.partner_id._get_warranty_buyer() == 'company',
            # only what is sold at a distance may come back without a reason
            'is_excepted': self.is_distance_sale and card.product_id.is_aftersales_no_return,
            'exchanges': exchanges,
            'ends_on_workday': card.policy_id._get_setting('ends_on_workday'),
            'is_workday': card._get_workdays()._is_working_day}

    def _decide(self, day, **known):
        """Return the ``tools.remedies.Decision`` for each unit if its owner asked on ``day``.

        What is wrong is what was repaired last; ``known`` says it better.
        """
        repairs, same_model = self._get_repairs(), self._get_same_model()
        return {
            card: decide(
                card._get_claim_facts(repairs[card], same_model[card], day, **known),
                card._get_policy_rules())
            for card in self}

    def _get_claim_facts(self, repairs, same_model, day, **known):
        """Return the facts of a claim that no service order is about."""
        before = self._select_repairs(repairs, day)
        return self._get_facts(day, before, **{
            'same_model': same_model, **self._get_recorded_fault(before), **known})

    @api.model
    def _select_repairs(self, repairs, day):
        """Return the repairs that had begun on ``day``: later ones were not known then."""
        return [repair for repair in repairs if repair.received <= day]

    def _get_policy_rules(self):
        return self.policy_id._get_rules() if self.policy_id else ()

    def _decide_facts(self, facts):
        """Return what the rules of this unit give on facts that were read before."""
        self.ensure_one()
        return decide(facts, self._get_policy_rules())

    def _get_facts_on(self, day, **known):
        """Return the facts of this one unit on ``day``, with its repairs and the stock."""
        self.ensure_one()
        return self._get_facts(
            day, self._select_repairs(self._get_repairs()[self], day),
            **{'same_model': self._get_same_model()[self]} | known)
