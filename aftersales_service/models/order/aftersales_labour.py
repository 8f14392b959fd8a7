from odoo import api, fields, models

from ...tools.warranty import LABOUR


class AftersalesLabour(models.Model):
    """Work on an order, such as an hour of repair or a trip, with its cover and price."""

    _name = 'aftersales.labour'
    _description = "Labour on a Service Order"
    _order = 'order_id, sequence, id'
    _check_company_auto = True

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='cascade', check_company=True)
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        'product.product', string="Service", required=True, check_company=True,
        domain=[('type', '=', 'service'), ('sale_ok', '=', True)])
    name = fields.Char(
        string="Description", compute='_compute_name', store=True, readonly=False)
    quantity = fields.Float(default=1.0, digits='Product Unit', required=True)
    uom_id = fields.Many2one(related='product_id.uom_id', string="Unit of Measure")
    technician_id = fields.Many2one(
        'res.users', default=lambda self: self.env.user, domain=[('share', '=', False)])
    is_covered = fields.Boolean(
        string="Covered", compute='_compute_cover', store=True, readonly=False,
        help="Covered labour costs the customer nothing.")
    cover_reason = fields.Char(compute='_compute_cover', store=True, readonly=False)
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sale Order Line", readonly=True, copy=False,
        index='btree_not_null')

    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "The quantity of labour must be positive.")

    @api.depends('product_id')
    def _compute_name(self):
        for labour in self:
            labour.name = labour.product_id.display_name

    @api.depends('product_id', 'order_id.warranty_id', 'order_id.charge_kind',
                 'order_id.date_event')
    def _compute_cover(self):
        for labour in self:
            if labour.order_id.date_done:
                labour.is_covered = labour.is_covered  # what was decided stays decided
                labour.cover_reason = labour.cover_reason
                continue
            labour.is_covered, labour.cover_reason = labour.order_id._get_cover_verdict(LABOUR)

    def _prepare_sale_line_vals(self):
        """Return the values of the quotation's line for this labour."""
        self.ensure_one()
        return {
            'product_id': self.product_id.id,
            'name': self.name,
            'product_uom_qty': self.quantity,
            'is_aftersales_covered': self.is_covered,
            'aftersales_labour_ids': [fields.Command.link(self.id)],
        }
