from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..base.roles import TEAM_LEAD

CREDITED_REMEDIES = ('refund', 'exchange')


class AftersalesAppraisal(models.Model):
    """The shop's money: it refunds or exchanges, and the maker credits it for that.

    Where we are the maker, the credit is core's credit note, left as a draft for the
    accountant.
    """

    _inherit = 'aftersales.appraisal'

    has_credit = fields.Boolean(string="Shop Credited")
    credited_shop_id = fields.Many2one(
        'res.partner', readonly=True, copy=False, index='btree_not_null', protected=True,
        groups='base.group_user',
        help="The shop that holds a credit for the unit: a second one is refused, also where "
             "two users credit at once.")

    _credited_uniq = models.UniqueIndex(
        '(warranty_id, credited_shop_id) WHERE credited_shop_id IS NOT NULL',
        "The shop was credited for this unit already.")

    # === ACTIONS === #

    def action_credit_shop(self):
        """Draft the credit notes for the shops that refunded or exchanged these units."""
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only team leads can credit a shop: ask one to credit it."))
        for sheet in self:
            sheet._ensure_creditable()
        self._ensure_units_once()
        self._create_credits()
        # the shop's name is part of the sheet, which the lead may write
        self._message_log_batch({sheet.id: self.env._(
            "Credit note drafted for %(shop)s.", shop=sheet.payer_id.display_name)
            for sheet in self.sudo()})

    # === RULES === #

    def _ensure_creditable(self):
        """Refuse sheets that were not decided, or for which another company pays."""
        self.ensure_one()
        sheet = self.sudo()
        ours = sheet.company_id.partner_id
        if sheet.state != 'issued' or sheet.remedy not in CREDITED_REMEDIES:
            message = self.env._("Only an issued refund or exchange is credited")
        elif not sheet.payer_id or sheet.payer_id.commercial_partner_id == ours:
            message = self.env._("Enter the shop that refunds the customer")
        elif sheet.creditor_id and sheet.creditor_id.commercial_partner_id != ours:
            message = self.env._(
                "%(maker)s credits the shop, not this "
                "company", maker=sheet.creditor_id.display_name)
        elif sheet.responsibility == 'shop':
            message = self.env._("The shop answers for the fault itself")
        else:
            return
        raise UserError(self.env._("%(message)s: %(sheet)s", message=message, sheet=sheet.name))

    def _ensure_units_once(self):
        """Refuse to credit a shop twice for a unit: by another sheet, or by two of these."""
        # sheets that the user may not read count too; the message names their number only
        sheets = self.sudo()
        others = sheets.search([
            ('warranty_id', 'in', sheets.warranty_id.ids),
            ('credit_id.state', 'in', ('draft', 'posted'))])
        credited = {sheet._get_shop_and_unit() for sheet in others}
        # a credit that was cancelled or deleted counts for nothing
        sheets.search([
            ('warranty_id', 'in', sheets.warranty_id.ids), ('credited_shop_id', '!=', False),
            ('id', 'not in', others.ids)]).credited_shop_id = False
        for sheet in sheets:
            key = sheet._get_shop_and_unit()
            if key in credited:
                raise UserError(self.env._(
                    "The shop was credited for this unit already: %(sheet)s",
                    sheet=sheet.name))
            credited.add(key)

    def _create_credits(self):
        # action_credit_shop checked the right to credit
        for sheet in self.sudo():
            sheet.credited_shop_id = sheet.payer_id.commercial_partner_id
        return super()._create_credits()

    def _get_shop_and_unit(self):
        """Return what is credited once: a shop and the card of a unit."""
        self.ensure_one()
        return self.payer_id.commercial_partner_id, self.warranty_id

    def _prepare_credit_vals(self):
        """Return the credit note: by the shop's invoice, else over what the customer got."""
        self.ensure_one()
        sold = self._get_shop_invoice_line()
        return {
            **sold.move_id._prepare_aftersales_credit_vals(self.payer_id, self.currency_id),
            'move_type': 'out_refund', 'company_id': self.company_id.id,
            'invoice_origin': self.name, 'ref': self.name,
            'invoice_line_ids': [fields.Command.create(self._prepare_credit_line_vals(sold))]}

    def _get_shop_invoice_line(self):
        """Return the posted line by which the shop was invoiced for the unit, if it was."""
        shop = self.payer_id.commercial_partner_id
        return self.warranty_id.sale_line_id._get_aftersales_invoice_line(
            lambda line: line.move_id.commercial_partner_id == shop)

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
            sale_line = card.sale_line_id
            part = sale_line._get_component_share(card.product_id) if (
                sale_line._is_component(card.product_id)) else None
            if part is not None:  # a component is worth a part of the kit
                return vals | {
                    'product_uom_id': sold.product_uom_id.id,
                    'price_unit': sold.price_unit * part, 'discount': sold.discount,
                    'account_id': sold.account_id.id,
                    'tax_ids': [fields.Command.set(sold.tax_ids.ids)]}
            return vals | {
                'quantity': product.uom_id._compute_quantity(1.0, sold.product_uom_id),
                'product_uom_id': sold.product_uom_id.id, 'price_unit': sold.price_unit,
                'discount': sold.discount, 'account_id': sold.account_id.id,
                'tax_ids': [fields.Command.set(sold.tax_ids.ids)]}
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return vals | {
            'price_unit': taxes._get_aftersales_price_unit(
                self.refund or card.price, self.currency_id, product),
            'tax_ids': [fields.Command.set(taxes.ids)]}
