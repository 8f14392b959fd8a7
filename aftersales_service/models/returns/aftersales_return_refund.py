from odoo import api, fields, models
from odoo.tools import clean_context


class AftersalesReturn(models.Model):
    """What the customer gets back: core's credit notes, left as drafts for the accountant."""

    _inherit = 'aftersales.return'

    refund_ids = fields.Many2many(
        'account.move', string="Credit Notes", readonly=True, copy=False,
        groups='account.group_account_invoice,account.group_account_readonly', protected=True)
    refund_id = fields.Many2one(
        'account.move', string="Credit Note", readonly=True, copy=False,
        index='btree_not_null',
        groups='account.group_account_invoice,account.group_account_readonly', protected=True)
    refund_count = fields.Integer(
        string="Number of Credit Notes", compute='_compute_refund_count', compute_sudo=True)
    amount_price = fields.Monetary(
        string="Price Paid", compute='_compute_amounts', store=True, protected=True)
    amount_charge = fields.Monetary(
        string="Fees and Charges", compute='_compute_amounts', store=True, protected=True)
    amount_refund = fields.Monetary(
        string="Refund", compute='_compute_amounts', store=True, protected=True)

    @api.depends('refund_ids')
    def _compute_refund_count(self):
        for record in self:
            record.refund_count = len(record.refund_ids)

    @api.depends('line_ids.price_unit', 'line_ids.quantity', 'line_ids.fee',
                 'line_ids.restocking_charge', 'line_ids.refund_amount')
    def _compute_amounts(self):
        for record in self:
            lines = record.line_ids
            record.amount_price = sum(line.price_unit * line.quantity for line in lines)
            record.amount_charge = sum(line.fee + line.restocking_charge for line in lines)
            record.amount_refund = sum(lines.mapped('refund_amount'))

    def action_view_refunds(self):
        """Show the credit notes of these returns."""
        return self.refund_ids._get_records_action(name=self.env._("Credit Notes"))

    # === RULES === #

    def _create_refunds(self):
        """Draft a credit note for each invoice by which the goods were sold, in one call.

        Goods whose sale is not known get a credit note of their own. What was never invoiced
        needs none: it was taken off the sale, so it is not invoiced any more.
        """
        vals_list, owners = [], []
        for record in self:
            record = record._in_customer_language()
            due = record.line_ids.filtered(lambda line: line.refund_amount > 0)
            for key, lines in due.grouped(lambda line: line._get_refund_key()).items():
                vals_list.append(record._prepare_refund_vals(key[0], lines))
                owners.append((record, lines))
        # the amounts were checked line by line; the desk and warehouse own no invoices
        refunds = self.env['account.move'].sudo().with_context(
            clean_context(self.env.context)).create(vals_list)
        for (record, lines), refund in zip(owners, refunds, strict=True):
            record._keep_refund(refund, lines)

    def _keep_refund(self, refund, lines):
        """Link the credit note of lines that share a key."""
        self.refund_ids += refund
        self.refund_id = self.refund_id or refund

    def _prepare_refund_vals(self, invoice, lines):
        """Return the values of a credit note; to the maker, of the bill's kind."""
        self.ensure_one()
        return {
            **invoice._prepare_aftersales_credit_vals(self.partner_id, self.currency_id),
            'move_type': 'in_refund' if self.kind == 'vendor' else 'out_refund',
            'company_id': self.company_id.id,
            'invoice_origin': self.name,
            'ref': self.rma or self.name,
            'invoice_line_ids': [
                fields.Command.create(vals)
                for line in lines for vals in line._prepare_refund_lines()],
        }


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
        """Return what lines on one credit note share: the invoice first."""
        return (self._get_invoice_line().move_id,)

    def _get_credited_quantity(self):
        self.ensure_one()
        return self.quantity_received - self.quantity_uninvoiced

    def _get_price_paid(self):
        """Return what a unit was invoiced at, taxes included, in the company's currency.

        Before it is invoiced, what it was sold at; of a new unit, what the old one had cost.
        """
        self.ensure_one()
        # the price that he paid is no secret to whoever takes the customer's return
        line = self.sudo()
        sold, invoiced = line.sale_line_id, line._get_invoice_line()
        if sold.aftersales_return_line_id:
            return sold.aftersales_return_line_id.price_unit
        if invoiced.quantity:
            price, day = invoiced.price_total / invoiced.quantity, invoiced.move_id.invoice_date
            currency, unit = invoiced.currency_id, invoiced.product_uom_id
        else:
            price, day = sold.price_reduce_taxinc, sold.order_id.date_order.date()
            currency, unit = sold.currency_id, sold.product_uom_id
        return currency._convert(
            unit._compute_price(price, sold.product_id.uom_id), line.company_id.currency_id,
            line.company_id, day)

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

    def _get_deductions(self, kept, quantity):
        """Return ``(name, amount)`` of what is kept back for ``quantity``, ``kept`` in all."""
        amounts, share = [], quantity / self.quantity
        for name, amount in (
                (self.env._("Fee for use, %(article)s", article=self.article or ''), self.fee),
                (self.env._("Restocking charge"), self.restocking_charge)):
            part = min(self.currency_id.round(amount * share), kept)
            kept -= part
            amounts.append((name, part))
        amounts.append((self.env._("Other deduction"), self.currency_id.round(kept)))
        return [(name, amount) for name, amount in amounts if amount > 0]
