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

        Goods whose sale is not known get a credit note of their own. What was never invoiced needs
        none: it was taken off the sale, so it is not invoiced any more.

        Hook: called by ``_on_settled``, as superuser after the check of the step, for a batch of
        settled returns, after their sales were taken back. Extend it for what follows from all
        credit notes of a return. What it raises undoes the settlement.
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
        """Link the credit note of lines that share a key.

        Hook: called by ``_create_refunds``, as superuser in the customer's language, for one return
        and each of its credit notes, after all were made. Extend it for another way to pay a credit
        note back. What it raises undoes the settlement.
        """
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
