from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    _inherit = 'sale.order.line'

    # a plain column: no stored compute of ours on a core table
    aftersales_warranty_id = fields.Many2one(
        'aftersales.warranty', string="Extends Warranty Card", index='btree_not_null',
        copy=False, check_company=True, domain="[('company_id', '=', company_id)]",
        help="The unit whose warranty this line extends. Empty: the units of this sale get "
             "the extension with their cards, when they are delivered.")
    is_warranty_extension = fields.Boolean(compute='_compute_is_warranty_extension')

    @api.depends('product_id')
    def _compute_is_warranty_extension(self):
        for line in self:
            line.is_warranty_extension = line.product_id._is_warranty_extension()

    def _prepare_warranty_sale_vals(self, product=None):
        """Return what the sale says of a unit: its price, its kind, its invoice.

        :param product: what was delivered, if it may be a component of the product sold
        """
        if not self:
            return {}
        self.ensure_one()
        line, order = self, self.order_id
        quantity = line.product_uom_id._compute_quantity(
            line.product_uom_qty, line.product_id.uom_id)
        if line._is_component(product):
            quantity = line.product_uom_qty / (line._get_component_share(product) or 1.0)
        return {
            'price': order.currency_id._convert(
                line.price_total / quantity, order.company_id.currency_id, order.company_id,
                order.date_order) if quantity else 0.0,
            'is_distance_sale': order._is_distance_sale(),
            'invoice_date': line._get_warranty_invoice_day(),
        }

    # === KITS === #

    def _get_component_moves(self):
        """Return the deliveries of a kit's components; none where the product itself comes.

        Core delivers what a kit consists of, each by a move of its own for the same line.
        """
        self.ensure_one()
        moves = self.move_ids.filtered(
            lambda move: move.state != 'cancel' and move.location_dest_usage == 'customer'
            and move.location_usage != 'customer' and not move.origin_returned_move_id)
        return moves.browse() if self.product_id in moves.product_id else moves

    def _is_component(self, product):
        """Whether ``product`` was delivered as a part of what this line sells."""
        return bool(self and product) and product in self._get_component_moves().product_id

    def _get_component_share(self, product):
        """Return what part of one unit of this line one unit of a component makes.

        The components share the price by their cost; where one has none, by their sales
        price, else evenly. Together they make what was sold, never more.
        """
        moves = self._get_component_moves()
        # how a price is shared is no secret to those who take the goods back
        products = moves.product_id.sudo().with_company(self.company_id)
        for name in ('standard_price', 'lst_price'):
            weights = {item.id: item[name] for item in products}
            if all(weight > 0 for weight in weights.values()):
                break
        else:
            weights = dict.fromkeys(products.ids, 1.0)
        whole = sum(weights[move.product_id.id] * move._get_component_quantity() for move in moves)
        return weights[product.id] * self._get_gross_quantity() / whole if whole else 0.0

    def _get_gross_quantity(self):
        """Return what was sold by this line, in its own unit, whatever came back since."""
        self.ensure_one()
        invoiced = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id, round=False)
            for line in self.invoice_lines
            if line.move_id.move_type == 'out_invoice' and line.move_id.state == 'posted')
        return max(self.product_uom_qty, invoiced)

    def _get_warranty_invoice_day(self):
        """Return the day of the first posted invoice of this line; ``False`` if none."""
        if self.qty_invoiced <= 0:
            return False
        posted = self.invoice_lines.move_id.filtered(
            lambda move: move.state == 'posted' and move.move_type == 'out_invoice')
        return min(filter(None, posted.mapped('invoice_date')), default=False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered('aftersales_warranty_id')._extend_cards()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'product_uom_qty', 'aftersales_warranty_id'}:
            self._extend_cards()
        return result

    # === RULES === #

    def _extend_cards(self):
        """Bring the covers that confirmed lines sell for a card to the quantity sold by now.

        Called when the order is confirmed, and when a line of a confirmed order changes.
        """
        lines = self.filtered(lambda line: line.aftersales_warranty_id and (
            line.state == 'sale' and line.product_id._is_warranty_extension()))
        if not lines:
            return
        for order in lines.order_id:
            if error := order._get_extension_error():
                raise UserError(error)
        # covers follow from the sale, which the user was allowed to confirm and to change
        covers = lines.env['aftersales.warranty.cover'].sudo().search(
            [('sale_line_id', 'in', lines.ids), ('void_date', '=', False)])
        for line in lines.sudo():
            card, size = line.aftersales_warranty_id, len(
                line.product_id._prepare_extension_vals_list())
            sold = covers.filtered(lambda cover, line=line: cover.sale_line_id == line)
            kept = sold.filtered(lambda cover, card=card: cover.warranty_id == card).sorted('id')
            wanted = int(line.product_uom_qty)
            (sold - kept | kept[wanted * size:])._withdraw()
            for __ in range(wanted - len(kept) // size):
                line._extend_warranties(card)

    def _extend_warranties(self, cards):
        """Add what this line sells to the covers of ``cards``: once for each unit sold."""
        self.ensure_one()
        company = self.order_id.company_id
        day = company._get_aftersales_day(fields.Datetime.now())
        covers = self.env['aftersales.warranty.cover']
        for vals in self.product_id._prepare_extension_vals_list():
            covers |= cards._add_cover(
                'extended', **vals, date_given=day, sale_line_id=self.id)
        return covers

    def _withdraw_warranties(self):
        """Take back what these lines promised: from today on, or before it began."""
        # the sale order checked the right to cancel it
        self.env['aftersales.warranty.cover'].sudo().search(
            [('sale_line_id', 'in', self.ids), ('void_date', '=', False)])._withdraw()

    def _get_aftersales_invoice_line(self, is_wanted=lambda line: True):
        """Return the posted line by which the customer was invoiced for these, the latest one.

        :param is_wanted: says whether a line counts
        """
        return self.invoice_lines.filtered(
            lambda line: line.move_id.state == 'posted'
            and line.move_id.move_type == 'out_invoice' and is_wanted(line)).sorted('id')[-1:]
