from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.aftersales_penalty_acknowledgement import OFFICER
from ..report.aftersales_failure_cost import GAINS

SHOWN = 80


class AftersalesFailurePrice(models.TransientModel):
    """What the failures of one unit, batch or model cost, on one page with each document.

    It adds what the user may read of ``aftersales.failure.cost``. What persons were fined is
    summed for those alone who read each penalty.
    """

    _name = 'aftersales.failure.price'
    _description = "Price of a Failure"
    _inherit = 'aftersales.link.access.mixin'

    scope = fields.Selection(
        [('unit', "Single Unit"), ('batch', "Batch"), ('product', "Model"),
         ('complaint', "Complaint")],
        required=True, default='unit', string="Look at")
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", link_access='read')
    serial = fields.Char(string="Serial Number")
    batch = fields.Char()
    product_tmpl_id = fields.Many2one('product.template', string="Model")
    complaint_id = fields.Many2one('aftersales.complaint', link_access='read')
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Last Day")

    # What it adds
    cost_ids = fields.Many2many(
        'aftersales.failure.cost', string="Documents", compute='_compute_amounts')
    cost_count = fields.Integer(string="Rows", compute='_compute_amounts')
    amount_orders = fields.Monetary(
        string="Orders and Visits", compute='_compute_amounts',
        help="Handling, labour, visits, freight and rework.")
    amount_parts = fields.Monetary(string="Parts", compute='_compute_amounts')
    amount_returns = fields.Monetary(
        string="Returned and Replaced Goods", compute='_compute_amounts')
    amount_compensation = fields.Monetary(
        string="Compensation and Discounts", compute='_compute_amounts')
    amount_other = fields.Monetary(string="Other", compute='_compute_amounts')
    amount_cost = fields.Monetary(string="Cost", compute='_compute_amounts')
    amount_paid = fields.Monetary(string="Paid by the Customer", compute='_compute_amounts')
    amount_recovered = fields.Monetary(
        string="Recovered", compute='_compute_amounts',
        help="From outlets, suppliers, carriers and by reselling goods.")
    amount_net = fields.Monetary(
        string="Price of the Failure", compute='_compute_amounts',
        help="The cost, less what the customer paid and what was recovered.")
    amount_penalty = fields.Monetary(
        string="Deducted from Employees", compute='_compute_amount_penalty', groups=OFFICER,
        help="Only a sum; it does not lower the price.")

    # What happened
    order_count = fields.Integer(string="Service Orders", compute='_compute_counts')
    visit_count = fields.Integer(string="Visits", compute='_compute_counts')
    return_count = fields.Integer(string="Returns", compute='_compute_counts')
    complaint_count = fields.Integer(string="Complaints", compute='_compute_counts')

    _PARTS = {
        'amount_parts': ('parts',), 'amount_returns': ('return', 'replacement'),
        'amount_compensation': ('compensation', 'discount'), 'amount_other': ('other',),
        'amount_orders': ('handling', 'labour', 'visit', 'freight', 'rework'),
        'amount_paid': ('paid',), 'amount_recovered': ('recovered',)}

    # === COMPUTES === #

    @api.depends('scope', 'warranty_id', 'serial', 'batch', 'product_tmpl_id', 'complaint_id')
    def _compute_display_name(self):
        for page in self:
            key = page._get_key()
            subject = key if not key or isinstance(key, str) else key.display_name
            page.display_name = self.env._(
                "Price of a Failure: %(subject)s", subject=subject) if subject else (
                    self.env._("Price of a Failure"))

    @api.depends('scope', 'company_id', 'warranty_id', 'serial', 'batch', 'product_tmpl_id',
                 'complaint_id', 'date_from', 'date_to')
    def _compute_amounts(self):
        facts = self.env['aftersales.failure.cost']
        for page in self:
            domain = page._get_cost_domain()
            sums = {component: (amount, count) for component, amount, count in (
                facts._read_group(domain, ['component'], ['amount:sum', '__count']))}
            for name, components in self._PARTS.items():
                page[name] = sum(sums.get(component, (0.0, 0))[0] for component in components)
            page.amount_paid, page.amount_recovered = -page.amount_paid, -page.amount_recovered
            page.amount_cost = sum(
                amount for component, (amount, __) in sums.items() if component not in GAINS)
            page.amount_net = page.amount_cost - page.amount_paid - page.amount_recovered
            page.cost_count = sum(count for __, count in sums.values())
            page.cost_ids = facts.search(domain, limit=SHOWN)

    @api.depends('scope', 'company_id', 'warranty_id', 'serial', 'batch', 'product_tmpl_id',
                 'complaint_id', 'date_from', 'date_to')
    def _compute_amount_penalty(self):
        """Add up the penalties that the user reads one by one."""
        for page in self:
            [[deducted, returned]] = self.env['aftersales.penalty']._read_group(
                Domain('complaint_id', 'any', page._get_domain('aftersales.complaint')),
                aggregates=['amount_deducted:sum', 'amount_returned:sum'])
            page.amount_penalty = (deducted or 0.0) - (returned or 0.0)

    @api.depends('scope', 'company_id', 'warranty_id', 'serial', 'batch', 'product_tmpl_id',
                 'complaint_id', 'date_from', 'date_to')
    def _compute_counts(self):
        for page in self:
            for name, model in (
                    ('order_count', 'aftersales.order'), ('return_count', 'aftersales.return'),
                    ('complaint_count', 'aftersales.complaint')):
                page[name] = self.env[model].search_count(page._get_domain(model))
            page.visit_count = self.env['aftersales.visit'].search_count(
                page._get_domain('aftersales.visit'))

    @api.constrains('scope', 'warranty_id', 'serial', 'batch', 'product_tmpl_id',
                    'complaint_id')
    def _check_scope(self):
        for page in self:
            if not page._get_key():
                raise UserError(self.env._(
                    "Choose the unit, batch, model or complaint whose price you want to see."))

    # === DOMAINS === #

    def _get_key(self):
        """Return the record or text that the page is about; empty where none is chosen."""
        self.ensure_one()
        if self.scope == 'unit':
            return self.warranty_id or (self.serial or '').strip()
        return self[{'batch': 'batch', 'product': 'product_tmpl_id',
                     'complaint': 'complaint_id'}[self.scope]]

    def _get_cost_domain(self):
        """Return the domain of the facts of the page."""
        self.ensure_one()
        domain = Domain('company_id', '=', self.company_id.id)
        if self.date_from:
            domain &= Domain('date', '>=', self.date_from)
        if self.date_to:
            domain &= Domain('date', '<=', self.date_to)
        key = self._get_key()
        if not key:
            return Domain.FALSE
        if self.scope == 'product':
            return domain & self._get_unit_domain()
        if self.scope == 'unit':
            return domain & (
                Domain('warranty_id', '=', key.id) if self.warranty_id
                else Domain('serial', '=', key))
        # a batch stands on its complaints: what they name belongs to it
        cases = self.complaint_id if self.scope == 'complaint' else (
            self.env['aftersales.complaint'].search(self._get_domain('aftersales.complaint')))
        own = Domain('complaint_id', 'in', cases.ids) | Domain(
            'order_id', 'in', cases.order_id.ids) | Domain('return_id', 'in', cases.return_id.ids)
        if self.scope == 'batch':
            own |= Domain('batch', '=', key) | Domain('warranty_id', 'in', cases.warranty_id.ids)
        return domain & own

    def _get_domain(self, model):
        """Return the domain of the orders, visits, returns or complaints of the page."""
        self.ensure_one()
        key = self._get_key()
        if not key:
            return Domain.FALSE
        own = Domain('company_id', '=', self.company_id.id)
        if model == 'aftersales.complaint' and self.scope == 'complaint':
            return Domain('id', '=', key.id)
        if model == 'aftersales.complaint':
            return own & self._get_unit_domain()
        if model == 'aftersales.visit':
            return own & Domain('order_ids', 'any', self._get_domain('aftersales.order'))
        if self.scope in ('batch', 'complaint'):
            cases = self.env['aftersales.complaint'].search(
                self._get_domain('aftersales.complaint'))
            name = 'order_id' if model == 'aftersales.order' else 'return_id'
            return own & Domain('id', 'in', cases[name].ids)
        if model == 'aftersales.return':
            return own & Domain('line_ids', 'any', self._get_unit_domain())
        return own & self._get_unit_domain()

    def _get_unit_domain(self):
        """Return the domain of what names the unit, batch or model itself."""
        key = self._get_key()
        if self.scope == 'unit':
            return Domain('warranty_id', '=', key.id) if self.warranty_id else (
                Domain('serial', '=', key))
        if self.scope == 'batch':
            return Domain('batch', '=', key)
        # by their numbers, as the indexes of all documents know them
        variants = key.with_context(active_test=False).product_variant_ids
        return Domain('product_id', 'in', variants.ids)

    # === ACTIONS === #

    def action_view_costs(self):
        """Show all rows of the page, as a pivot and a list."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_failure_cost_action')
        return action | {'domain': list(self._get_cost_domain()), 'context': {}}

    def action_view_orders(self):
        """Show the service orders of the page."""
        return self._view('aftersales.order', self.env._("Service Orders"))

    def action_view_visits(self):
        """Show the visits of the page."""
        return self._view('aftersales.visit', self.env._("Visits"))

    def action_view_returns(self):
        """Show the returns of the page."""
        return self._view('aftersales.return', self.env._("Returns"))

    def action_view_complaints(self):
        """Show the complaints of the page."""
        return self._view('aftersales.complaint', self.env._("Complaints"))

    def _view(self, model, name):
        self.ensure_one()
        return {'type': 'ir.actions.act_window', 'name': name, 'res_model': model,
                'views': [(False, 'list'), (False, 'form')],
                'domain': list(self._get_domain(model))}

    @api.model
    def _open_for(self, **values):
        """Return the action that shows the page of a unit, batch, model or complaint."""
        page = self.create(values)
        return page._get_records_action(name=self.env._("Price of a Failure"))
