import math

from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """What the technician's phone does about acceptance and money; the order's methods decide."""

    _inherit = 'aftersales.visit'

    def _on_mobile_send_code(self, order, payload, moment):
        self._ensure_unit(order)
        order._send_completion_code()

    def _on_mobile_sign(self, order, payload, moment):
        """Take the customer's code in place of their signature."""
        if not payload.get('code'):
            return super()._on_mobile_sign(order, payload, moment)
        self._ensure_unit(order)
        return order._accept_completion_code(self._read_text(payload, 'code'), moment)

    def _on_mobile_labour(self, order, payload, moment):
        """Note labour or the trip, from the price list of the phone."""
        self._ensure_unit(order)
        order._ensure_price_changes()
        product = order._get_labour_products(self.company_id).filtered(
            lambda service: service.id == payload.get('product_id'))
        if not product:
            raise UserError(self.env._(
                "This service is not on the price list any more: load the jobs again and choose "
                "another one."))
        self.env['aftersales.labour'].create({
            'order_id': order.id,
            'product_id': product.id,
            'quantity': self._read_quantity(
                payload, 'quantity', self.env._("The quantity of labour must be positive.")),
            'technician_id': not self.env.user.share and self.env.uid,
        })

    def _on_mobile_labour_off(self, order, payload, moment):
        """Take labour back that the customer does not pay; accepted lines stay."""
        self._ensure_unit(order)
        order._ensure_price_changes()
        labour = order.labour_ids.filtered(
            lambda labour: labour.id == payload.get('labour_id'))
        if not labour._can_be_removed():
            raise UserError(self.env._(
                "The customer accepted this line already; the desk can correct it."))
        if labour.sale_line_id:
            order._withdraw_quotations()
        labour.unlink()

    def _on_mobile_part_off(self, order, payload, moment):
        part = order.part_ids.filtered(lambda move: move.id == payload.get('move_id'))
        if part._can_be_removed() and part.sale_line_id:
            order._withdraw_quotations()
        return super()._on_mobile_part_off(order, payload, moment)

    def _on_mobile_quote(self, order, payload, moment):
        """Quote what is open; a phone that asks again before it knows changes nothing."""
        self._ensure_unit(order)
        if order._has_unquoted_charges() or not order._get_priced_sales():
            order._create_quotations()

    def _on_mobile_accept(self, order, payload, moment):
        """Take the customer's signature under the price that the phone showed."""
        self._ensure_unit(order)
        total = payload.get('total')
        if type(total) not in (int, float) or not math.isfinite(total) or total < 0:
            raise UserError(self.env._("Show the customer the price before they sign."))
        return order._accept_price(
            self._encode(self._read_signature(payload, 'image')),
            self._read_text(payload, 'signed_by') or order.partner_id.name, total, moment)

    def _on_mobile_refuse(self, order, payload, moment):
        self._ensure_unit(order)
        order._refuse_price(self._read_text(
            payload, 'reason', self.env._("Write why the customer refuses the price.")))

    def _on_mobile_collect(self, order, payload, moment):
        self._ensure_unit(order)
        order._collect(
            payload.get('amount'), payload.get('journal_id'), self._read_text(payload, 'receipt'))

    def _read_quantity(self, payload, name, demand):
        value = payload.get(name)
        if type(value) not in (int, float) or not 0 < value < 10_000:
            raise UserError(demand)
        return value
