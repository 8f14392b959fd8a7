from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_warranty_count',
        groups='aftersales_service.group_aftersales_agent')
    has_warranty_extension = fields.Boolean(compute='_compute_has_warranty_extension')

    def _compute_warranty_count(self):
        counts = dict(self.env['aftersales.warranty']._read_group(
            [('sale_line_id.order_id', 'in', self.ids)], ['sale_line_id'], ['__count']))
        for order in self:
            order.warranty_count = sum(counts.get(line, 0) for line in order.order_line)

    @api.depends('order_line.product_id')
    def _compute_has_warranty_extension(self):
        for order in self:
            order.has_warranty_extension = any(
                product._is_warranty_extension() for product in order.order_line.product_id)

    def action_view_warranties(self):
        """Show the warranty cards of the units delivered for these orders."""
        return self.env['aftersales.warranty']._get_cards_action(
            [('sale_line_id.order_id', 'in', self.ids)])

    # === RULES === #

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._get_extension_error()

    def _get_extension_error(self):
        """Return what is wrong with the extensions that this order sells; ``False`` if nothing.

        An extension names the card of its unit, or is sold with units that get cards.
        """
        self.ensure_one()
        extensions = self._get_extension_lines()
        loose = extensions.filtered(lambda line: not line.aftersales_warranty_id)
        # the seller may read no policies; only whether there is one is read
        units = (self.order_line - extensions).product_id.sudo()
        if loose and not any(unit._get_warranty_policy(self.company_id) for unit in units):
            return self.env._(
                "“%(product)s” extends a warranty: choose the card of the unit, or sell it "
                "with the unit.", product=loose[0].product_id.display_name)
        # the seller may not open cards; the message says why one cannot be extended
        ended = extensions.sudo().aftersales_warranty_id.filtered('void_date')
        empty = extensions.filtered(lambda line: not line.product_id._prepare_extension_vals_list())
        if empty:
            return self.env._(
                "“%(product)s” promises nothing: give its policy terms, or the product months.",
                product=empty[0].product_id.display_name)
        if ended:
            return self.env._(
                "The warranty of %(card)s ended on %(day)s: it cannot be extended.",
                card=ended[0].name, day=ended[0].void_date)
        return False

    def _get_extension_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_uom_qty > 0 and line.product_id._is_warranty_extension())

    def _action_confirm(self):
        result = super()._action_confirm()
        self.order_line._extend_cards()
        return result

    def _action_cancel(self):
        extensions = self.filtered(lambda order: order.state == 'sale')._get_extension_lines()
        result = super()._action_cancel()
        if extensions:
            extensions._withdraw_warranties()
        return result

    def _is_distance_sale(self):
        """Return whether the buyer never saw the goods: a web shop's order, or such a team's."""
        self.ensure_one()
        has_shop = 'website_id' in self._fields  # of the web shop, where it is installed
        is_distant = self.team_id.id in self.team_id._get_distance_sale_ids()
        return bool(is_distant or (has_shop and self.website_id))
