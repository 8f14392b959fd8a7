from odoo import fields, models


class AftersalesDeliveryDamage(models.Model):
    """What follows from a decision: an allowance by a credit note."""

    _inherit = 'aftersales.delivery.damage'

    has_credit = fields.Boolean(string="Allowance Credited")

    # === ACTIONS === #

    def action_credit_allowance(self):
        """Draft the credit notes over the allowances, for the accountant to post."""
        self.check_access('write')
        self._ensure_may_decide()
        self._ensure_decided_on('allowance')
        self._ensure_not_credited()
        self._create_credits()

    # === RULES === #

    def _ensure_reported(self):
        """Refuse to reopen a decision that was carried out."""
        result = super()._ensure_reported()
        decided = self.filtered(lambda damage: damage.state == 'decided')
        decided._ensure_not_credited()
        return result

    def _ensure_not_credited(self):
        self._refuse_where('has_credit', self.env._(
            "The allowance was credited already; open its credit note"))

    def _ensure_decided_on(self, proposal):
        """Refuse what was not decided, or decided otherwise."""
        self._refuse_where(
            lambda damage: damage.state not in ('decided', 'settled')
            or damage.proposal != proposal,
            self.env._("This remedy was not decided; decide on it first"))

    def _prepare_credit_vals(self):
        """Return a credit note over the allowance, to the invoice of the goods if there is one.

        The allowance is what the customer gets, tax included, in the company's currency;
        it is credited in the currency of the payment, by the rate of that day.
        """
        self.ensure_one()
        sale_line = self.order_id.warranty_id.sale_line_id
        sold = sale_line._get_aftersales_invoice_line()
        currency = sold.currency_id or sale_line.currency_id or self.currency_id
        allowance = self.currency_id._convert(
            self.allowance, currency, self.company_id, fields.Date.to_date(
                sold.move_id.invoice_date or sale_line.order_id.date_order or self.date_decided))
        return {
            **sold.move_id._prepare_aftersales_credit_vals(self.partner_id, currency),
            'move_type': 'out_refund', 'company_id': self.company_id.id,
            'invoice_origin': self.name, 'ref': self.name,
            'invoice_line_ids': [fields.Command.create({
                'name': self.env._(
                    "%(product)s, damage on delivery %(damage)s",
                    product=self.product_id.display_name, damage=self.name),
                'quantity': 1.0,
                'price_unit': sold.tax_ids._get_aftersales_price_unit(allowance, currency),
                'tax_ids': [fields.Command.set(sold.tax_ids.ids)],
                **({'account_id': sold.account_id.id} if sold else {})})]}
