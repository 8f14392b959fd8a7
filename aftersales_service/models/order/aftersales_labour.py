from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.line_cover import LineCover
from ...tools.warranty import LABOUR, TRAVEL

# what the cover of labour follows from
COVER_TRIGGERS = (
    'product_id', 'order_id.warranty_id', 'order_id.charge_kind', 'order_id.date_event',
    'order_id.part_ids.product_id')

# what people write of a line
LINE_FIELDS = frozenset({
    'order_id', 'product_id', 'name', 'quantity', 'is_covered', 'cover_percent', 'cover_facts',
    'cover_reason', 'technician_id'})


class AftersalesLabour(models.Model):
    """Work on an order, such as an hour of repair or a trip, with its cover and price."""

    _name = 'aftersales.labour'
    _description = "Labour on a Service Order"
    _inherit = ['aftersales.legal.hold.part.mixin', 'aftersales.protected.mixin']
    _hold_field = 'order_id'
    _order = 'order_id, sequence, id'
    _check_company_auto = True

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='cascade', link_access='write')
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
        string="Covered", compute='_compute_is_covered', inverse='_inverse_is_covered',
        store=True, copy=False, help="Covered labour costs the customer nothing.")
    cover_percent = fields.Float(
        string="Covered (%)", compute='_compute_cover_percent', store=True, readonly=False,
        copy=False,
        help="The share of the price that the warranty covers; the customer pays the rest.")
    # a compute of its own: a share that is given does not silence the card
    cover_facts = fields.Json(
        compute='_compute_cover_facts', store=True, readonly=False, copy=False)
    cover_reason = fields.Char(
        compute='_compute_cover_reason', inverse='_inverse_cover_reason')
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sale Order Line", readonly=True, copy=False,
        index='btree_not_null', protected=True)

    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "The quantity of labour must be positive.")

    # === COMPUTES === #

    @api.depends('product_id')
    def _compute_name(self):
        for labour in self:
            labour.name = labour.product_id.display_name

    @api.depends(*COVER_TRIGGERS)
    def _compute_cover_percent(self):
        for labour in self:
            verdict = labour._get_cover_check()
            labour.cover_percent = verdict.percent if verdict else labour.cover_percent

    @api.depends(*COVER_TRIGGERS)
    def _compute_cover_facts(self):
        for labour in self:
            verdict = labour._get_cover_check()
            labour.cover_facts = verdict.facts if verdict else labour.cover_facts

    @api.depends('cover_percent')
    def _compute_is_covered(self):
        for labour in self:
            labour.is_covered = labour.cover_percent >= 100.0

    def _inverse_is_covered(self):
        """Bear all or nothing where the tick says something else than the per cent."""
        for labour in self:
            if labour.is_covered != (labour.cover_percent >= 100.0):
                labour.cover_percent = 100.0 if labour.is_covered else 0.0

    @api.onchange('is_covered')
    def _onchange_is_covered(self):
        self._inverse_is_covered()

    @api.depends('cover_facts', 'cover_percent')
    @api.depends_context('lang')
    def _compute_cover_reason(self):
        for labour, reason in zip(self, self._get_cover_reasons(), strict=True):
            labour.cover_reason = reason

    def _inverse_cover_reason(self):
        """Keep the words of the user who decides the cover, not those of the card."""
        for labour, reason in zip(self, self._get_cover_reasons(), strict=True):
            if labour.cover_reason != reason:
                labour.cover_facts = LineCover.said(
                    labour.cover_percent, labour.cover_reason).facts

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        labours = super().create(vals_list)
        labours.order_id._ensure_work_goes_on()
        return labours

    def write(self, vals):
        if not LINE_FIELDS.isdisjoint(vals):
            self.order_id._ensure_work_goes_on()
        result = super().write(vals)
        if 'order_id' in vals:
            self.order_id._ensure_work_goes_on()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ended(self):
        self.order_id._ensure_work_goes_on()

    # === RULES === #

    @api.constrains('product_id')
    def _check_is_work(self):
        """Refuse what extends a warranty: it needs its unit, which a quotation names."""
        sold = self.product_id.filtered(lambda product: product._is_warranty_extension())
        if sold:
            raise ValidationError(self.env._(
                "“%(product)s” extends a warranty: sell it on a quotation that names the unit. "
                "It cannot be added as labour.", product=sold[0].display_name))

    def _get_cover_reasons(self):
        """Return why each line is covered or not, in the reader's words."""
        return self.env['aftersales.warranty']._format_line_covers([
            LineCover.kept(labour.cover_percent, labour.cover_facts) for labour in self])

    def _get_cover_check(self):
        """Return the ``LineCover`` of this labour; none once the work is done.

        What was decided stays decided.
        """
        self.ensure_one()
        if self.order_id.date_done:
            return None
        return self.order_id._get_cover_check(
            TRAVEL if self.product_id.is_aftersales_travel else LABOUR)

    def _prepare_sale_line_vals(self):
        """Return the values of the quotation's line for this labour."""
        self.ensure_one()
        vals = {
            'product_id': self.product_id.id,
            'product_uom_qty': self.quantity,
            'is_aftersales_covered': self.is_covered,
            'aftersales_cover_percent': self.cover_percent,
            'aftersales_labour_ids': [fields.Command.link(self.id)],
        }
        # core names the service in the customer's language, as it names parts
        return vals if self._is_named_by_service() else vals | {'name': self.name}

    def _is_named_by_service(self):
        """Whether the description is the service's own name, in whichever language."""
        self.ensure_one()
        return not self.name or any(
            self.name == self.product_id.with_context(lang=code).display_name
            for code, __ in self.env['res.lang'].get_installed())

    def _get_reader_name(self):
        """Return the description; the service's own name in the reader's language."""
        self.ensure_one()
        return self.product_id.display_name if self._is_named_by_service() else self.name
