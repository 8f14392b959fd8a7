from odoo import api, fields, models


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

    def _prepare_warranty_sale_vals(self):
        """Return what the sale says of a unit: its price, its kind, its invoice."""
        if not self:
            return {}
        self.ensure_one()
        line, order = self, self.order_id
        quantity = line.product_uom_id._compute_quantity(
            line.product_uom_qty, line.product_id.uom_id)
        return {
            'price': order.currency_id._convert(
                line.price_total / quantity, order.company_id.currency_id, order.company_id,
                order.date_order) if quantity else 0.0,
            'is_distance_sale': order._is_distance_sale(),
            'invoice_date': line._get_warranty_invoice_day(),
        }

    def _get_warranty_invoice_day(self):
        """Return the day of the first posted invoice of this line; ``False`` if none."""
        if self.qty_invoiced <= 0:
            return False
        posted = self.invoice_lines.move_id.filtered(
            lambda move: move.state == 'posted' and move.move_type == 'out_invoice')
        return min(filter(None, posted.mapped('invoice_date')), default=False)

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
        # the sale is called off, by whoever may do so
        covers = self.env['aftersales.warranty.cover'].sudo().search(
            [('sale_line_id', 'in', self.ids), ('void_date', '=', False)])
        for cover in covers:
            cover._end_on(cover.company_id._get_aftersales_day(fields.Datetime.now()))
            cover.warranty_id._message_log(body=self.env._(
                "Cover withdrawn with the sale: %(cover)s", cover=cover.name))
        # what follows moves up, and the owner may be reminded of the earlier end
        covers.warranty_id.cover_ids.date_told = False
        covers.warranty_id._date_covers()
