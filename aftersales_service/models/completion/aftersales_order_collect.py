from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesOrder(models.Model):
    """The money that a technician takes at the customer's.

    ``_collect`` is the one way for it, from the desk and from the phone: it asks for no
    accounting rights, but checks the order, the journal, the amount and the receipt.
    """

    _inherit = 'aftersales.order'

    # === ACTIONS === #

    def action_collect(self):
        """Ask what was taken from the customer."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Payment on Site"),
            'res_model': 'aftersales.collection',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_order_id': self.id},
        }

    # === RULES === #

    def _collect(self, amount, journal_id=None, receipt=None):
        """Book a payment for our company, or note what the outlet took for itself.

        :param journal_id: one of ``_get_payment_journals``; not for the outlet's money
        :param receipt: number of the paper that the customer got
        """
        self.ensure_one()
        self.check_access('write')
        self._ensure_collectable(amount)
        if self.sudo().outlet_id.collection_mode == 'outlet':
            return self._report_amount(amount)
        return self._register_payment(amount, journal_id, (receipt or '').strip())

    def _ensure_collectable(self, amount):
        if type(amount) not in (int, float) or not 0 < amount < float('inf'):
            raise UserError(self.env._(
                "The amount that was taken must be positive: enter what the customer paid."))

    def _report_amount(self, amount):
        """Note what the outlet took from the customer, who and when: for audit only."""
        # the right to write the order was checked by _collect
        self.sudo().write({
            'reported_amount': amount,
            'reported_user_id': self.env.uid,
            'date_reported': fields.Datetime.now(),
        })
        self._message_log(body=self.env._(
            "The outlet reports that it took %(amount)s.",
            amount=self.currency_id.format(amount)))

    def _register_payment(self, amount, journal_id, receipt):
        """Book a payment of the customer and settle the order's invoices with it."""
        # the right to write the order was checked by _collect; what a technician without
        # accounting rights may book is checked here
        order = self.sudo().with_company(self.sudo().company_id)
        journal = order._get_payment_journals().filtered(
            lambda journal: journal.id == journal_id)
        if not journal:
            raise UserError(self.env._("Choose how the customer paid."))
        order._ensure_receipt_unused(receipt)
        invoices = order._get_invoices_to_pay(amount)
        due = sum(invoices.mapped('amount_residual'))
        if order.currency_id.compare_amounts(amount, due) > 0:
            raise UserError(self.env._(
                "The customer owes %(due)s for this order, not more: enter that amount or less.",
                due=order.currency_id.format(due)))
        register = self.env['account.payment.register'].sudo().with_context(
            active_model='account.move', active_ids=invoices.ids).create({
                'journal_id': journal.id,
                'amount': amount,
                'group_payment': True,
                'communication': f'{order.name} · {receipt}',
            })
        payments = register._create_payments()
        try:
            with self.env.cr.savepoint():
                payments.sudo().write({
                    'aftersales_order_id': order.id,
                    'aftersales_collector_id': self.env.uid,
                    'aftersales_receipt': receipt,
                })
        except UniqueViolation as error:  # a colleague typed the number at the same moment
            raise UserError(self.env._(
                "Receipt %(receipt)s stands on another payment already.",
                receipt=receipt)) from error
        self._message_log(body=self.env._(
            "%(amount)s paid on site, receipt %(receipt)s.",
            amount=order.currency_id.format(amount), receipt=receipt))
        return payments

    def _ensure_receipt_unused(self, receipt):
        """A receipt is given once: its number guards against booking a payment twice."""
        if not receipt:
            raise UserError(self.env._("Type the number of the receipt that the customer got."))
        used = self.env['account.payment'].search([
            ('aftersales_receipt', '=', receipt), ('company_id', '=', self.company_id.id),
            ('state', 'not in', ('canceled', 'rejected'))], limit=1)
        if used:
            raise UserError(self.env._(
                "Receipt %(receipt)s stands on the payment of %(order)s already: check the "
                "number.",
                receipt=receipt, order=used.aftersales_order_id.name or used.name))

    def _get_payment_journals(self):
        """Return where payments for this order may be booked: the outlet's, else ours."""
        self.ensure_one()
        order = self.sudo()  # how one may pay is no secret to readers of the order
        journals = (order.outlet_id.payment_journal_ids
                    or order.company_id.aftersales_payment_journal_ids)
        return journals.filtered(
            lambda journal: journal.company_id in order.company_id.parent_ids)

    def _get_invoices_to_pay(self, amount):
        """Return the open invoices of the accepted quotations; make them if there are none.

        Before the work is done it is not known what is to be invoiced: then ``amount`` is a
        down payment, which core takes off the invoice at the end. So it is where a price was
        raised without the customer's yes: at most what they accepted.
        """
        self._confirm_signed_offers()
        if self._is_paid_off():
            raise UserError(self.env._(
                "There is nothing to pay for order %(order)s: take no money for "
                "it.", order=self.name))
        sales = self.sale_order_ids.filtered(lambda sale: sale.state == 'sale')
        invoices = self._get_open_invoices(sales)
        if not invoices:
            if not sales:
                raise UserError(self.env._(
                    "Order %(order)s has no quotation that the customer accepted: let them accept "
                    "the price first.",
                    order=self.name))
            if self.date_done and not any(sale._is_raised() for sale in sales):
                self._invoice_drafts(sales).action_post()
            else:
                self._invoice_down_payments(sales, amount).action_post()
            invoices = self._get_open_invoices(sales)
        if not invoices:
            raise UserError(self.env._(
                "There is nothing to pay for order %(order)s: take no money for "
                "it.", order=self.name))
        return invoices

    def _confirm_signed_offers(self):
        """Confirm what the customer signed on its page, where only the payment was missing."""
        for sale in self._get_open_offers().filtered('signature'):
            sale._validate_order()

    def _invoice_down_payments(self, sales, amount):
        """Return draft down payment invoices over ``amount``, at most over what is owed."""
        due = self._get_amount_due()
        if self.currency_id.compare_amounts(amount, due) > 0:
            raise UserError(self.env._(
                "The customer owes %(due)s for this order, not more: enter that amount or less.",
                due=self.currency_id.format(due)))
        invoices = self.env['account.move']
        for sale in sales:
            share = min(amount, sale._get_uninvoiced_amount(self.date_done))
            if self.currency_id.compare_amounts(share, 0.0) > 0:
                wizard = self.env['sale.advance.payment.inv'].with_context(
                    active_model='sale.order', active_ids=sale.ids).create(
                    {'advance_payment_method': 'fixed', 'fixed_amount': share})
                invoices |= wizard._create_invoices(sale)
                amount -= share
        return invoices.sudo()

    def _invoice_drafts(self, sales):
        """Return the draft invoices of ``sales``, with what was not invoiced yet."""
        to_invoice = sales.filtered(lambda sale: sale.invoice_status == 'to invoice')
        if to_invoice:
            to_invoice._create_invoices(final=True)  # less what was paid down
        return sales.invoice_ids.filtered(
            lambda invoice: invoice.state == 'draft' and invoice.move_type == 'out_invoice')

    def _get_open_invoices(self, sales):
        return sales.invoice_ids.filtered(
            lambda invoice: invoice.state == 'posted' and invoice.move_type == 'out_invoice'
            and invoice.amount_residual > 0)

    def _get_amount_due(self):
        """Return what the customer still owes by accepted quotations, invoiced or not."""
        self.ensure_one()
        # as for the sheet's prices: shown to all who may read the order
        sales = self.sudo()._get_agreed_sales()
        invoices = self._get_open_invoices(sales)
        return sum(invoices.mapped('amount_residual')) + sum(
            sale._get_uninvoiced_amount(self.date_done) for sale in sales)
