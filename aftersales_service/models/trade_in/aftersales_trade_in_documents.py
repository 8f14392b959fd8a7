from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context


class AftersalesTradeIn(models.Model):
    """The documents of an old unit: lines of the sale, the pick-up order, the receipt."""

    _inherit = 'aftersales.trade.in'

    def _create_sale_lines(self):
        """Write value and subsidy as lines that take them off the price.

        The one place where people without sales rights change a sale order: the value was
        granted by the rules above, and the order's chatter names them.
        """
        lines = self.env['sale.order.line'].sudo().with_context(clean_context(self.env.context))
        for trade in self:
            # the customer reads the lines
            localized = trade.with_context(lang=trade.partner_id.lang or self.env.lang)
            lines.create(localized._prepare_sale_line_vals_list())
            trade.sudo().sale_order_id._message_log(body=self.env._(
                "%(user)s put trade-in %(trade)s on this order.",
                user=self.env.user.name, trade=trade.name))

    def _prepare_sale_line_vals_list(self):
        self.ensure_one()
        unit = " · ".join(filter(None, [self.description, self.serial]))
        product = self.company_id.sudo().aftersales_trade_in_product_id
        common = {'order_id': self.sale_order_id.id, 'aftersales_trade_in_id': self.id,
                  'product_uom_qty': 1.0}
        vals_list = [common | {
            'product_id': product.id, 'price_unit': -self._to_sale_currency(self.value),
            'name': self.env._("Trade-in %(trade)s: %(unit)s", trade=self.name, unit=unit)}]
        if self.subsidy:
            vals_list.append(common | {
                'product_id': self.programme_id.product_id.id,
                'price_unit': -self._to_sale_currency(self.subsidy),
                'name': self.programme_id.name})
        return vals_list

    def _remove_sale_lines(self):
        """Take the lines off again, which are not invoiced."""
        # _set_state checked the right to write the trade-in; its lines follow from it
        lines = self.sudo().sale_line_ids
        drafts = lines.filtered(lambda line: line.order_id.state in ('draft', 'sent'))
        drafts.unlink()
        # core keeps the lines of a confirmed order: they count nothing any more
        (lines - drafts).write({'product_uom_qty': 0.0})

    def _prepare_pickup_vals(self):
        self.ensure_one()
        return {
            'type_id': self.env['aftersales.order.type']._get_pickup_type(self.company_id).id,
            'company_id': self.company_id.id,
            'partner_id': self.partner_id.id,
            'product_id': self.product_id.id,
            'serial': self.serial,
            'description': self.env._(
                "Fetch the old unit of trade-in %(trade)s: %(unit)s", trade=self.name,
                unit=self.description or self.product_id.display_name),
        }

    def _create_receipts(self):
        """Receive the units that stock knows into the place of old units.

        The one place where people without stock rights receive goods: the customer signed
        the slip, and the trade-in names the move. Units of other makes need no move.
        """
        moves = self.env['stock.move'].sudo().with_context(clean_context(self.env.context))
        for trade in self.sudo().filtered(lambda trade: trade.product_id.is_storable):
            location = trade.company_id.aftersales_trade_in_location_id
            if not location:
                raise UserError(self.env._(
                    "Choose the place of old units in the settings first."))
            move = moves.create(trade._prepare_receipt_vals(location))
            move._action_confirm(merge=False)
            move.move_line_ids.unlink()
            move.move_line_ids = [fields.Command.create(trade._prepare_receipt_line_vals(move))]
            move.picked = True
            move._action_done()
            trade.receipt_id = move

    def _prepare_receipt_vals(self, location):
        self.ensure_one()
        return {
            'origin': self.name, 'company_id': self.company_id.id,
            'product_id': self.product_id.id, 'product_uom_qty': 1.0,
            'product_uom': self.product_id.uom_id.id, 'partner_id': self.partner_id.id,
            'location_id': self.partner_id.property_stock_customer.id,
            'location_dest_id': location.id,
        }

    def _prepare_receipt_line_vals(self, move):
        self.ensure_one()
        if self.product_id.tracking != 'none' and not self.serial:
            raise UserError(self.env._(
                "Write down the serial number of %(trade)s first.", trade=self.name))
        return {
            'product_id': self.product_id.id, 'product_uom_id': self.product_id.uom_id.id,
            'quantity': 1.0, 'lot_id': self._get_lot().id, 'location_id': move.location_id.id,
            'location_dest_id': move.location_dest_id.id, 'company_id': self.company_id.id,
        }

    def _get_lot(self):
        """Return the record of the serial number, made where stock does not know it."""
        self.ensure_one()
        # _set_state checked the right to write the trade-in; _create_receipts needs its number
        lots = self.env['stock.lot'].sudo().with_context(clean_context(self.env.context))
        if self.product_id.tracking == 'none':
            return lots
        known = lots.search([
            ('name', '=', self.serial), ('product_id', '=', self.product_id.id),
            ('company_id', 'in', [False, self.company_id.id])], limit=1)
        return known or lots.create({
            'name': self.serial, 'product_id': self.product_id.id})
