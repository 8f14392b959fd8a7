import math

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.cost import Way, break_even, joint_way, outsourced_way, own_way

WAYS = [('own', "Own"), ('joint', "Joint"), ('outsourced', "Outsourced")]


class AftersalesCostScenario(models.Model):
    """A comparison: handle returns ourselves, together with others, or by a contractor.

    Our own cost is what was recorded in the period; of the other two the offer is typed in.
    """

    _name = 'aftersales.cost.scenario'
    _description = "Comparison of Ways to Handle Returns"
    _inherit = ['aftersales.link.access.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'date_to desc, id desc'
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    quantity = fields.Integer(
        string="Returns in the Period", compute='_compute_quantity', store=True, readonly=False,
        help="What was recorded; type another number to ask “what if”.")

    # Own: recorded
    recorded_quantity = fields.Integer(
        string="Recorded Returns", compute='_compute_recorded', store=True)
    recorded_activity = fields.Monetary(
        string="Recorded Activities", compute='_compute_recorded', store=True)
    recorded_fixed = fields.Monetary(
        string="Of It Fixed", compute='_compute_recorded', store=True,
        help="What would remain without a single return; from the fixed part of the rates.")
    recorded_direct = fields.Monetary(
        string="Material and Freight less Recovered", compute='_compute_recorded', store=True)

    # Joint: shared fixed cost and variable cost
    joint_fixed = fields.Monetary(string="Fixed Cost of All Partners")
    joint_share = fields.Float(string="Our Share (%)")
    joint_variable = fields.Monetary(string="Cost per Return, Joint")

    # Outsourced: what the contractor asks
    contractor_id = fields.Many2one('res.partner', check_company=True)
    outsourced_base = fields.Monetary(string="Base Fee of the Period")
    outsourced_fee = fields.Monetary(string="Fee per Return")
    outsourced_percent = fields.Float(string="Fee on the Value (%)")
    unit_value = fields.Monetary(string="Mean Value of a Return")

    # Result
    own_total = fields.Monetary(string="Own", compute='_compute_result', store=True)
    joint_total = fields.Monetary(string="Joint", compute='_compute_result', store=True)
    outsourced_total = fields.Monetary(
        string="Outsourced", compute='_compute_result', store=True)
    best_way = fields.Selection(
        WAYS, string="Lowest Cost", compute='_compute_result', store=True)
    joint_break_even = fields.Char(
        string="Own or Joint", compute='_compute_break_even',
        help="The number of returns in the period at which both cost the same.")
    outsourced_break_even = fields.Char(
        string="Own or Outsourced", compute='_compute_break_even',
        help="The number of returns in the period at which both cost the same.")
    line_ids = fields.One2many(
        'aftersales.cost.scenario.line', 'scenario_id', string="Cost by Number of Returns")

    _period_in_order = models.Constraint(
        'CHECK(date_to >= date_from)', "The period cannot end before it begins.")
    _amounts_positive = models.Constraint(
        'CHECK(joint_fixed >= 0 AND joint_variable >= 0 AND outsourced_base >= 0'
        ' AND outsourced_fee >= 0 AND outsourced_percent >= 0 AND unit_value >= 0'
        ' AND quantity >= 0)', "Costs, fees and numbers cannot be negative.")
    _share_range = models.Constraint(
        'CHECK(joint_share >= 0 AND joint_share <= 100)', "A share lies between 0 and 100 %.")

    # === COMPUTES === #

    @api.depends('date_from', 'date_to', 'company_id')
    def _compute_recorded(self):
        for scenario in self:
            facts = scenario._read_recorded()
            scenario.recorded_quantity = facts['quantity']
            scenario.recorded_activity = facts['activity']
            scenario.recorded_fixed = facts['fixed']
            scenario.recorded_direct = facts['direct']

    @api.depends('recorded_quantity')
    def _compute_quantity(self):
        for scenario in self:
            scenario.quantity = scenario.recorded_quantity

    @api.depends('quantity', 'recorded_quantity', 'recorded_activity', 'recorded_fixed',
                 'recorded_direct', 'joint_fixed', 'joint_share', 'joint_variable',
                 'outsourced_base', 'outsourced_fee', 'outsourced_percent', 'unit_value')
    def _compute_result(self):
        for scenario in self:
            totals = {name: way.total(scenario.quantity)
                      for name, way in scenario._get_ways().items()}
            for name, __ in WAYS:
                scenario[f'{name}_total'] = totals.get(name, 0.0)
            scenario.best_way = min(totals, key=totals.get) if totals else False

    @api.depends('own_total', 'joint_total', 'outsourced_total', 'recorded_fixed')
    def _compute_break_even(self):
        for scenario in self:
            ways = scenario._get_ways()
            for name in ('joint', 'outsourced'):
                scenario[f'{name}_break_even'] = scenario._format_break_even(
                    ways.get('own'), ways.get(name), dict(
                        self._fields['best_way']._description_selection(self.env))[name])

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        scenarios = super().create(vals_list)
        scenarios._make_lines()
        return scenarios

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - {'name', 'active', 'contractor_id', 'line_ids'}:
            self._make_lines()
        return result

    # === ACTIONS === #

    def action_read_costs(self):
        """Read the recorded costs of the period again."""
        self.check_access('write')
        self._compute_recorded()
        self._compute_quantity()
        self._make_lines()

    def action_view_graph(self):
        """Show the cost of each way by the number of returns."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("There is nothing to compare yet."))
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_cost_scenario_line_action')
        action['domain'] = [('scenario_id', '=', self.id)]
        return action

    # === RULES === #

    def _read_recorded(self):
        """Return number, activities, their fixed part and direct costs of the period."""
        self.ensure_one()
        facts = {'quantity': 0, 'activity': 0.0, 'fixed': 0.0, 'direct': 0.0}
        if not (self.date_from and self.date_to and self.company_id):
            return facts
        domain = [('company_id', '=', self.company_id.id), ('date', '>=', self.date_from),
                  ('date', '<=', self.date_to)]
        records = set()
        for model, res_id, kind, rate, amount in self.env['aftersales.cost.line']._read_group(
                domain, ['res_model', 'res_id', 'kind', 'rate_id'], ['amount:sum']):
            records.add((model, res_id))
            facts['activity' if kind == 'activity' else 'direct'] += amount
            facts['fixed'] += amount * rate.fixed_percent / 100
        return facts | {'quantity': len(records)}

    def _get_ways(self):
        """Return ``{name: Way}`` of the ways that are filled in."""
        self.ensure_one()
        ways = {}
        if self.recorded_quantity:
            ways['own'] = own_way(
                self.recorded_activity, self.recorded_fixed, self.recorded_direct,
                self.recorded_quantity)
        if self.joint_fixed or self.joint_variable:
            ways['joint'] = joint_way(self.joint_fixed, self.joint_share, self.joint_variable)
        if self.outsourced_base or self.outsourced_fee or self.outsourced_percent:
            ways['outsourced'] = outsourced_way(
                self.outsourced_base, self.outsourced_fee, self.outsourced_percent,
                self.unit_value)
        return ways

    def _format_break_even(self, own: Way | None, other: Way | None, label):
        """Say from how many returns on which of two ways costs less."""
        if own is None or other is None:
            return False
        number = break_even(own, other)
        if number is None:
            cheaper = own.total(1) < other.total(1)
            return self.env._("Own, whatever the number") if cheaper else self.env._(
                "%(way)s, whatever the number", way=label)
        if own.fixed > other.fixed:
            return self.env._("Own from %(number)s returns on", number=math.ceil(number))
        return self.env._(
            "%(way)s from %(number)s returns on", way=label, number=math.ceil(number))

    def _make_lines(self):
        """Write the table behind the graph: the cost of each way from 0 to twice the number."""
        # the table follows from the scenario, which the user was allowed to write
        self.sudo().line_ids.unlink()
        vals_list = []
        for scenario in self:
            numbers = sorted({round(scenario.quantity * step / 4) for step in range(9)})
            vals_list += [
                {'scenario_id': scenario.id, 'way': name, 'quantity': number,
                 'total': way.total(number),
                 'per_return': way.total(number) / number if number else 0.0}
                for name, way in scenario._get_ways().items() for number in numbers]
        self.env['aftersales.cost.scenario.line'].sudo().create(vals_list)

    def _get_way_rows(self):
        """Return the ways that are filled in, for the printed sheet."""
        self.ensure_one()
        labels = dict(self._fields['best_way']._description_selection(self.env))
        return [
            {'way': name, 'label': labels[name], 'fixed': way.fixed, 'variable': way.variable,
             'total': way.total(self.quantity), 'is_best': name == self.best_way}
            for name, way in self._get_ways().items()]

    def _get_table(self):
        """Return ``(number, {way: total})`` rows for the printed sheet."""
        self.ensure_one()
        rows = {}
        for line in self.line_ids:
            rows.setdefault(line.quantity, {})[line.way] = line.total
        return sorted(rows.items())

    def _get_report_base_filename(self):
        return (self.name or '').replace('/', '-')
