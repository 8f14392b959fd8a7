from odoo import models

from ...tools.warranty import COMPONENT


class AftersalesOrder(models.Model):
    """The money of an order as the technician's phone shows it."""

    _inherit = 'aftersales.order'

    def _ensure_price_changes(self):
        """Refuse further labour once the work of the unit is done."""
        self._refuse_where(
            lambda order: order.date_done or order.is_closed,
            self.env._(
                "The work is done; its price stays, but the desk can correct the invoice"))

    def _get_mobile_context(self):
        """Price what the phones may offer once for all orders that pay the same prices."""
        shared = super()._get_mobile_context()
        services = {company: self._get_labour_products(company) for company in self.company_id}
        open_orders = self.filtered(lambda order: not order.date_done and not order.is_closed)
        shared['price_terms'] = terms = {
            order: order._get_price_terms() for order in open_orders}
        products = dict.fromkeys(terms.values(), self.env['product.product'])
        for order, key in terms.items():
            parts = [part['id'] for part in shared['parts'].get(order, [])]
            products[key] |= (
                services[order.company_id] | order.labour_ids.product_id
                | order.part_ids.product_id | self.env['product.product'].browse(parts))
        shared['unit_prices'] = {
            key: self._compute_unit_prices(found, key) for key, found in products.items()}
        shared['services'] = services
        return shared

    def _prepare_mobile_order(self, shared):
        # asked for by the technician of the visit, see _get_mobile_jobs
        data = super()._prepare_mobile_order(shared)
        due = self._get_amount_due()
        is_reported = self.collection_mode == 'outlet' and self.date_reported
        units = shared['unit_prices'].get(shared['price_terms'].get(self), {})
        data |= {
            'can_send_code': self.env['aftersales.notifier']._is_notified('completion_code'),
            'can_quote': self._has_unquoted_charges() and not self.date_done,
            # the phone opens it by its own session: the key of the sale is the customer's
            'has_quotation': bool(self._get_open_offers()),
            'is_charged': self.charge_kind == 'paid',
            'is_price_refused': self._is_price_refused(),
            'refusal_count': len(self.sale_order_ids.filtered(
                lambda sale: sale.state == 'cancel')),
            'accepted_total': self._get_accepted_total(),
            'price_lines': self._get_price_lines(units),
            'labour': [labour._prepare_mobile_labour() for labour in self.labour_ids],
            'labour_choices': self._prepare_price_choices(
                shared['services'][self.company_id], units) if units else [],
            'currency': {
                'symbol': self.currency_id.symbol, 'position': self.currency_id.position,
                'digits': self.currency_id.decimal_places},
            'needs_price': self.company_id.aftersales_needs_price and self.type_id.is_repair,
            'pays_later': self.company_id.aftersales_pay_later,
            'can_collect': self._can_collect(),
            'amount_due': due if self._is_collectable() and not is_reported else 0.0,
            'amount_due_label': self.currency_id.format(due),
            'pay_methods': [] if self.collection_mode == 'outlet' else [
                [journal.id, journal.name] for journal in self._get_payment_journals()],
            'is_outlet_paid': self.collection_mode == 'outlet',
        }
        parts = self.env['product.product'].browse(
            part['id'] for part in data['part_choices']).filtered(lambda part: part in units)
        prices = {choice['id']: choice for choice in self._prepare_price_choices(
            parts, units, COMPONENT)}
        data['part_choices'] = [
            {**part, **prices.get(part['id'], {})} for part in data['part_choices']]
        return data

    def _has_unquoted_charges(self):
        """Whether the customer pays for something that is on no quotation yet."""
        self.ensure_one()
        return bool(
            self._get_unquoted_moves().filtered(lambda move: not move.is_aftersales_covered)
            or self._get_unquoted_labour().filtered(lambda labour: not labour.is_covered))

    def _is_price_refused(self):
        """Whether the last answer of the customer was no, and something is still to be paid."""
        self.ensure_one()
        return self.sale_order_ids.sorted('id')[-1:].state == 'cancel' and (
            self._has_unquoted_charges())

    def _get_accepted_total(self):
        """Return what the customer agreed to pay, also where only the payment is missing."""
        self.ensure_one()
        sales = self._get_agreed_sales()
        return sum(sale.aftersales_accepted_total if sale.state == 'sale' else sale.amount_total
                   for sale in sales)

    def _can_collect(self):
        """Whether technicians take the money of this order at all."""
        self.ensure_one()
        return bool(self.collection_mode == 'outlet' or self._get_payment_journals())

    def _is_collectable(self):
        """Whether money can be taken now: once the customer accepted the price."""
        self.ensure_one()
        return self._can_collect() and bool(self.date_done or self._get_agreed_sales())
