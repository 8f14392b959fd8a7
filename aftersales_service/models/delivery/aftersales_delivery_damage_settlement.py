from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesDeliveryDamage(models.Model):
    """What follows from a decision: an exchange by a return, an allowance by a credit note."""

    _inherit = 'aftersales.delivery.damage'

    credit_id = fields.Many2one(
        'account.move', string="Credit Note", readonly=True, copy=False,
        index='btree_not_null',
        groups='account.group_account_invoice,account.group_account_readonly')
    has_credit = fields.Boolean(
        string="Allowance Credited", compute='_compute_has_credit', compute_sudo=True)

    @api.depends('credit_id.state')
    def _compute_has_credit(self):
        for damage in self:
            damage.has_credit = bool(damage.credit_id) and damage.credit_id.state != 'cancel'

    # === ACTIONS === #

    def action_exchange(self):
        """Take the damaged goods back for sound ones, by a return of the service order."""
        self.ensure_one()
        self._ensure_decided_on('exchange')
        action = self.env['aftersales.return']._get_start_action(self.order_id)
        return action | {'context': action['context'] | {
            'default_kind': 'exchange', 'default_description': self.description}}

    def action_credit_allowance(self):
        """Draft the credit notes over the allowances, for the accountant to post."""
        self.check_access('write')
        self._ensure_may_decide()
        self._ensure_decided_on('allowance')
        self._ensure_not_credited()
        # who decides was checked; team leads own no invoices
        damages = self.sudo()
        credits = self.env['account.move'].sudo().create(
            [damage._prepare_credit_vals() for damage in damages])
        for damage, credit in zip(damages, credits, strict=True):
            damage.credit_id = credit

    def action_decide_anew(self):
        self._ensure_not_credited()
        return super().action_decide_anew()

    # === RULES === #

    @api.model
    def _get_typed_never(self):
        return super()._get_typed_never() | {'credit_id'}

    def _ensure_not_credited(self):
        credited = self.filtered('has_credit')
        if credited:
            raise UserError(self.env._(
                "The allowance was credited already: %(damages)s",
                damages=", ".join(credited.mapped('name'))))

    def _ensure_decided_on(self, proposal):
        """Refuse what was not decided, or decided otherwise."""
        others = self.filtered(
            lambda damage: damage.state not in ('decided', 'settled')
            or damage.proposal != proposal)
        if others:
            raise UserError(self.env._(
                "This was not decided for: %(damages)s",
                damages=", ".join(others.mapped('name'))))

    def _prepare_credit_vals(self):
        """Return a credit note over the allowance, to the invoice of the goods if there is one."""
        self.ensure_one()
        sold = self.order_id.warranty_id.sale_line_id.invoice_lines.filtered(
            lambda line: line.move_id.state == 'posted'
            and line.move_id.move_type == 'out_invoice').sorted('id')[-1:]
        invoice = sold.move_id
        taxes = sold.tax_ids
        # the allowance is what the customer gets, tax included
        total = taxes.compute_all(self.allowance, invoice.currency_id or self.currency_id)
        factor = self.allowance / total['total_included'] if total['total_included'] else 1.0
        return {
            'move_type': 'out_refund', 'company_id': self.company_id.id,
            'partner_id': (invoice.partner_id or self.partner_id).id,
            'reversed_entry_id': invoice.id, 'invoice_origin': self.name, 'ref': self.name,
            'invoice_line_ids': [fields.Command.create({
                'name': self.env._(
                    "%(product)s, damage on delivery %(damage)s",
                    product=self.product_id.display_name, damage=self.name),
                'quantity': 1.0, 'price_unit': self.allowance * factor,
                'tax_ids': [fields.Command.set(taxes.ids)],
                **({'account_id': sold.account_id.id} if sold else {})})]}
