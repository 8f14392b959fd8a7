from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """Parts on a visit: what fits, what is asked for, whose the old ones are."""

    _inherit = 'aftersales.visit'

    def _find_part(self, order, payload):
        """Refuse a part that does not fit the unit, and an old number that is not at hand.

        The message names the parts to choose instead: they are among those that the phone offers.
        The desk may enter any part by hand.
        """
        part = super()._find_part(order, payload)
        unit, location = order._get_unit(), order._get_parts_location()
        sources = order._get_parts_sources()
        chains = part._read_chains([unit], filter(None, {location, sources}))
        offered = [offer.product for offer in part._rank_offers(chains, unit, sources)]
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

    def _on_mobile_part_request(self, order, payload, moment):
        """Ask for a part for a unit of this visit; a page names the unit in the payload."""
        order = order or self._get_mobile_order(self._read_record_id(payload, 'order_id'))
        self._ensure_unit(order)
        requests = self.env['aftersales.part.request']
        requests._request_parts({
            'order_id': order.id, 'company_id': order.company_id.id,
            'kind': 'loan' if payload.get('is_loan') is True else 'work',
            'urgency': requests._read_mobile_urgency(payload),
        }, [(self._find_part(order, payload), requests._read_mobile_quantity(payload))])

    def _ensure_late_applicable(self, kind, order):
        result = super()._ensure_late_applicable(kind, order)
        if kind == 'part_request' and order.date_done:
            raise UserError(self.env._(
                "The work on order %(order)s is done: discard this request for a part.",
                order=order.name))
        return result

    def _on_mobile_old_parts(self, order, payload, moment):
        self._ensure_unit(order)
        choices = dict(order._fields['old_parts_choice'].selection)
        if payload.get('choice') not in choices:
            raise UserError(self.env._("Choose what becomes of the old parts."))
        if order.signature and order.old_parts_choice != payload['choice']:
            raise UserError(self.env._(
                "The customer signed already what becomes of the old parts: ask the desk to "
                "change it with the customer."))
        order.old_parts_choice = payload['choice']
