from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesOrder(models.Model):
    """What a delivery asks about beside the work: stairs, packaging, the old product."""

    _inherit = 'aftersales.order'

    has_delivery = fields.Boolean(related='type_id.has_delivery')
    packing_note = fields.Text(related='product_id.aftersales_packing_note')

    # What is delivered
    transfer_id = fields.Many2one(
        'stock.picking', copy=False, index='btree_not_null',
        check_company=True, protected=True,
        help="The transfer that brings the goods to the customer.")
    delivered_quantity = fields.Float(
        string="Quantity", default=1.0, copy=False, digits='Product Unit',
        help="How many of the product are delivered.")

    # The way up
    floor = fields.Integer(copy=False, help="Negative for cellars; 0 is the ground.")
    has_lift = fields.Boolean(
        string="Lift Fits the Goods", copy=False, help="With a lift no floor fee is due.")

    # The old product
    is_old_taken = fields.Boolean(string="Old Product Taken", copy=False)
    old_product = fields.Char(copy=False, help="Make and model of what was taken along.")
    old_serial = fields.Char(string="Old Serial Number", copy=False)
    old_condition = fields.Char(string="Condition of the Old Product", copy=False)

    # Damage found on delivery
    has_damage = fields.Boolean(
        string="Damaged on Delivery", readonly=True, copy=False, protected=True)
    damage_ids = fields.One2many('aftersales.delivery.damage', 'order_id')

    @api.constrains('delivered_quantity')
    def _check_delivered_quantity(self):
        for order in self:
            if order.delivered_quantity <= 0:
                raise ValidationError(self.env._(
                    "Enter how many units order %(order)s delivers.", order=order.name))

    # === ACTIONS === #

    def action_add_floor_fee(self):
        """Put the floor fee on the orders; one that is there and not quoted is renewed."""
        self.check_access('write')
        self._apply_floor_fee()

    def action_report_damage(self):
        """Write down damage that was found on this delivery."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Damage on Delivery"),
            'res_model': 'aftersales.delivery.damage', 'view_mode': 'form',
            'context': {'default_order_id': self.id}}

    def action_view_damages(self):
        """Show the damage found on these deliveries."""
        return self.damage_ids._get_records_action(name=self.env._("Damage on Delivery"))

    # === RULES === #

    def _apply_floor_fee(self):
        """Make one line of labour per order for its paid floors."""
        fees = self.env['aftersales.floor.fee'].search(
            [('company_id', 'in', [False, *self.company_id.ids])])
        rules = {order: fees._find_for(order) for order in self}
        self._refuse_where(
            lambda order: not rules[order],
            self.env._("No floor fee is set up for the goods; add one in the configuration"))
        self._refuse_where(
            lambda order: not rules[order]._count_floors(order),
            self.env._("No floor fee is due: enter the floor, and that the goods fit into no lift"))
        lines = self.labour_ids.filtered('floor_fee_id')
        self._refuse_where(
            lambda order: lines.sudo().filtered('sale_line_id') & order.labour_ids.sudo(),
            self.env._("The floor fee is quoted already; change it on the quotation"))
        lines.unlink()
        # the right to write the orders was checked by the action
        self.env['aftersales.labour'].sudo().create(
            [order._prepare_floor_fee_vals(rules[order]) for order in self])

    def _prepare_floor_fee_vals(self, fee):
        """Return the values of the line for the floors that the customer pays."""
        self.ensure_one()
        return {
            'order_id': self.id,
            'floor_fee_id': fee.id,
            'product_id': fee.service_id.id,
            'quantity': fee._count_floors(self),
            'technician_id': self.technician_id.id,
        }

    # === PRINT === #

    def _get_arrival(self):
        """Return the last arrival of a technician at the site, or ``False``."""
        self.ensure_one()
        # the report checked the right to read the order; only the time of arrival is read
        return max(filter(None, self.sudo().visit_ids.mapped('date_arrived')), default=False)

    def _get_delivered_units(self):
        """Return this order and the others that the same trip brings to the customer."""
        self.ensure_one()
        self.check_access('read')
        # checked above; the slip lists the customer's own goods of one trip
        order = self.sudo()
        return order | order.visit_ids.sorted('id')[-1:].order_ids.filtered(
            lambda other: other.partner_id == order.partner_id and other.type_id == order.type_id
            and other.product_id and other.state not in ('rejected', 'cancelled'))

    def _get_printed_damages(self):
        """Return the damage that both sides sign, with its photos."""
        self.ensure_one()
        self.check_access('read')
        # checked above; the slip lists all damage found at the customer's door
        return self.sudo().damage_ids.filtered(lambda damage: damage.state != 'draft')
