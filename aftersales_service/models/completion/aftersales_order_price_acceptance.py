from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class AftersalesOrder(models.Model):
    """The customer agrees to the price, or refuses it: on the technician's phone or by the desk.

    A quotation is needed as soon as something is not covered. What the customer accepts is an
    amount: the quotation becomes a sale that remembers it, and work that costs more is
    accepted once more before it is done.
    """

    _inherit = 'aftersales.order'

    is_price_raised = fields.Boolean(compute='_compute_is_price_raised', compute_sudo=True)

    @api.depends('sale_order_ids.state', 'sale_order_ids.amount_total', 'sale_order_ids.signature',
                 'sale_order_ids.aftersales_accepted_total', 'labour_ids.is_covered',
                 'labour_ids.sale_line_id', 'part_ids.state', 'part_ids.is_aftersales_covered',
                 'part_ids.sale_line_id')
    def _compute_is_price_raised(self):
        for order in self:
            order.is_price_raised = order._has_further_charges() or any(
                sale._is_raised() for sale in order.sale_order_ids)

    def _has_further_charges(self):
        """Whether parts or labour came after an accepted price that they are not part of."""
        self.ensure_one()
        agreed = self._get_agreed_sales()
        sales = agreed.filtered(lambda sale: sale.state == 'sale')
        return bool(sales) and all(sale._has_lines_of_work() for sale in sales) and any(
            line.sale_line_id.order_id not in agreed for line in self._get_charged_lines())

    # === ACTIONS === #

    def action_accept_raised_price(self):
        """Note that the customer agreed to what the work costs by now, more than they accepted.

        For the desk, after a call or a letter; the history says who noted it. Parts and labour
        that came after the acceptance are quoted and accepted with it.
        """
        self.check_access('write')
        self._refuse_where(
            lambda order: not order.is_price_raised,
            self.env._("The customer accepted the price of these orders already"))
        # check_access checked the right to write the orders
        for order in self.sudo():
            before = order._get_accepted_total()
            if order._has_further_charges():
                if order._has_unquoted_charges():
                    order._create_quotations()
                for sale in order._get_open_offers():
                    if sale._has_lines_of_work() and not sale.signature:
                        sale._validate_order()
            for sale in order.sale_order_ids.filtered(lambda sale: sale._is_raised()):
                sale.aftersales_accepted_total = sale.amount_total
            order._message_log(body=self.env._(
                "The customer accepts %(amount)s instead of %(before)s, noted by %(user)s.",
                amount=order.currency_id.format(order._get_accepted_total()),
                before=order.currency_id.format(before), user=self.env.user.name))

    # === RULES === #

    def _accept_price(self, signature, name, shown_total, moment=None):
        """Confirm what the customer signed; return ``None``, or why it must be shown again.

        Hook: called by the phone's action *accept*, and by further doors, as a user who may write
        the order (checked here, then superuser), for one order, before the work ends. What is not
        quoted yet is quoted first. Our figures count: a total below what was shown is accepted, a
        higher one is not, but its quotation stays for the next try. Where no price waits any more
        (the customer agreed on their own page, or all is free by now), the signature is noted.

        :param signature: a picture in base64, which the caller checked
        :param shown_total: what the customer read above the signature, with taxes
        :param moment: when it was signed, if not now: a phone without network sends it later
        :raise AccessError: the user may not write the order
        :raise UserError: the work is done
        """
        self.ensure_one()
        self.check_access('write')
        self._ensure_price_changes()
        order = self.sudo()  # check_access checked the right to write the order
        is_settled = order._is_price_settled()
        if order.is_quotable and not is_settled:
            order._create_quotations()
        sales = order._get_priced_sales()
        total, shown = sum(sales.mapped('amount_total')), shown_total
        if is_settled:
            total = order._get_accepted_total()
        # taxes are rounded by line here and by sum on the phone
        slack = order.currency_id.rounding * max(len(sales.order_line), 1)
        if float_compare(total, shown + slack, precision_rounding=order.currency_id.rounding) > 0:
            return self.env._(
                "The work costs %(total)s, not %(shown)s: show the customer the new price and "
                "let them sign again.", total=order.currency_id.format(total),
                shown=order.currency_id.format(shown))
        if is_settled:
            self._message_log(body=self.env._(
                "The customer signed under %(shown)s on the technician's phone when no price "
                "waited any more: %(total)s is what they pay.",
                shown=order.currency_id.format(shown), total=order.currency_id.format(total)))
            return None
        moment = moment or fields.Datetime.now()
        for sale in sales:
            if sale.state in ('draft', 'sent') or sale._is_raised():
                sale._accept_on_site(signature, name, moment)
        self._message_log(body=self.env._(
            "%(amount)s accepted and signed on the technician's phone.",
            amount=order.currency_id.format(total)))
        return None

    def _refuse_price(self, reason):
        """Cancel the open quotations: the customer does not pay that.

        Hook: called by the phone's action *refuse*, as a user who may write the order (checked
        here, then superuser), for one order, before the work is done. The lines are free again:
        what is not done is taken off, the rest is quoted again. Where all is free by now, the
        answer is noted.

        :raise AccessError: the user may not write the order
        :raise UserError: the work is done, or there is no open quotation
        """
        self.ensure_one()
        self.check_access('write')
        self._ensure_price_changes()
        order = self.sudo()  # check_access checked the right to write the order
        if order.is_quotable and not order._is_price_settled():
            order._create_quotations()
        offers = order._get_open_offers()
        if not offers and (raised := order.sale_order_ids.filtered(lambda sale: sale._is_raised())):
            raise UserError(self.env._(
                "The price of %(sale)s was raised after the customer accepted %(accepted)s: only "
                "%(accepted)s is collected; ask the desk to lower %(sale)s again.",
                sale=raised[0].name,
                accepted=raised[0].currency_id.format(raised[0].aftersales_accepted_total)))
        if not offers and order._get_charged_lines():
            raise UserError(self.env._(
                "Order %(order)s has no open quotation that could be refused: "
                "load the jobs again.", order=self.name))
        for sale in offers:
            sale._message_log(body=self.env._(
                "Refused by the customer: %(reason)s", reason=reason))
        offers._action_cancel()
        self._message_log(body=self.env._(
            "The customer refuses the price: %(reason)s", reason=reason))

    def _withdraw_quotations(self):
        """Cancel open quotations because their lines change; new ones follow.

        What the desk wrote by hand, without lines of the work, stays.
        """
        self._get_open_offers().filtered(lambda sale: sale._has_lines_of_work())._action_cancel()

    def _is_price_settled(self):
        """Whether no price waits for the customer: they agreed to all of it, or pay nothing."""
        self.ensure_one()
        return self._is_price_accepted() and not self.sudo()._get_open_offers()

    def _is_paid_off(self):
        """Whether the customer of priced work owes our company nothing, and nothing is open."""
        self.ensure_one()
        order = self.sudo()  # asked by those who take the money: the order was checked
        return (bool(order.labour_ids or order.part_ids or order._get_agreed_sales())
                and order.outlet_id.collection_mode != 'outlet' and self._is_price_settled()
                and self.currency_id.compare_amounts(self._get_amount_due(), 0.0) <= 0)

    def _get_open_offers(self):
        return self.sale_order_ids.filtered(lambda sale: sale.state in ('draft', 'sent'))

    def _get_agreed_sales(self):
        """Return the sales that the customer accepted, signed ones that wait for money too."""
        return self.sale_order_ids.filtered(lambda sale: sale._is_agreed())

    def _get_priced_sales(self):
        """Return the quotations and sales that make the price of this order."""
        return self.sale_order_ids.filtered(lambda sale: sale.state != 'cancel')

    def _ensure_done(self):
        result = super()._ensure_done()
        self._ensure_priced()
        self._ensure_paid_before_done()
        return result

    def _ensure_priced(self):
        """Refuse to finish a paid repair on which nothing is charged, where the company says so."""
        # that prices are needed is a setting, no secret; sales are read for whether there are any
        orders = self.sudo().filtered(
            lambda order: order.charge_kind == 'paid' and order.type_id.is_repair
            and order.company_id.aftersales_needs_price)
        orders._refuse_where(
            lambda order: not order.part_ids.filtered(lambda move: move.state != 'cancel')
            and not order.labour_ids and 'sale' not in order.sale_order_ids.mapped('state'),
            self.env._("Say what the customer pays: add a part, labour or the trip"))

    def _ensure_paid_before_done(self):
        """Refuse to finish unpaid work where the company wants its money first."""
        # whether customers pay later is a setting, no secret; outlets see to their own money
        orders = self.sudo().filtered(
            lambda order: not order.company_id.aftersales_pay_later
            and order.collection_mode != 'outlet')
        orders._refuse_where(
            lambda order: order.currency_id.compare_amounts(order._get_amount_due(), 0.0) > 0,
            self.env._("The customer pays before the work is finished: take the payment first"))
