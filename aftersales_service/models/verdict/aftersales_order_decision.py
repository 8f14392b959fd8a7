from dataclasses import replace

from odoo import fields, models

from ...tools.remedies import Repair
from ...tools.warranty import moved_end


def _gives_more(decision):
    """Return whether a decision gives money or another unit."""
    return bool(decision.get('refund') or decision.get('exchange'))



class AftersalesOrder(models.Model):
    """What an order adds to the facts of its unit, and the remedies of its customer."""

    _inherit = 'aftersales.order'

    fault_kind = fields.Selection(
        [('performance', "Performance Fault"), ('safety', "Serious Safety Fault"),
         ('no_reason', "No Fault")], string="Kind of Fault", default='performance', copy=False,
        help="What kind of fault the unit has, as the law on remedies distinguishes.")
    same_model = fields.Selection(
        [('available', "Available"), ('missing', "Not Available")],
        string="Same Model at the Seller", copy=False,
        help="Leave empty to use the free stock of the seller's warehouse. Choose “Not "
             "Available” only after you asked other shops and the maker.")

    def _to_repair(self, waits=(), uncounted=()):
        """Return this order as a repair in the record of its unit.

        :param waits: spans in which parts were missing, from ``_read_waits``
        :param uncounted: holds that laws leave out of its time, from there as well
        """
        self.ensure_one()
        moves = self.part_ids
        moves = moves and moves.filtered(
            lambda move: move.repair_line_type == 'add' and move.state == 'done')
        back = self.date_returned or self.date_done
        return Repair(
            received=self._to_customer_day(self.date_received) or self.event_day,
            returned=self._to_customer_day(back) or None,
            fault=self.cause_id.id, symptom=self.symptom_id.id,
            parts=frozenset(moves and moves.product_id.aftersales_main_part_id.ids),
            waits=tuple(waits),
            is_quality=self._is_quality_repair(),
            is_safety=self.fault_kind == 'safety',
            begun=self.date_received or None, ended=back or None, uncounted=tuple(uncounted))

    def _decide(self):
        """Return ``{order: tools.remedies.Decision}``: what each customer may choose."""
        return {order: decision for order, (__, decision) in self._judge_remedies().items()}

    def _judge_remedies(self):
        """Return ``{order: (facts, decision)}``: what is owed, and what it follows from.

        Judged is the day reported. Where that gives neither money nor another unit, work
        that is still under way is judged on today: it may have taken too long since, or so
        long that a unit is lent.
        """
        record, claims = self._read_record(), {}
        now = fields.Datetime.now()
        for order in self:
            claim = order._judge_remedy(record, order.event_day)
            if order._is_under_way() and not _gives_more(claim[1]):
                later = order._judge_remedy(
                    record, order._to_customer_day(now), lasts=True, moment=now)
                is_more = _gives_more(later[1]) or later[1].get('loan')
                claim = later if is_more else claim
            claims[order] = claim
        return claims

    def _judge_remedy(self, record, day, lasts=False, **known):
        """Return the facts of this order on ``day`` and what the rules give on them."""
        facts = self._get_facts_from(record, day, lasts)
        facts = replace(facts, **known) if known else facts
        return facts, self.warranty_id._decide_facts(facts)

    def _is_under_way(self):
        self.ensure_one()
        return self.type_id.is_repair and not self.date_done and not self.date_closed

    def _read_record(self):
        """Return what is known of the units and these orders, read for the whole batch at once."""
        cards = self.warranty_id
        return (
            cards._get_repairs_by_order(), cards._get_same_model(), self._get_exclusion_articles())

    def _get_facts_from(self, record, day, lasts=False):
        """Return the facts of this order as if its customer asked on ``day``.

        On the day reported the repairs before it count, on another all but itself. Where
        its repair ``lasts`` until ``day`` its own time counts as well, and as long as the
        unit is away no term runs out.

        :param record: from ``_read_record``
        """
        repairs, same_model, grounds = record
        card = self.warranty_id
        known = [repair for other, repair in repairs.get(card, ()) if lasts or (
            self._comes_after(other) if day == self.event_day else other != self)]
        facts = self._get_facts(known, same_model.get(card), grounds.get(self, ()), day)
        # what is promised is the same for everybody
        if lasts and card.policy_id.sudo().is_extended_by_repair:
            stay = [self._to_repair().stay(day)]
            facts = replace(facts, **{
                name: moved_end(facts.start, end, stay)
                for name in ('term_end', 'part_end') if (end := getattr(facts, name))})
        return facts

    def _comes_after(self, other):
        """Return whether this order was reported after ``other``; never after itself."""
        return (other.date_event, other.id) < (self.date_event, self.id)

    def _get_facts(self, repairs=(), same_model=None, exclusions=(), day=None):
        """Return the facts of this order's unit on ``day``, by default the one reported."""
        self.ensure_one()
        card, day = self.warranty_id, day or self.event_day
        known = {
            'fault_kind': self.fault_kind or 'performance',
            # the caller checked read access to the order; its parts need no stock rights
            'parts': frozenset(self.sudo()._get_main_parts().ids),
            'fault': self.cause_id.id, 'symptom': self.symptom_id.id,
            'same_model': {'available': True, 'missing': False}.get(self.same_model, same_model),
            'exclusions': tuple(exclusions)}
        if self.usage:
            known['usage'] = self.usage
        return card._get_facts(day, card._select_repairs(repairs, day), **known)
