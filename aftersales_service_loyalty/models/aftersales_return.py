from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesReturn(models.Model):
    """Coupons: a gift card, or the customer's eWallet, holds what the goods were worth.

    The credit note of the goods sells the customer the card in the same breath, by the
    product that sells cards of the programme: nothing is owed in money, and what the books
    owe for cards is what the cards hold.
    """

    _inherit = 'aftersales.return'

    coupon_id = fields.Many2one(
        'loyalty.card', readonly=True, copy=False, index='btree_not_null',
        groups='sales_team.group_sale_salesman', protected=True)
    coupon_value = fields.Monetary(
        readonly=True, copy=False, help="What the coupon was given for.", protected=True)

    def action_view_coupon(self):
        """Show the coupons of these returns."""
        return self.coupon_id._get_records_action(name=self.env._("Coupons"))

    # === RULES === #

    def _ensure_settled(self):
        """Refuse coupons that have no programme, and those for goods that are not paid."""
        result = super()._ensure_settled()
        for line in self.line_ids.filtered(
                lambda line: line.settlement == 'coupon' and line._is_taken_back()):
            if objection := line._get_coupon_objection() or line._get_payment_objection():
                raise UserError(self.env._(
                    "%(number)s cannot be settled: %(reason)s", number=line.return_id.name,
                    reason=objection))
        return result

    def _create_refunds(self):
        result = super()._create_refunds()
        for record in self.filtered('coupon_value'):
            record._in_customer_language()._issue_coupon()
        return result

    def _keep_refund(self, refund, lines):
        result = super()._keep_refund(refund, lines)
        if 'coupon' in lines.mapped('settlement'):
            self._balance_by_coupon(refund)
        return result

    def _balance_by_coupon(self, refund):
        """Sell the customer a coupon for all that a credit note owes, and post it.

        The coupon is the customer's from now on: what stands against it cannot stay a draft.
        """
        program = self.company_id.aftersales_coupon_program_id
        value = refund.amount_total
        refund.invoice_line_ids = [fields.Command.create({
            'product_id': program.trigger_product_ids[:1].id, 'name': program.name,
            'quantity': 1.0, 'price_unit': -value, 'tax_ids': [fields.Command.clear()]})]
        if not refund.currency_id.is_zero(refund.amount_total):
            raise UserError(self.env._(
                "The credit note of %(number)s cannot be balanced by a coupon.",
                number=self.name))
        refund.action_post()
        self.coupon_value += refund.currency_id._convert(
            value, self.currency_id, self.company_id, refund.date)

    def _issue_coupon(self):
        """Give the customer a card of the value, or put it on the customer's eWallet."""
        self.ensure_one()
        program = self.company_id.aftersales_coupon_program_id
        card = program.program_type == 'ewallet' and program.coupon_ids.search([
            ('program_id', '=', program.id), ('partner_id', '=', self.partner_id.id)], limit=1)
        if card:
            card.points += self.coupon_value
        else:
            # core sends the mail of the programme, if it has one
            card = self.env['loyalty.card'].create({
                'program_id': program.id, 'partner_id': self.partner_id.id,
                'points': self.coupon_value, 'expiration_date': program.date_to})
        self.coupon_id = card
        self.env['loyalty.history'].create({
            'card_id': card.id, 'issued': self.coupon_value,
            'description': self.env._("Return %(name)s", name=self.name),
            'order_model': self._name, 'order_id': self.id})
