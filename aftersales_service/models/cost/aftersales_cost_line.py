from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesCostLine(models.Model):
    """One cost of handling a return: an activity at its rate, or a direct cost or gain.

    The rate is copied from its period, so that a later change leaves it as charged.
    """

    _name = 'aftersales.cost.line'
    _description = "Cost of a Return"
    _inherit = ['aftersales.protected.mixin', 'aftersales.document.link.mixin']
    _order = 'date desc, id desc'
    _check_company_auto = True

    res_model = fields.Char(readonly=True, protected='after')
    res_id = fields.Many2oneReference(readonly=True, protected='after')
    record_name = fields.Char(string="Return")
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        link_access='read',
        help="The service order for which the cost arose: what a failure costs is its sum.")
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", index='btree_not_null',
        check_company=True, link_access='read',
        help="The card of the unit for which the cost arose.")
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    kind = fields.Selection(
        [('activity', "Activity"), ('material', "Material"), ('freight', "Freight"),
         ('labour', "Labour"), ('visit', "Visit"), ('compensation', "Compensation"),
         ('discount', "Discount"), ('recovered', "Recovered Value")],
        required=True, default='activity')
    activity_id = fields.Many2one(
        'aftersales.cost.activity', index='btree_not_null', ondelete='restrict',
        check_company=True)
    rate_id = fields.Many2one(
        'aftersales.cost.rate', compute='_compute_rate_id', store=True, precompute=True,
        index='btree_not_null', ondelete='restrict', protected=True)
    driver = fields.Selection(related='activity_id.driver')
    quantity = fields.Float(default=1.0)
    unit_cost = fields.Float(
        compute='_compute_unit_cost', store=True, readonly=False, precompute=True,
        digits=(16, 4), help="The rate of the activity, or the amount of a direct cost.")
    amount = fields.Monetary(
        compute='_compute_amount', store=True, precompute=True,
        help="What was recovered counts against the costs.", protected=True)
    name = fields.Char(string="Note")

    _record_idx = models.Index('(res_model, res_id)')
    _quantity_positive = models.Constraint(
        'CHECK(quantity >= 0 AND unit_cost >= 0)',
        "Quantities and amounts cannot be negative; what was recovered has its own kind.")

    @api.depends('kind', 'activity_id', 'date', 'company_id')
    def _compute_rate_id(self):
        """Find the rate of the day; one search for each company."""
        for company, lines in self.grouped('company_id').items():
            dated = lines.filtered(lambda line: line.kind == 'activity' and line.date)
            rates = dated and self.env['aftersales.cost.rate']._get_rates(
                company, min(dated.mapped('date')), max(dated.mapped('date')))
            for line in lines:
                line.rate_id = line in dated and rates.filtered(
                    lambda rate, line=line: rate.activity_id == line.activity_id
                    and rate.date_from <= line.date <= rate.date_to)[:1]

    @api.depends('rate_id')
    def _compute_unit_cost(self):
        for line in self:
            line.unit_cost = line.rate_id.rate if line.rate_id else line.unit_cost

    @api.depends('kind', 'quantity', 'unit_cost')
    def _compute_amount(self):
        for line in self:
            cost = line.unit_cost * line.quantity
            line.amount = -cost if line.kind == 'recovered' else cost

    @api.constrains('kind', 'activity_id')
    def _check_activity(self):
        for line in self:
            if line.kind == 'activity' and not line.activity_id:
                raise ValidationError(self.env._("Say which activity the cost belongs to."))

    @api.constrains('res_model', 'res_id')
    def _check_record(self):
        """Refuse costs of what is no return, or of one that the user may not see."""
        for model, lines in self.grouped('res_model').items():
            if not self._has_costs(model):
                raise ValidationError(self.env._("Costs belong to a return or a trade-in."))
            self.env[model].browse(lines.mapped('res_id')).check_access('read')

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._complete_keys(vals) for vals in vals_list])

    # === RULES === #

    @api.model
    def _complete_keys(self, vals):
        """Take order and card of the record that is charged, unless they are given."""
        model, res_id = (vals.get(name) or self.env.context.get(f'default_{name}')
                         for name in ('res_model', 'res_id'))
        if not res_id or not self._has_costs(model):
            return vals
        # which order a return belongs to is known to those who may charge it; checked after
        return {**self.env[model].sudo().browse(res_id)._get_cost_keys(), **vals}

    @api.model
    def _has_costs(self, model):
        """Return whether records of ``model`` are charged by activities."""
        return model in self.env and 'cost_line_ids' in self.env[model]._fields
