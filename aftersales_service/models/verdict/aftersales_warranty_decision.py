
from odoo import api, fields, models

from ...tools.remedies import Facts, decide


class AftersalesWarranty(models.Model):
    """What the owner of a unit may choose, as ``tools.remedies`` decides it."""

    _inherit = 'aftersales.warranty'

    manufacture_date = fields.Date(tracking=True)
    activation_date = fields.Date(tracking=True)
    # recursive: asked card by card, as core rounds the prices of many new cards one by one;
    # else it reads back the companies of those that it has not come to yet
    currency_id = fields.Many2one(related='company_id.currency_id', recursive=True)
    price = fields.Monetary(
        tracking=True,
        help="What the owner paid for the unit, taxes included: refunds and fees are "
             "calculated from it.")
    usage = fields.Float(
        string="Meter Reading", readonly=True, copy=False,
        help="The last known reading of kilometres, hours or cycles.", protected=True)
    is_distance_sale = fields.Boolean(
        tracking=True,
        help="Sold online, by phone or by post: the buyer may return it without a reason.")
    has_proof = fields.Boolean(
        string="Proof of Purchase", compute='_compute_has_proof', store=True, readonly=False,
        precompute=True,
        help="An invoice, a sale order or a platform order is known. A factory date dates the "
             "terms, but gives only what a rule gives without proof.")

    _price_positive = models.Constraint(
        "CHECK(price >= 0 AND price < 'Infinity')", "The price of a unit cannot be negative.")

    @api.depends('sale_line_id', 'move_id', 'invoice_date')
    def _compute_has_proof(self):
        for card in self:
            card.has_proof = card.has_proof or bool(
                card.sale_line_id or card.move_id or card.invoice_date)

    def _get_repairs(self):
        """Return ``{card: (tools.remedies.Repair, …)}``: the finished and running repairs."""
        return {
            card: tuple(repair for __, repair in pairs)
            for card, pairs in self._get_repairs_by_order().items()}

    def _get_repairs_by_order(self):
        """Return ``{card: [(order, Repair), …]}``, oldest first.

        The record belongs to the unit: readers of the card may read it.
        Work for a recall is the maker's own wish and counts as no repair of a fault.
        """
        orders = self.env['aftersales.order'].sudo().search_fetch([
            ('warranty_id', 'in', self.ids), ('type_id.is_repair', '=', True),
            ('campaign_id', '=', False), ('state', 'not in', ('rejected', 'cancelled'))],
            order='date_event, id')
        repairs, waits = {card: [] for card in self}, orders._get_part_waits()
        for order in orders:
            repairs[order.warranty_id].append((order, order._to_repair(waits.get(order, ()))))
        return repairs

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
            'is_distance_sale': self.is_distance_sale, 'has_proof': self.has_proof}
        return Facts(**facts | known)

    def _decide(self, day, **known):
        """Return the ``tools.remedies.Decision`` for each unit if its owner asked on ``day``."""
        repairs, same_model = self._get_repairs(), self._get_same_model()
        return {
            card: decide(
                card._get_facts(
                    day, card._select_repairs(repairs[card], day),
                    **{'same_model': same_model[card]} | known),
                card._get_policy_rules())
            for card in self}

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
