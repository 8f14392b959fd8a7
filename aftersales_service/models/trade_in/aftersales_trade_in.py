from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.serial_range import spellings
from ...tools.trade_in import age_in_months, valuate
from .aftersales_trade_in_value import GRADES


class AftersalesTradeIn(models.Model):
    """An old unit taken back when a new one is sold: its value, how it comes in, what becomes
    of it.

    The price of the new unit stays the sale order's: the value is one line of it.
    """

    _name = 'aftersales.trade.in'
    _description = "Trade-in"
    _inherit = [
        'aftersales.image.mixin', 'aftersales.photo.mixin', 'aftersales.order.paper.mixin',
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin',
        'aftersales.revocation.mixin']
    _order = 'id desc'
    _rec_names_search = ['name', 'serial', 'description']
    _check_company_auto = True
    _order_flag = 'has_trade_in'

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        [('draft', "Draft"), ('granted', "Value Granted"), ('settled', "On the Sale Order"),
         ('received', "Taken Over"), ('disposed', "Disposed of"), ('cancelled', "Withdrawn")],
        default='draft', required=True, readonly=True, index=True, copy=False, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Handled by", default=lambda self: self.env.user,
        domain=[('share', '=', False)], index=True)

    # Where it belongs
    sale_order_id = fields.Many2one(
        'sale.order', index='btree_not_null', check_company=True,
        ondelete='restrict', help="The sale of the new unit.")
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        link_access='write',
        help="The service order from which it came, such as a repair that does not pay.")
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, required=True, index=True, check_company=True)

    # The old unit
    product_id = fields.Many2one(
        'product.product', compute='_compute_product_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True,
        help="Empty for a unit of another make: describe it then.")
    description = fields.Char(
        string="Unit", compute='_compute_description', store=True, readonly=False,
        precompute=True, help="Make and model of the old unit.")
    categ_id = fields.Many2one(
        'product.category', string="Product Category", compute='_compute_categ_id',
        store=True, readonly=False, precompute=True, index='btree_not_null')
    serial = fields.Char(
        string="Serial Number", compute='_compute_serial', store=True, readonly=False,
        precompute=True, index='trigram', copy=False)
    date_bought = fields.Date(
        string="Bought on", compute='_compute_date_bought', store=True, readonly=False,
        precompute=True)
    price_new = fields.Monetary(
        string="Price when New", compute='_compute_price_new', store=True, readonly=False,
        precompute=True)
    grade = fields.Selection(GRADES, string="Condition", required=True, default='good')
    accessories = fields.Char(help="What came with it: remote control, charger, box.")
    has_data = fields.Boolean(
        string="Holds Data", help="A device with personal data must be wiped before it leaves us.")
    is_wiped = fields.Boolean(
        string="Data Wiped",
        help="The customer declares that all personal data and accounts are removed.")
    note = fields.Text()

    # Value
    value_proposed = fields.Monetary(
        string="Value by the Table", compute='_compute_value_proposed', store=True, protected=True)
    value = fields.Monetary(
        string="Value Granted", compute='_compute_value', store=True, readonly=False,
        help="More than the table says is granted by team leads.")
    value_reason = fields.Char(string="Reason for Another Value")
    programme_id = fields.Many2one(
        'aftersales.trade.in.programme', string="Subsidy Programme", check_company=True)
    subsidy = fields.Monetary(
        compute='_compute_subsidy', store=True, readonly=False,
        help="Paid by a third party towards the new unit, on a separate line.")
    sale_line_ids = fields.One2many(
        'sale.order.line', 'aftersales_trade_in_id', string="Lines on the Sale Order",
        readonly=True)

    # A serial number that was given once is not given again
    _serial_uniq = models.UniqueIndex(
        "(company_id, upper(serial)) WHERE serial IS NOT NULL AND state != 'cancelled'",
        "A unit of this serial number was traded in already.")
    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number must be unique per company.")
    _values_positive = models.Constraint(
        'CHECK(value >= 0 AND subsidy >= 0 AND price_new >= 0)',
        "Values and prices cannot be negative.")

    # === COMPUTES === #

    @api.depends('sale_order_id', 'order_id')
    def _compute_partner_id(self):
        for trade in self:
            trade.partner_id = (
                trade.partner_id or trade.sale_order_id.partner_id or trade.order_id.partner_id)

    @api.depends('order_id')
    def _compute_product_id(self):
        for trade in self:
            trade.product_id = trade.product_id or trade.order_id.product_id

    @api.depends('product_id')
    def _compute_description(self):
        for trade in self:
            trade.description = trade.description or trade.product_id.display_name

    @api.depends('product_id')
    def _compute_categ_id(self):
        for trade in self:
            trade.categ_id = trade.product_id.categ_id or trade.categ_id

    @api.depends('order_id')
    def _compute_serial(self):
        for trade in self:
            trade.serial = trade.serial or trade.order_id.serial

    @api.depends('order_id')
    def _compute_date_bought(self):
        for trade in self:
            card = trade.order_id.warranty_id
            trade.date_bought = (
                trade.date_bought or card.invoice_date or card.delivery_date)

    @api.depends('product_id')
    def _compute_price_new(self):
        for trade in self:
            trade.price_new = trade.product_id.lst_price or trade.price_new

    @api.depends('product_id', 'categ_id', 'grade', 'date_bought', 'price_new', 'company_id')
    def _compute_value_proposed(self):
        """Look the values up: the table of a company is read once for all records."""
        for company, trades in self.grouped('company_id').items():
            rows = self.env['aftersales.trade.in.value']._get_rows(company)
            for trade in trades:
                trade.value_proposed = trade._valuate_at(trade.price_new, rows)

    @api.depends('value_proposed')
    def _compute_value(self):
        for trade in self:
            trade.value = trade.value_proposed if trade.state == 'draft' else trade.value

    @api.depends('programme_id', 'sale_order_id')
    def _compute_subsidy(self):
        for trade in self:
            if trade.state not in ('draft', 'granted'):
                trade.subsidy = trade.subsidy
            else:
                trade.subsidy = trade.programme_id and trade.programme_id._get_subsidy(
                    trade._get_new_price())

    @api.constrains('product_id', 'description')
    def _check_described(self):
        for trade in self:
            if not trade.product_id and not (trade.description or '').strip():
                raise ValidationError(self.env._("Say which unit is traded in."))

    @api.constrains('sale_order_id', 'partner_id')
    def _check_same_customer(self):
        self._ensure_same_customer()

    @api.constrains('date_bought')
    def _check_date_bought(self):
        for trade in self:
            if trade.date_bought and trade.date_bought > fields.Date.context_today(trade):
                raise ValidationError(self.env._(
                    "The old unit cannot have been bought in the future: %(date)s.",
                    date=trade.date_bought))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._clean(dict(vals)) for vals in vals_list]
        self._ensure_serials_are_new(vals.get('serial') for vals in vals_list)
        return super().create(vals_list)

    def write(self, vals):
        vals = self._clean(dict(vals))
        if vals.get('serial'):
            self._ensure_serials_are_new([vals['serial']])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_granted(self):
        self._refuse_where(
            lambda trade: trade.state not in ('draft', 'cancelled'),
            self.env._("Only drafts can be deleted; cancel these instead"))

    # === RULES === #

    @api.model
    def _clean(self, vals):
        """Write a serial number without blanks around it, so that it is found again."""
        if vals.get('serial'):
            vals['serial'] = vals['serial'].strip() or False
        return vals

    def _get_categories(self):
        """Return the unit's product category and those above it, the nearest first."""
        self.ensure_one()
        # a product of ours is valued as what it is, not as what was chosen
        path = (self.product_id.categ_id or self.categ_id).parent_path or ''
        return [int(part) for part in reversed(path.split('/')) if part]

    def _valuate_at(self, price, rows=None):
        """Return the value by the table for a unit that cost ``price`` when it was new.

        :param rows: the table of the record's company, if it was read already
        """
        self.ensure_one()
        if not self.grade:
            return 0.0
        day = fields.Date.context_today(self)
        age = age_in_months(self.date_bought, day) if self.date_bought else 0
        if rows is None:
            rows = self.env['aftersales.trade.in.value']._get_rows(self.company_id)
        return valuate(rows, self._get_categories(), self.grade, age, day, price).amount

    def _ensure_same_customer(self):
        """Refuse a sale order of another customer than the one who brings the old unit."""
        for trade in self:
            # the desk reads no sale orders, but must not put an old unit on a stranger's
            sale = trade.sudo().sale_order_id
            if sale and sale.partner_id.commercial_partner_id != (
                    trade.sudo().partner_id.commercial_partner_id):
                raise ValidationError(self.env._(
                    "The sale order of %(trade)s belongs to another customer: choose a sale "
                    "order of %(customer)s.", trade=trade.name or self.env._("the trade-in"),
                    customer=trade.partner_id.display_name))

    def _get_new_price(self):
        """Return what the goods on the sale order cost with tax, before any trade-in."""
        self.ensure_one()
        sale = self.sudo().sale_order_id
        lines = sale.order_line.filtered(
            lambda line: not line.aftersales_trade_in_id and not line.display_type)
        return sale.currency_id._convert(
            sum(lines.mapped('price_total')), self.currency_id, self.company_id) if sale else 0.0

    def _to_sale_currency(self, amount):
        """Return an amount of ours in the currency of the sale order."""
        self.ensure_one()
        return self.currency_id._convert(
            amount, self.sudo().sale_order_id.currency_id, self.company_id)

    def _ensure_serials_are_new(self, serials=None):
        """Refuse serial numbers that were given by another trade-in, saying which.

        :param serials: those that are about to be written; by default the records' own
        """
        given = [serial for serial in (serials or self.mapped('serial')) if serial]
        written = {
            spelling for serial in given
            for spelling in (*spellings(serial), serial.lower())}
        # a unit given to a colleague counts too
        known = given and self.sudo().search([
            ('serial', 'in', list(written)), ('state', '!=', 'cancelled'),
            ('company_id', 'in', (self.company_id or self.env.company).ids),
            ('id', 'not in', self.ids)], limit=1)
        if known:
            raise ValidationError(self.env._(
                "Serial number %(serial)s was traded in already, by %(trade)s.",
                serial=known.serial, trade=known.name))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked if self.state == 'draft' else locked | self._get_granted_fields()

    def _get_locked_message(self):
        return self.env._("The value is granted already; take it back to draft first")

    @api.model
    def _get_granted_fields(self):
        """Return the fields that the granted value stands on: only a draft changes there."""
        return {'product_id', 'description', 'categ_id', 'serial', 'date_bought', 'price_new',
                'grade', 'value', 'programme_id', 'subsidy', 'sale_order_id', 'partner_id',
                'company_id'}
