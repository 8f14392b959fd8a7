from odoo import api, fields, models

from ...tools.remedies import Facts, Repair, decide


class AftersalesWarranty(models.Model):
    """What the owner of a unit may choose, as ``tools.remedies`` decides it."""

    _inherit = 'aftersales.warranty'

    manufacture_date = fields.Date()
    activation_date = fields.Date()
    currency_id = fields.Many2one(related='company_id.currency_id')
    price = fields.Monetary(
        help="What the owner paid for the unit, taxes included: refunds and fees are "
             "reckoned from it.")
    usage = fields.Float(
        string="Meter Reading", readonly=True, copy=False,
        help="The last known reading of kilometres, hours or cycles.")
    is_distance_sale = fields.Boolean(
        help="Sold online, by phone or by post: the buyer may return it without a reason.")
    has_proof = fields.Boolean(
        string="Proof of Purchase", compute='_compute_has_proof', store=True, readonly=False,
        precompute=True, help="An invoice, a sale order or a platform order is known.")

    @api.depends('sale_line_id', 'move_id', 'invoice_date')
    def _compute_has_proof(self):
        for card in self:
            card.has_proof = card.has_proof or bool(
                card.sale_line_id or card.move_id or card.invoice_date)

    def _get_repairs(self, until=None):
        """Return ``{card: (tools.remedies.Repair, …)}``: the finished and running repairs.

        :param until: an order; it and later ones are left out
        """
        orders = self.env['aftersales.order'].sudo().search_fetch([
            ('warranty_id', 'in', self.ids), ('type_id.is_repair', '=', True),
            ('state', 'not in', ('rejected', 'cancelled'))], order='date_event, id')
        repairs = dict.fromkeys(self, ())
        for order in orders:
            if order not in (until or ()):
                repairs[order.warranty_id.with_env(self.env)] += (order._to_repair(),)
        return repairs

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
        repairs = self._get_repairs()
        return {
            card: decide(card._get_facts(day, repairs[card], **known),
                         card.policy_id._get_rules() if card.policy_id else ())
            for card in self}


class AftersalesOrder(models.Model):
    """What an order adds to the facts of its unit, and the remedies of its customer."""

    _inherit = 'aftersales.order'

    fault_kind = fields.Selection(
        [('performance', "Performance Fault"), ('safety', "Serious Safety Fault"),
         ('no_reason', "No Fault")], string="Kind of Fault", default='performance',
        help="What kind of fault the unit has, as the law on remedies distinguishes.")
    usage = fields.Float(
        string="Meter Reading", help="Kilometres, hours or cycles when the fault was reported.")

    def _to_repair(self):
        """Return this order as a repair in the record of its unit."""
        self.ensure_one()
        moves = self.part_ids.filtered(
            lambda move: move.repair_line_type == 'add' and move.state == 'done')
        return Repair(
            received=(self.date_received and fields.Date.context_today(
                self, self.date_received)) or self.event_day,
            returned=(self.date_done and fields.Date.context_today(self, self.date_done)) or None,
            fault=self.cause_id.id or self.symptom_id.id,
            parts=frozenset(moves.product_id.aftersales_main_part_id.ids),
            is_quality=self.charge_kind != 'paid',
            is_safety=self.fault_kind == 'safety')

    def _decide(self):
        """Return ``{order: tools.remedies.Decision}``: what each customer may choose."""
        cards = self.warranty_id
        repairs = cards._get_repairs()
        return {
            order: decide(
                order._get_facts(repairs.get(order.warranty_id, ())),
                order.warranty_id.policy_id._get_rules() if order.warranty_id.policy_id else ())
            for order in self}

    def _get_facts(self, repairs=()):
        """Return the facts of this order's unit on the day it was reported."""
        self.ensure_one()
        known = {'fault_kind': self.fault_kind or 'performance',
                 'fault': self.cause_id.id or self.symptom_id.id}
        if self.usage:
            known['usage'] = self.usage
        return self.warranty_id._get_facts(self.event_day, [
            repair for repair in repairs if repair.received <= self.event_day], **known)
