from odoo import api, fields, models


class AftersalesWarranty(models.Model):
    """What a sale says of its units: price, proof, invoice, and extensions sold with them."""

    _inherit = 'aftersales.warranty'

    # recursive: asked card by card, as core rounds the prices of many new cards one by one;
    # else it reads back the companies of those that it has not come to yet
    currency_id = fields.Many2one(related='company_id.currency_id', recursive=True)
    price = fields.Monetary(
        tracking=True,
        help="What the owner paid for the unit, taxes included: refunds and fees are "
             "calculated from it.")
    is_distance_sale = fields.Boolean(
        tracking=True,
        help="Sold online, by phone or by post: the buyer may return it without a reason.")
    has_proof = fields.Boolean(
        string="Proof of Purchase", compute='_compute_has_proof', store=True, readonly=False,
        precompute=True,
        help="An invoice, a sale order or a platform order is known. A factory date dates the "
             "terms, but gives only what a rule gives without proof.")

    is_proof_copy = fields.Boolean(
        string="Copy Only", tracking=True,
        help="Only a copy of the invoice is there. Some rules ask for the original.")

    _price_positive = models.Constraint(
        "CHECK(price >= 0 AND price < 'Infinity')", "The price of a unit cannot be negative.")

    @api.depends('sale_line_id', 'move_id', 'invoice_date')
    def _compute_has_proof(self):
        for card in self:
            card.has_proof = card.has_proof or bool(
                card.sale_line_id or card.move_id or card.invoice_date)

    def _get_sold_day(self):
        """Return the day of the invoice by which the unit was sold; ``False`` if none yet."""
        self.ensure_one()
        return self.sale_line_id._get_warranty_invoice_day()

    def _extend_as_sold(self):
        """Give new cards the extensions that were sold with them.

        An extension that is an option of another line is for the units of that line, any
        other for the units of the order in turn; each of them extends as many units as were
        sold, counting those that got theirs with an earlier delivery.
        """
        orders = self.sale_line_id.order_id
        lines = orders._get_extension_lines().filtered(
            lambda line: not line.aftersales_warranty_id) if orders else ()
        if not lines:
            return
        given = dict(self.env['aftersales.warranty.cover']._read_group(
            [('sale_line_id', 'in', lines.ids)], ['sale_line_id'], ['warranty_id:count_distinct']))
        for line in lines:
            free = int(line.product_uom_qty) - given.get(line, 0)
            cards = self.filtered(lambda card, line=line: card.sale_line_id == (
                line.linked_line_id or card.sale_line_id)
                and card.sale_line_id.order_id == line.order_id).sorted('id')
            line._extend_warranties(cards[:max(free, 0)])

    def action_extend(self):
        """Open a quotation that extends the warranty of this unit."""
        self.ensure_one()
        self._ensure_not_ended()
        extension = self.env['product.product'].search([
            ('sale_ok', '=', True), ('aftersales_extension_kind', '=', 'whole_unit'),
            '|', ('aftersales_extension_months', '>', 0),
            ('aftersales_extension_policy_id', '!=', False)], limit=1)
        lines = [fields.Command.create({
            'product_id': extension.id, 'product_uom_qty': 1.0,
            'aftersales_warranty_id': self.id})] if extension else []
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Extend the Warranty"),
            'res_model': 'sale.order',
            'views': [(False, 'form')],
            'context': {'default_partner_id': self.partner_id.id,
                        'default_company_id': self.company_id.id,
                        'default_order_line': lines},
        }
