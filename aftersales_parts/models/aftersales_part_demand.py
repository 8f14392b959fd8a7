from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

MOST_PIECES = 100_000_000


class AftersalesPartDemand(models.Model):
    """What was asked of a part in a month, by place, outlet and machine model.

    It is no document: the rows of repairs are counted from core's done moves and counted again at
    will, those of earlier years are imported. The demand for an old part number counts for the
    part that stands in its place today.
    """

    _name = 'aftersales.part.demand'
    _description = "Part Demand"
    _inherit = ['aftersales.import.mixin', 'aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'month desc, id desc'
    _rec_name = 'product_id'
    _check_company_auto = True

    month = fields.Date(required=True, index=True, help="Any day of the month; the first is kept.")
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    asked_product_id = fields.Many2one(
        'product.product', string="Part Asked for", required=True, index=True,
        ondelete='restrict', check_company=True,
        help="The part number that was used then.")
    product_id = fields.Many2one(
        'product.product', string="Part", compute='_compute_product_id', store=True,
        precompute=True, readonly=False, index=True, ondelete='restrict', copy=False,
        protected=True,
        help="The part for which the demand counts today: what stands in the place of an old "
             "number.")
    source = fields.Selection(
        [('repair', "Repairs"), ('import', "Import")], required=True, readonly=True,
        default='import', copy=False, protected=True)
    warehouse_id = fields.Many2one(
        'stock.warehouse', compute='_compute_warehouse_id', store=True, precompute=True,
        index='btree_not_null')
    location_id = fields.Many2one(
        'stock.location', string="Taken from", index='btree_not_null', check_company=True,
        help="The warehouse, the store of an outlet or the van of a technician. Empty: the "
             "first warehouse of the company.")
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True)
    machine_id = fields.Many2one(
        'product.template', string="Machine Model", index='btree_not_null', check_company=True)
    asked_quantity = fields.Float(
        string="Quantity Asked for", digits='Product Unit', required=True,
        help="In the unit of measure of the part.")
    quantity = fields.Float(
        compute='_compute_product_id', store=True, precompute=True, readonly=False,
        digits='Product Unit', copy=False, protected=True,
        help="The quantity asked for, in pieces of the part for which it counts.")
    line_count = fields.Integer(string="Lines Asked", help="How often the part was asked for.")
    at_once_count = fields.Integer(
        string="Lines Filled at Once", help="How often it was there without a wait.")
    fill_rate = fields.Float(
        compute='_compute_fill_rate', aggregator=None,
        help="Lines filled at once, of those asked.")

    _never_negative = models.Constraint(
        'CHECK(asked_quantity >= 0 AND line_count >= 0 AND at_once_count >= 0)',
        "Demand cannot be negative: enter what was taken back as a smaller demand of its month.")
    _filled_of_asked = models.Constraint(
        'CHECK(at_once_count <= line_count)',
        "No more lines are filled at once than were asked.")
    _first_of_month = models.Constraint(
        'CHECK(EXTRACT(day FROM month) = 1)', "Demand is kept by month.")
    _row_uniq = models.UniqueIndex(
        '(company_id, month, source, asked_product_id, product_id, COALESCE(location_id, 0),'
        ' COALESCE(outlet_id, 0), COALESCE(machine_id, 0))',
        "The demand of this month, part, place, outlet and machine is known already: correct "
        "its row.")
    # what classes and suggestions read: the months of many parts of a company
    _part_month_idx = models.Index('(company_id, product_id, month)')

    @api.depends('asked_product_id', 'asked_quantity')
    def _compute_product_id(self):
        """Count the demand for an old number for the part that stands in its place.

        A kit for one counts for its first part here; what repairs use is split by the count.
        """
        targets = self._find_targets(self.asked_product_id)
        for demand in self:
            demand.product_id, factor = next(
                iter(targets.get(demand.asked_product_id, {}).items()),
                (demand.asked_product_id, 1.0))
            demand.quantity = demand.asked_quantity * factor

    @api.depends('location_id', 'company_id')
    def _compute_warehouse_id(self):
        first = {company: company._get_parts_warehouse() for company in self.company_id}
        for demand in self:
            # who writes the row may know the warehouse of its place
            demand.warehouse_id = (
                demand.location_id.sudo().warehouse_id or first.get(demand.company_id))

    @api.depends('line_count', 'at_once_count')
    def _compute_fill_rate(self):
        for demand in self:
            demand.fill_rate = demand.line_count and demand.at_once_count / demand.line_count

    @api.constrains('month')
    def _check_month(self):
        for demand in self:
            today = demand.company_id._get_aftersales_day(fields.Datetime.now())
            if demand.month > today:
                raise ValidationError(self.env._(
                    "The demand of %(month)s is not known yet: enter months up to this one.",
                    month=format_date(self.env, demand.month, date_format='MMMM y')))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._ensure_quantity(vals)
        return super().create([self._normalise_month(vals) for vals in vals_list])

    def write(self, vals):
        self._ensure_quantity(vals)
        return super().write(self._normalise_month(vals))

    @api.model
    def _ensure_quantity(self, vals):
        """Refuse what cannot even be rounded, before the ORM rounds it."""
        quantity = vals.get('asked_quantity')
        if isinstance(quantity, (int, float)) and not abs(quantity) < MOST_PIECES:
            raise UserError(self.env._(
                "Enter a demand below %(most)s pieces a month.", most=f'{MOST_PIECES:,}'))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        if not self.env.su:
            self._refuse_where(
                lambda demand: demand.source == 'repair', self._get_locked_message())

    # === RULES === #

    @api.model
    def _normalise_month(self, vals):
        """Keep the first day of the month that was entered."""
        month = fields.Date.to_date(vals.get('month'))
        return {**vals, 'month': month.replace(day=1)} if month else vals

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return self._get_all_but() if self.source == 'repair' else locked

    def _get_locked_message(self):
        return self.env._(
            "This demand is counted from repairs: correct the repair, or add a row of your own "
            "for what it does not know")

    @api.model
    def _find_targets(self, products):
        """Return ``{superseded part: {part: pieces in place of one}}``, for those superseded.

        Several parts are a kit for one; of several successors the first one counts.
        """
        # which part stands in the place of another is known to all who see parts
        chains = self.env['aftersales.part.supersession'].sudo()._read_chains(products)

        def expand(product, factor):
            rows = chains.get(product)
            if not rows:
                return {product: factor}
            is_kit = rows[0].kind == 'kit'
            chosen = rows.filtered(lambda row: row.kind == 'kit') if is_kit else rows[0]
            found = {}
            for row in chosen:
                for part, pieces in expand(row.product_id, factor * row.quantity).items():
                    found[part] = found.get(part, 0.0) + pieces
            return found

        return {product: expand(product, 1.0) for product in products if product in chains}

    # === IMPORT === #

    @api.model
    def _get_import_example(self):
        return {
            'month': '2025-06-01', 'asked_product_id': 'CAP-35', 'asked_quantity': 300,
            'line_count': 280, 'at_once_count': 270, 'location_id': 'WH/Stock',
            'machine_id': 'Air Conditioner'}
