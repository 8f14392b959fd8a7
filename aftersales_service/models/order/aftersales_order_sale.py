from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context


class AftersalesOrder(models.Model):
    """What the customer pays: core's quotation and invoice."""

    _inherit = 'aftersales.order'

    sale_order_ids = fields.One2many(
        'sale.order', 'aftersales_order_id', string="Quotations",
        groups='sales_team.group_sale_salesman,stock.group_stock_user')
    sale_order_count = fields.Integer(compute='_compute_sale_order_count', compute_sudo=True)
    is_quotation_accepted = fields.Boolean(
        compute='_compute_is_quotation_accepted', compute_sudo=True)

    is_quotable = fields.Boolean(compute='_compute_is_quotable', compute_sudo=True)

    @api.depends('sale_order_ids')
    def _compute_sale_order_count(self):
        counts = dict(self.env['sale.order']._read_group(
            [('aftersales_order_id', 'in', self.ids)], ['aftersales_order_id'], ['__count']))
        for order in self:
            order.sale_order_count = counts.get(order._origin, 0)

    @api.depends('sale_order_ids.state')
    def _compute_is_quotation_accepted(self):
        for order in self:
            order.is_quotation_accepted = 'sale' in order.sale_order_ids.mapped('state')

    @api.depends('labour_ids.sale_line_id', 'part_ids.state', 'part_ids.sale_line_id',
                 'part_ids.repair_id.state')
    def _compute_is_quotable(self):
        """Return whether parts or labour wait for a quotation: the form shows its button."""
        for order in self:
            order.is_quotable = bool(order._get_unquoted_labour() or order._get_unquoted_moves())

    def action_create_quotation(self):
        """Quote the parts and labour that are not quoted yet, then show the quotation.

        The desk may quote, but not open quotations: it gets their numbers.
        """
        self.check_access('write')
        return self._create_quotations()._get_reader_action()

    def action_view_sale_orders(self):
        """Show the quotations and sale orders of these service orders."""
        return self.sale_order_ids._get_reader_action()

    def _create_quotations(self):
        """Make one quotation per order, with its parts (by core) and its labour.

        The right to write the orders was checked; desk and technicians own no sales
        rights, and what they may quote is only what stands on the order.
        """
        orders = self.sudo()
        orders._ensure_can_be_quoted()
        quotations = self.env['sale.order'].sudo().with_context(
            clean_context(self.env.context),
        ).create([order._prepare_quotation_vals() for order in orders])
        for order, quotation in zip(orders, quotations, strict=True):
            repairs = order._get_unquoted_repairs()
            # parts quoted before keep their lines; core makes lines of the others here
            repairs.sale_order_id = quotation
            repairs.move_ids._create_repair_sale_order_line()
            quotation._portal_ensure_token()  # phones read the link, and only read
        return quotations.sudo(self.env.su)

    def _ensure_can_be_quoted(self):
        self._refuse_where(
            lambda order: not order.partner_id, self.env._(
                "A quotation needs a customer; enter the customer first"))
        self._refuse_where(
            lambda order: not order.is_quotable,
            self.env._(
                "There are no parts or labour that are not quoted yet; add what the customer pays "
                "first"))

    def _get_unquoted_repairs(self):
        return self._get_unquoted_moves().repair_id

    def _get_unquoted_moves(self):
        """Return the fitted parts that stand on no quotation.

        A part that is added after the customer accepted a price waits for a quotation of its own.
        """
        return self.part_ids.filtered(
            lambda move: move.repair_line_type == 'add' and move.state != 'cancel'
            and move.repair_id.state != 'cancel' and not move.sale_line_id)

    def _get_unquoted_labour(self):
        return self.labour_ids.filtered(lambda labour: not labour.sale_line_id)

    def _prepare_quotation_vals(self):
        """Return the values of the order's quotation, with its labour; core adds the parts.

        Hook: called by ``_create_quotations``, as superuser after the check of the right to write
        the orders, for one order, before its quotation is made; and, as superuser, when prices are
        computed, for a quotation that is never saved. Extend it by ``super() | {…}``. Raises
        nothing.
        """
        self.ensure_one()
        return {
            'aftersales_order_id': self.id,
            'company_id': self.company_id.id,
            'partner_id': self.partner_id.id,
            'partner_shipping_id': self.site_id.id or self.partner_id.id,
            'origin': self.name,
            'order_line': [
                fields.Command.create(labour._prepare_sale_line_vals())
                for labour in self._get_unquoted_labour()],
        }

    def _ensure_quotation_accepted(self):
        """Refuse to finish work that costs the customer money without their agreement."""
        orders = self.sudo()  # who may finish an order may know that it costs
        for order in orders:
            raised = order.sale_order_ids.filtered(lambda sale: sale._is_raised())[:1]
            if raised:
                raise UserError(self.env._(
                    "Order %(order)s costs %(total)s by now, the customer accepted "
                    "%(accepted)s: let them accept the new price first.", order=order.name,
                    total=raised.currency_id.format(raised.amount_total),
                    accepted=raised.currency_id.format(raised.aftersales_accepted_total)))
            if not order._is_price_accepted():
                raise UserError(self.env._(
                    "Order %(order)s has work that the customer pays: the quotation must be "
                    "accepted first.", order=order.name))

    def _is_price_accepted(self):
        """Whether the customer agreed to all that they pay; also where they pay nothing.

        Hook: called by any reader of the order (sales are read as superuser), for one order, before
        the end of the work and before an acceptance. An accepted sale without any line of the work
        is a fixed price for all of it. Raises nothing.
        """
        self.ensure_one()
        order = self.sudo()  # that something costs is known to every reader of the order
        lines = order._get_charged_lines()
        if not lines:
            return True
        accepted = order.sale_order_ids.filtered(lambda sale: sale.state == 'sale')
        if any(sale._is_raised() for sale in accepted):
            return False
        if any(not sale._has_lines_of_work() for sale in accepted):
            return True
        return all(line.sale_line_id.order_id in accepted for line in lines)

    def _get_charged_lines(self):
        """Return the parts and labour that the customer pays at least in part, as a list."""
        self.ensure_one()
        parts = self.part_ids.filtered(
            lambda move: move.repair_line_type == 'add' and move.state != 'cancel'
            and not move.is_aftersales_covered)
        return [*parts, *self.labour_ids.filtered(lambda labour: not labour.is_covered)]
