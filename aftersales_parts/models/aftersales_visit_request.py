from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """A technician asks for parts from the job on the phone."""

    _inherit = 'aftersales.visit'

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
