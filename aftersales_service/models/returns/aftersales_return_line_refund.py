from odoo import fields, models
from odoo.tools import float_round


class AftersalesReturnLine(models.Model):
    """How one line is credited: its price, less each charge as a line of its own."""

    _inherit = 'aftersales.return.line'

    def _get_invoice_line(self):
        """Return the posted invoice line by which the goods were sold, the latest one."""
        self.ensure_one()
        if self.return_id.kind == 'vendor':
            return self.env['account.move.line']
        return self._get_paid_sale_line()._get_aftersales_invoice_line()

    def _get_refund_key(self):
        """Return what lines on one credit note share: the invoice first.

        Hook: called by ``_create_refunds``, as superuser in the customer's language, for one line,
        before the credit notes are made. Extend it by ``(*super()…, value)``: lines with other
        values get a credit note of their own. Raises nothing.
        """
        return (self._get_invoice_line().move_id,)

    def _get_credited_quantity(self):
        self.ensure_one()
        return self.quantity_received - self.quantity_uninvoiced

    def _get_price_paid(self):
        """Return what a unit was invoiced at, taxes included, in the company's currency.

        Before it is invoiced, what it was sold at; of a new unit, what the old one had cost;
        of a kit's component, its part of the price of the kit.
        """
        self.ensure_one()
        # those who may read the return may read the price that was paid
        line = self.sudo()
        sold, currency = line.sale_line_id, line.company_id.currency_id
        if sold.aftersales_return_line_id:
            return sold.aftersales_return_line_id.price_unit
        if line.sale_share:
            # rounded down: many small components must not be worth more than their kit
            return float_round(
                line._get_sale_unit_paid() * line.sale_share,
                precision_rounding=currency.rounding, rounding_method='DOWN')
        return currency.round(
            sold.product_uom_id._compute_price(
                line._get_sale_unit_paid(), sold.product_id.uom_id))

    def _get_sale_unit_paid(self):
        """Return what was paid for one unit of the sale line, in its own unit of measure."""
        self.ensure_one()
        line = self.sudo()  # as above
        sold, invoiced = line.sale_line_id, line._get_invoice_line()
        if invoiced.quantity:
            price, day = invoiced.price_total / invoiced.quantity, invoiced.move_id.invoice_date
            price = invoiced.product_uom_id._compute_price(price, sold.product_uom_id)
            currency = invoiced.currency_id
        else:
            price, day = sold.price_reduce_taxinc, sold.order_id.date_order.date()
            currency = sold.currency_id
        return currency._convert(
            price, line.company_id.currency_id, line.company_id, day, round=False)

    def _get_line_price_paid(self):
        """Return what was paid for the whole sale line of these goods, taxes included."""
        self.ensure_one()
        sold = self.sudo().sale_line_id
        quantity = sold._get_gross_quantity()
        if not sold._get_component_moves():
            quantity = max(quantity, sold.qty_delivered)
        if replaced := sold.aftersales_return_line_id:
            return replaced.price_unit * sold.product_uom_id._compute_quantity(
                quantity, sold.product_id.uom_id)
        return self._get_sale_unit_paid() * quantity

    def _prepare_refund_lines(self):
        """Return the goods at their price, then the charges that were kept back."""
        self.ensure_one()
        goods = self._prepare_goods_vals()
        price = self.price_unit * self._get_credited_quantity()
        kept = self.currency_id.round(price - self.refund_amount)
        common = {key: goods[key] for key in ('tax_ids', 'account_id') if key in goods}
        # kept back with the same taxes: their share of the price is that of the goods
        net = goods['price_unit'] * (1 - goods['discount'] / 100) * goods['quantity']
        ratio = net / price if price else 1.0
        return [goods] + [
            {'name': name, 'quantity': 1.0, 'price_unit': -amount * ratio, **common}
            for name, amount in self._get_deductions(kept, self._get_credited_quantity())]

    def _prepare_goods_vals(self):
        """Return the credit line of the goods: as they were invoiced, else by the product."""
        sold = self._get_invoice_line()
        vals = {
            'product_id': self.product_id.id, 'discount': 0.0,
            'product_uom_id': self.uom_id.id, 'quantity': self._get_credited_quantity()}
        if sold:
            if self.sale_share:
                return vals | self._prepare_component_vals(sold)
            unit = self.uom_id
            return vals | {
                'name': sold.name, 'discount': sold.discount,
                'product_uom_id': sold.product_uom_id.id,
                'quantity': unit._compute_quantity(
                    self._get_credited_quantity(), sold.product_uom_id),
                'price_unit': sold.price_unit, 'account_id': sold.account_id.id,
                'tax_ids': [fields.Command.set(sold.tax_ids.ids)],
                'sale_line_ids': [fields.Command.set(self._get_paid_sale_line().ids)]}
        product = self.product_id.with_company(self.company_id)
        taxes = (product.supplier_taxes_id if self.return_id.kind == 'vendor' else
                 product.taxes_id)._filter_taxes_by_company(self.company_id)
        return vals | {
            'name': self.display_name,
            'price_unit': taxes._get_aftersales_price_unit(
                self.price_unit, self.currency_id, product),
            'tax_ids': [fields.Command.set(taxes.ids)]}

    def _prepare_component_vals(self, invoiced):
        """Return the credit of a kit's component: the part that it makes of the kit invoiced.

        The quantity says how much of the kit is credited, so that the sale is invoiced right;
        the price makes up for what the digits of a quantity cannot say.
        """
        sold = self._get_paid_sale_line()
        part = sold.product_uom_id._compute_quantity(
            self._get_credited_quantity() * self.sale_share,
            invoiced.product_uom_id, round=False)
        digits = self.env['decimal.precision'].precision_get('Product Unit')
        quantity = max(float_round(part, precision_digits=digits), 10 ** -digits)
        return {
            'name': self.env._(
                "%(product)s, %(quantity)s of %(kit)s", product=self.product_id.display_name,
                quantity=self._get_credited_quantity(), kit=invoiced.name),
            'discount': invoiced.discount, 'product_uom_id': invoiced.product_uom_id.id,
            'quantity': quantity, 'price_unit': invoiced.price_unit * part / quantity,
            'account_id': invoiced.account_id.id,
            'tax_ids': [fields.Command.set(invoiced.tax_ids.ids)],
            'sale_line_ids': [fields.Command.set(sold.ids)]}

    def _get_deductions(self, kept, quantity):
        """Return ``(name, amount)`` of what is kept back for ``quantity``, ``kept`` in all."""
        amounts, share = [], quantity / self.quantity
        for name, amount in (
                (self.env._("Fee for use, %(article)s", article=self.article or ''), self.fee),
                (self.env._("Restocking charge"), self.restocking_charge),
                (self.env._("Loss of value"), self._get_value_lost())):
            part = min(self.currency_id.round(amount * share), kept)
            kept -= part
            amounts.append((name, part))
        amounts.append((self.env._("Other deduction"), self.currency_id.round(kept)))
        return [(name, amount) for name, amount in amounts if amount > 0]
