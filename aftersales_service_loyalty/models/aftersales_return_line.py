from odoo import api, fields, models


class AftersalesReturnLine(models.Model):
    """Goods whose value the customer gets as a coupon: a refund that is not paid in money."""

    _inherit = 'aftersales.return.line'

    settlement = fields.Selection(
        selection_add=[('refund',), ('coupon', "Coupon")], ondelete={'coupon': 'set refund'})

    @api.model
    def _get_refund_settlements(self):
        return (*super()._get_refund_settlements(), 'coupon')

    def _get_refund_key(self):
        return (*super()._get_refund_key(), self.settlement == 'coupon')

    def _get_authorisation_objection(self):
        if self.settlement == 'coupon' and (objection := self._get_coupon_objection()):
            return objection
        return super()._get_authorisation_objection()

    def _get_coupon_objection(self):
        """Return why no coupon can be given for these goods, in the user's words; else empty."""
        self.ensure_one()
        if self.return_id.kind == 'vendor':
            return self.env._("Coupons are for customers: a maker credits in money.")
        return self.company_id._get_coupon_objection()

    def _get_payment_objection(self):
        """Return why these goods are not paid: a coupon would be given for nothing."""
        self.ensure_one()
        # those who may read the return may read whether it was paid
        line = self.sudo()
        invoice = line._get_invoice_line().move_id
        if line._get_paid_sale_line() and not invoice:
            return self.env._(
                "%(line)s was never invoiced: there is nothing to give a coupon for.",
                line=self.display_name)
        if invoice and invoice.payment_state not in ('paid', 'in_payment'):
            return self.env._(
                "%(line)s is not paid: credit invoice %(invoice)s instead of giving a coupon.",
                line=self.display_name, invoice=invoice.name)
        payer = invoice.commercial_partner_id
        if payer and payer != line.return_id.partner_id.commercial_partner_id:
            return self.env._(
                "%(line)s was invoiced to %(payer)s: a coupon goes to who paid.",
                line=self.display_name, payer=payer.name)
        return ''
