from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

from ..base.roles import TEAM_LEAD


class AftersalesReturn(models.Model):
    """The settlement: money, replacement, warranty card and stock in one transaction.

    Whatever is not committed whole is not there at all: no step commits on its own.
    """

    _inherit = 'aftersales.return'

    exchange_sale_order_id = fields.Many2one(
        'sale.order', string="Exchange Order", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    exchange_count = fields.Integer(
        string="Exchange Orders", compute='_compute_exchange_count', compute_sudo=True)
    amount_settled = fields.Monetary(
        string="Value of the Settlement", compute='_compute_amount_settled', store=True,
        help="The refund, and the price of what is exchanged.", protected=True)
    is_approval_needed = fields.Boolean(
        compute='_compute_is_approval_needed', compute_sudo=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    date_approved = fields.Datetime(string="Approved on", readonly=True, copy=False, protected=True)
    requester_ids = fields.Many2many(
        'res.users', 'aftersales_return_requester_rel', string="Amounts Entered by",
        readonly=True, copy=False, protected=True, groups='base.group_user',
        help="Who entered or changed what the amount follows from: another person approves it.")

    @api.depends('exchange_sale_order_id')
    def _compute_exchange_count(self):
        for record in self:
            record.exchange_count = len(record.exchange_sale_order_id)

    @api.depends('line_ids.refund_amount', 'line_ids.settlement', 'line_ids.is_accepted',
                 'line_ids.price_unit', 'line_ids.quantity')
    def _compute_amount_settled(self):
        for record in self:
            record.amount_settled = sum(
                line.price_unit * line.quantity
                if line.settlement == 'exchange' and line.is_accepted else line.refund_amount
                for line in record.line_ids)

    @api.depends('amount_settled', 'company_id.aftersales_return_limit', 'approver_id')
    def _compute_is_approval_needed(self):
        for record in self:
            limit = record.company_id.aftersales_return_limit
            record.is_approval_needed = bool(
                limit and record.currency_id.compare_amounts(record.amount_settled, limit) > 0
                and not record.approver_id)

    # === APPROVAL === #

    def action_approve(self):
        """Approve settlements above the limit, as a second person."""
        self.check_access('write')
        if not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Settlements are approved by a team lead: ask one to approve this."))
        self._ensure_free_to_move()
        self._refuse_where(
            lambda record: record.state != 'inspected',
            self.env._("Only inspected returns are approved; confirm the inspection first"))
        self._refuse_where(
            lambda record: self.env.user in record._get_requesters(),
            self.env._("A second person must approve what you asked for"))
        # the approval follows from the checks above, not from a written value
        self.sudo().write({
            'approver_id': self.env.uid, 'date_approved': fields.Datetime.now()})

    def _note_requester(self):
        """Note that the current user asks for what is paid back; called as superuser."""
        self.filtered(lambda record: self.env.user not in record.requester_ids).write(
            {'requester_ids': [fields.Command.link(self.env.uid)]})

    def _get_requesters(self):
        """Return those who decided on the return: none of them approves it."""
        self.ensure_one()
        record = self.sudo()  # the names are compared only
        return (record.inspector_id | record.create_uid | record.goodwill_user_id
                | record.requester_ids | record.line_ids.create_uid)

    # === SETTLING === #

    def _ensure_settled(self):
        """Refuse what is not received, not inspected or not approved."""
        self._refuse_where(
            lambda record: not any(record.line_ids.mapped('quantity_received')),
            self.env._("The goods were not received; receive them first"))
        self.line_ids._ensure_inspected()
        self.line_ids._check_refund()
        self._refuse_where('is_approval_needed', self.env._(
            "The settlement is above the limit: a second person, a team lead, must approve it"))

    def _on_settled(self):
        """Carry the settlement out; the caller holds the locks and checked every rule."""
        self._take_back_sales()
        self._create_refunds()
        self._create_exchange_orders()
        self._settle_cards()
        self._carry_out_dispositions()
        self._propose_costs()

    def _get_lowered_amount(self):
        """Return what a settled return took off the sale instead of paying it back."""
        self.ensure_one()
        if self.state != 'settled':
            return 0.0
        lines = self.line_ids.filtered(
            lambda line: line.is_accepted and line.settlement == 'refund')
        return self.currency_id.round(
            sum(line.price_unit * line.quantity_uninvoiced for line in lines))

    def _create_exchange_orders(self):
        """Sell the replacements at no charge; their delivery is core's own."""
        due = self.filtered(lambda record: record.line_ids._get_exchanged())
        # _set_state checked the right to settle; only the owed replacement is sold
        orders = self.env['sale.order'].sudo().with_context(
            clean_context(self.env.context),
        ).create([record._in_customer_language()._prepare_exchange_vals() for record in due])
        for record, order in zip(due, orders, strict=True):
            record.exchange_sale_order_id = order
        orders.action_confirm()

    def _prepare_exchange_vals(self):
        self.ensure_one()
        sold = self.sale_order_id
        return {
            'company_id': self.company_id.id,
            'partner_id': self.partner_id.id,
            'partner_shipping_id': sold.partner_shipping_id.id or self.partner_id.id,
            'origin': self.name,
            'client_order_ref': self.rma,
            'order_line': [
                fields.Command.create(vals)
                for line in self.line_ids._get_exchanged()
                for vals in line._prepare_exchange_lines()],
        }

    def _settle_cards(self):
        """End the warranty of units that are ours again.

        The warranty of an exchanged unit goes over to the new one on its delivery.
        """
        for record in self:
            cards = record.line_ids.filtered(
                lambda line: line._is_refunded() and line.is_accepted
                and line.quantity_received).warranty_id
            # one that ended before ends no second time
            cards.filtered(lambda card: not card.void_date)._close(
                fields.Date.context_today(self), record.name)

    def action_view_exchange(self):
        """Show the exchange orders."""
        return self.exchange_sale_order_id._get_records_action()
