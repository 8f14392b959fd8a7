from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .aftersales_appraisal import APPROVER

CREDITED_REMEDIES = ('refund', 'exchange')


class AftersalesAppraisal(models.Model):
    """The shop's money: it refunds or exchanges, and the maker credits it for that.

    Where we are the maker, the credit is core's credit note, left as a draft for the
    accountant.
    """

    _inherit = 'aftersales.appraisal'

    credit_id = fields.Many2one(
        'account.move', string="Credit Note", readonly=True, copy=False,
        index='btree_not_null',
        groups='account.group_account_invoice,account.group_account_readonly')
    has_credit = fields.Boolean(
        string="Shop Credited", compute='_compute_has_credit', compute_sudo=True)

    @api.depends('credit_id.state')
    def _compute_has_credit(self):
        for sheet in self:
            sheet.has_credit = bool(sheet.credit_id) and sheet.credit_id.state != 'cancel'

    # === ACTIONS === #

    def action_credit_shop(self):
        """Draft the credit notes for the shops that refunded or exchanged these units."""
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("Team leads credit a shop."))
        for sheet in self:
            sheet._ensure_creditable()
        # whether it is owed was checked; team leads own no invoices
        sheets = self.sudo()
        credits = self.env['account.move'].sudo().create(
            [sheet._prepare_credit_vals() for sheet in sheets])
        for sheet, credit in zip(sheets, credits, strict=True):
            sheet.credit_id = credit
            sheet._message_log(body=self.env._(
                "Credit note drafted for %(shop)s.", shop=sheet.payer_id.display_name))

    def action_view_credit(self):
        """Show the credit notes of these sheets."""
        return self.credit_id._get_records_action(name=self.env._("Credit Notes"))

    # === RULES === #

    def _ensure_creditable(self):
        """Refuse what was not decided, is not ours to bear, or was credited already."""
        self.ensure_one()
        sheet = self.sudo()
        ours = sheet.company_id.partner_id
        if sheet.state != 'issued' or sheet.remedy not in CREDITED_REMEDIES:
            message = self.env._("Only an issued refund or exchange is credited")
        elif not sheet.payer_id or sheet.payer_id.commercial_partner_id == ours:
            message = self.env._("Say which shop refunds the customer")
        elif sheet.creditor_id and sheet.creditor_id.commercial_partner_id != ours:
            message = self.env._(
                "%(maker)s credits the shop, not we", maker=sheet.creditor_id.display_name)
        elif sheet.responsibility == 'shop':
            message = self.env._("The shop answers for the fault itself")
        elif sheet.has_credit or sheet._get_other_credits():
            message = self.env._("The shop was credited for this unit already")
        else:
            return
        raise UserError(self.env._("%(message)s: %(sheet)s", message=message, sheet=sheet.name))

    def _get_other_credits(self):
        """Return other sheets by which the shop was credited for the same unit."""
        self.ensure_one()
        return self.search([
            ('warranty_id', '=', self.warranty_id.id), ('id', '!=', self.id),
            ('credit_id.state', 'in', ('draft', 'posted')),
            ('payer_id', 'child_of', self.payer_id.commercial_partner_id.ids)], limit=1)

    def _prepare_credit_vals(self):
        """Return the credit note: by the shop's invoice, else over what the customer got."""
        self.ensure_one()
        sold = self._get_shop_invoice_line()
        invoice = sold.move_id
        as_invoiced = {
            'partner_id': invoice.partner_id.id, 'currency_id': invoice.currency_id.id,
            'journal_id': invoice.journal_id.id,
            'fiscal_position_id': invoice.fiscal_position_id.id,
            'reversed_entry_id': invoice.id,
        } if invoice else {
            'partner_id': self.payer_id.id, 'currency_id': self.currency_id.id}
        return {
            **as_invoiced, 'move_type': 'out_refund', 'company_id': self.company_id.id,
            'invoice_origin': self.name, 'ref': self.name,
            'invoice_line_ids': [fields.Command.create(self._prepare_credit_line_vals(sold))]}

    def _get_shop_invoice_line(self):
        """Return the posted line by which the shop was invoiced for the unit, if it was."""
        shop = self.payer_id.commercial_partner_id
        return self.warranty_id.sale_line_id.invoice_lines.filtered(
            lambda line: line.move_id.state == 'posted'
            and line.move_id.move_type == 'out_invoice'
            and line.move_id.commercial_partner_id == shop).sorted('id')[-1:]

    def _prepare_credit_line_vals(self, sold):
        """Return one unit at the price the shop paid, else at what the customer got back."""
        card = self.warranty_id
        product = card.product_id.with_company(self.company_id)
        vals = {
            'product_id': product.id, 'quantity': 1.0,
            'name': self.env._(
                "%(product)s %(unit)s, appraisal sheet %(sheet)s", product=product.display_name,
                unit=card.serial or card.name, sheet=self.name)}
        if sold:
            return vals | {
                'quantity': product.uom_id._compute_quantity(1.0, sold.product_uom_id),
                'product_uom_id': sold.product_uom_id.id, 'price_unit': sold.price_unit,
                'discount': sold.discount, 'account_id': sold.account_id.id,
                'tax_ids': [fields.Command.set(sold.tax_ids.ids)]}
        paid = self.refund or card.price
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        total = taxes.compute_all(paid, self.currency_id, product=product)
        factor = paid / total['total_included'] if total['total_included'] else 1.0
        return vals | {
            'price_unit': paid * factor, 'tax_ids': [fields.Command.set(taxes.ids)]}
