from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..base.roles import TEAM_LEAD


class AftersalesTradeIn(models.Model):
    """The way of an old unit: value granted, put on the sale order, taken over, disposed of."""

    _inherit = 'aftersales.trade.in'

    _TRANSITIONS = {
        'draft': {'granted', 'cancelled'},
        'granted': {'draft'},
        'settled': {'granted'},
        'received': {'settled'},
        'disposed': {'received'},
        'cancelled': {'draft', 'granted', 'settled'},
    }
    _STAMPS = {'received': 'date_received', 'disposed': 'date_disposed'}

    # How it comes in
    pickup_order_id = fields.Many2one(
        'aftersales.order', string="Pick-up", readonly=True, copy=False,
        index='btree_not_null', check_company=True, protected=True)
    date_received = fields.Datetime(
        string="Taken over on", readonly=True, copy=False, protected=True)
    receipt_id = fields.Many2one(
        'stock.move', readonly=True, copy=False, index='btree_not_null', protected=True)
    signature = fields.Image(
        string="Customer Signature", copy=False, max_width=1024, max_height=1024)
    signed_by = fields.Char(copy=False)

    # What becomes of it
    disposal = fields.Selection(
        [('reuse', "Reuse"), ('parts', "Parts"), ('recycle', "Recycle"), ('scrap', "Scrap")],
        copy=False)
    disposal_partner_id = fields.Many2one(
        'res.partner', string="Given to", copy=False, check_company=True,
        help="The recycler or buyer.")
    certificate = fields.Char(
        string="Certificate Number", copy=False,
        help="The proof of the recycler; needed where the unit is recycled or scrapped.")
    certificate_file = fields.Binary(string="Disposal Certificate", attachment=True, copy=False)
    recovered_value = fields.Monetary(copy=False, help="What the old unit brought.")
    date_disposed = fields.Datetime(
        string="Disposed of on", readonly=True, copy=False, protected=True)

    # === ACTIONS === #

    def action_grant(self):
        """Fix the value: more than the table says is granted by team leads."""
        self._set_state('granted')

    def action_draft(self):
        """Open the value again."""
        self._set_state('draft')

    def action_settle(self):
        """Put value and subsidy on the sale order."""
        self._set_state('settled')

    def action_create_pickup(self):
        """Make the service order that fetches the old unit, and show it."""
        self.check_access('write')
        open_trades = self.filtered(
            lambda trade: not trade.pickup_order_id
            and trade.state in ('granted', 'settled'))
        orders = self.env['aftersales.order'].create(
            [trade._prepare_pickup_vals() for trade in open_trades])
        for trade, order in zip(open_trades, orders, strict=True):
            trade.sudo().pickup_order_id = order  # check_access checked the right
        return self.pickup_order_id._get_records_action(name=self.env._("Pick-up"))

    def action_receive(self):
        """Take the old unit over: the slip is signed, stock receives what it knows."""
        self._set_state('received')

    def action_dispose(self):
        """Note what became of the unit."""
        self._set_state('disposed')

    def action_cancel(self):
        """Call the trade-in off; its lines leave a sale order that is not invoiced yet."""
        self._set_state('cancelled')

    def action_view_sale_order(self):
        """Show the sale of the new unit."""
        return self.sale_order_id._get_records_action(name=self.env._("Sale Order"))

    def action_view_pickup(self):
        """Show the service order that fetches the unit."""
        return self.pickup_order_id._get_records_action(name=self.env._("Pick-up"))

    # === RULES === #

    def _ensure_draft(self):
        """Take no unit up again that was given by another trade-in since."""
        self.filtered(lambda trade: trade.state == 'cancelled')._ensure_serials_are_new()

    def _ensure_granted(self):
        """Refuse what only a team lead may grant, and more than the table's without a reason."""
        is_lead = self._is_decided_by_lead()
        self._ensure_same_customer()
        self._ensure_unit_known()
        self._refuse_where(
            lambda trade: not is_lead and not trade.value and not trade.subsidy,
            self.env._(
                "No row of the value table fits, so that nothing would be granted: complete the "
                "table or the facts of the unit, or ask a team lead"))
        for trade in self:
            is_above_table = trade.currency_id.compare_amounts(
                trade.value, trade.value_proposed) > 0
            if not is_lead and trade._is_valued_by_free_price():
                raise AccessError(self.env._(
                    "Team leads value %(trade)s by a price above that of the product: ask one, or "
                    "lower the price.",
                    trade=trade.name) if trade.product_id else self.env._(
                    "%(trade)s names no product of ours, so that its price when new is free: "
                    "ask a team lead to grant the value.", trade=trade.name))
            if not is_lead and (is_above_table or trade._is_subsidy_above_programme()):
                raise AccessError(self.env._(
                    "Team leads grant more than the table says for %(trade)s: ask one, or grant "
                    "less.",
                    trade=trade.name))
            if is_above_table and not (trade.value_reason or '').strip():
                raise UserError(self.env._(
                    "Say why %(trade)s is worth more than the table says.", trade=trade.name))

    @api.model
    def _is_decided_by_lead(self):
        """Whether the current user decides what agents may not; code that checked does, too."""
        return self.env.su or self.env.user.has_group(TEAM_LEAD)

    def _is_valued_by_free_price(self):
        """Whether the table gives more for the price that was entered than for the known one.

        The price of a product of ours is known; a unit of another make has none, so that
        only the fixed values of the table are certain.
        """
        self.ensure_one()
        if not self.product_id:
            return self.currency_id.compare_amounts(
                self.value_proposed, self._valuate_at(0.0)) > 0
        return self.currency_id.compare_amounts(self.price_new, self.product_id.lst_price) > 0

    def _ensure_unit_known(self):
        """Refuse a service as an old unit, and a serial number of another product."""
        known = self._get_products_by_serial()
        for trade in self:
            if trade.product_id.type == 'service':
                raise UserError(self.env._(
                    "“%(product)s” is a service: choose the product that %(trade)s takes back.",
                    product=trade.product_id.display_name, trade=trade.name))
            products = known.get((trade.company_id, (trade.serial or '').upper()))
            if products and trade.product_id and trade.product_id not in products:
                raise UserError(self.env._(
                    "Serial number %(serial)s belongs to %(product)s: correct %(trade)s first.",
                    serial=trade.serial, product=products[:1].display_name, trade=trade.name))

    def _get_products_by_serial(self):
        """Return ``{(company, SERIAL): products}`` of the cards and lots with these numbers."""
        serials = {spelling for serial in filter(None, self.mapped('serial'))
                   for spelling in (serial, serial.upper(), serial.lower())}
        if not serials:
            return {}
        # only whose product a number is: agents own no stock rights and see their cards only
        cards = self.env['aftersales.warranty'].sudo().search(
            [('serial', 'in', list(serials)), ('company_id', 'in', self.company_id.ids)])
        lots = self.env['stock.lot'].sudo().search(
            [('name', 'in', list(serials)), ('company_id', 'in', [False, *self.company_id.ids])])
        products = {}
        for record, serial in [*((card, card.serial) for card in cards),
                               *((lot, lot.name) for lot in lots)]:
            for company in record.company_id or self.company_id:
                key = company, serial.upper()
                products[key] = products.get(key, record.product_id) | record.product_id
        return products

    def _is_subsidy_above_programme(self):
        self.ensure_one()
        programme = self.programme_id
        granted = programme._get_subsidy(self._get_new_price()) if programme else 0.0
        return self.currency_id.compare_amounts(self.subsidy, granted) > 0

    def _ensure_settled(self):
        """Refuse what the sale order of the new unit cannot take, or no programme gives today."""
        day = fields.Date.context_today(self)
        self._ensure_same_customer()
        self._ensure_sale_writable()
        left = {sale: sale.amount_total for sale in self.sudo().sale_order_id}
        for trade in self:
            sale = trade.sudo().sale_order_id
            if not sale:
                raise UserError(self.env._(
                    "Choose the sale order of the new unit for %(trade)s.", trade=trade.name))
            if sale.state == 'cancel' or sale.locked:
                raise UserError(self.env._(
                    "Sale order %(sale)s is cancelled or locked: choose another "
                    "one, or ask its salesperson to unlock it.", sale=sale.name))
            if not trade.company_id.sudo().aftersales_trade_in_product_id:
                raise UserError(self.env._(
                    "Choose the product of trade-ins in the settings first."))
            if trade.programme_id and not trade.programme_id._is_valid(day):
                raise UserError(self.env._(
                    "“%(programme)s” is not valid today; choose another programme.",
                    programme=trade.programme_id.name))
            left[sale] -= trade._to_sale_currency(trade.value + trade.subsidy)
            if sale.currency_id.compare_amounts(left[sale], 0.0) < 0:
                raise UserError(self.env._(
                    "The old unit and the subsidy would be worth more than sale "
                    "order %(sale)s: lower one of them.", sale=sale.name))

    def _ensure_sale_writable(self):
        """Refuse to lower a confirmed sale for a user who neither sells it nor leads the team."""
        if self._is_decided_by_lead():
            return
        for trade in self:
            sale = trade.sudo().sale_order_id
            if sale.state == 'sale' and not sale.sudo(False).has_access('write'):
                raise AccessError(self.env._(
                    "Sale order %(sale)s is confirmed, and you may not change it: ask its "
                    "salesperson or a team lead to put %(trade)s on it.",
                    sale=sale.name, trade=trade.name))

    def _ensure_received(self):
        for trade in self:
            if not trade.signature:
                raise UserError(self.env._(
                    "The customer must sign the take-back slip of %(trade)s.",
                    trade=trade.name))
            if trade.has_data and not trade.is_wiped:
                raise UserError(self.env._(
                    "The customer must declare that the personal data is wiped: %(trade)s",
                    trade=trade.name))

    def _ensure_disposed(self):
        for trade in self:
            if not trade.disposal:
                raise UserError(self.env._(
                    "Say what became of %(trade)s.", trade=trade.name))
            if trade.disposal in ('recycle', 'scrap') and not trade.certificate:
                raise UserError(self.env._(
                    "Recycling or scrapping %(trade)s needs the number of the certificate.",
                    trade=trade.name))

    def _ensure_cancelled(self):
        # _set_state checked the right to write the trade-in; its lines follow from it
        self._refuse_where(
            lambda trade: trade.sudo().sale_line_ids.invoice_lines,
            self.env._("The trade-in is invoiced already: make a credit note first"))

    def _on_settled(self):
        self._create_sale_lines()

    def _on_received(self):
        self._create_receipts()

    def _on_disposed(self):
        self._propose_costs()

    def _on_cancelled(self):
        self._remove_sale_lines()

    @api.depends('name', 'description')
    def _compute_display_name(self):
        for trade in self:
            trade.display_name = " · ".join(filter(None, [trade.name, trade.description]))

    def _get_report_base_filename(self):
        self.ensure_one()
        return (self.name or '').replace('/', '-')
