from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.part_class import COUNTED_CLASSES, LEVEL_CELLS, VED_CLASSES, ClassRules


class AftersalesPartPolicy(models.Model):
    """The parameters of part planning, valid from a day on: cuts, service levels, rhythms.

    The newest policy that is valid counts, a company's own before the shared one. What was
    decided under an earlier policy stays as it is.
    """

    _name = 'aftersales.part.policy'
    _description = "Part Policy"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'company_id, date desc, id desc'

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', help="Empty: for all companies without their own.")
    date = fields.Date(string="Valid from", required=True, default=fields.Date.context_today)
    active = fields.Boolean(default=True)
    note = fields.Text(help="Where the numbers come from.")

    # Classes
    value_months = fields.Integer(
        string="Months of Usage Value", default=12,
        help="ABC ranks the value used in these months.")
    abc_a = fields.Float(string="A up to (%)", default=80.0)
    abc_b = fields.Float(string="B up to (%)", default=95.0)
    xyz_months = fields.Integer(
        string="Months of Variation", default=36,
        help="XYZ looks at how much the demand of these months varies.")
    xyz_x = fields.Float(string="X up to", default=0.5, help="Coefficient of variation.")
    xyz_y = fields.Float(string="Y up to", default=1.0, help="Coefficient of variation.")
    slow_months = fields.Integer(string="Slow after (Months)", default=12)
    dead_months = fields.Integer(string="Dead after (Months)", default=24)
    price_high = fields.Float(string="High Price from", default=1000.0)
    price_medium = fields.Float(string="Medium Price from", default=100.0)
    class_runs = fields.Integer(
        string="Runs before a Class Changes", default=2,
        help="A class changes when so many runs in a row propose the same other class.")

    # Target service levels, in per cent
    level_ax = fields.Float(string="AX (%)", default=99.0)
    level_ay = fields.Float(string="AY (%)", default=98.0)
    level_az = fields.Float(string="AZ (%)", default=95.0)
    level_bx = fields.Float(string="BX (%)", default=97.0)
    level_by = fields.Float(string="BY (%)", default=95.0)
    level_bz = fields.Float(string="BZ (%)", default=90.0)
    level_cx = fields.Float(string="CX (%)", default=95.0)
    level_cy = fields.Float(string="CY (%)", default=90.0)
    level_cz = fields.Float(string="CZ (%)", default=85.0)
    level_vital = fields.Float(string="Vital (%)", default=99.0)
    level_essential = fields.Float(string="Essential (%)", default=95.0)
    level_desirable = fields.Float(string="Desirable (%)", default=90.0)

    # Counting
    count_months_a = fields.Integer(string="Count A Every (Months)", default=1)
    count_months_b = fields.Integer(string="Count B Every (Months)", default=3)
    count_months_c = fields.Integer(string="Count C Every (Months)", default=6)

    # Life and care
    last_buy_days = fields.Integer(
        string="Last Buy Notice (Days)", default=90,
        help="The planner gets an activity so many days before the last order date.")
    support_years = fields.Integer(
        string="Keep Parts for (Years)", default=5,
        help="How long parts are kept available after the production of a machine ended.")
    rust_oil_months = fields.Integer(
        string="Oil Bare Metal Every (Months)", default=6)
    rust_check_months = fields.Integer(
        string="Check Rust Protection Every (Months)", default=3)
    shelf_life_days = fields.Integer(
        string="Shelf Life Notice (Days)", default=60,
        help="Parts are checked so many days before they are too old.")

    _date_company_uniq = models.UniqueIndex(
        '(COALESCE(company_id, 0), date) WHERE active',
        "A policy of this company begins on this day already.")
    _cuts_in_order = models.Constraint(
        'CHECK(0 < abc_a AND abc_a < abc_b AND abc_b < 100 AND 0 < xyz_x AND xyz_x < xyz_y'
        ' AND 0 < slow_months AND slow_months < dead_months'
        ' AND 0 < price_medium AND price_medium < price_high)',
        "Each limit lies above the one before it, and ABC leaves some value for C.")
    _levels_valid = models.Constraint(
        'CHECK(0 < LEAST(level_ax, level_ay, level_az, level_bx, level_by, level_bz, level_cx,'
        ' level_cy, level_cz, level_vital, level_essential, level_desirable)'
        ' AND GREATEST(level_ax, level_ay, level_az, level_bx, level_by, level_bz, level_cx,'
        ' level_cy, level_cz, level_vital, level_essential, level_desirable) < 100)',
        "A service level lies above 0 % and below 100 %: no stock is large enough for 100 %.")
    _periods_positive = models.Constraint(
        'CHECK(LEAST(value_months, xyz_months, class_runs, count_months_a, count_months_b,'
        ' count_months_c, rust_oil_months, rust_check_months) >= 1'
        ' AND LEAST(last_buy_days, support_years, shelf_life_days) >= 0)',
        "Rhythms are at least one month, and notices cannot be negative.")

    @api.constrains('active', 'company_id', 'date')
    def _check_one_is_valid(self):
        """Keep one policy for all companies: counts and runs cannot do without."""
        self._ensure_one_is_valid()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last(self):
        self._ensure_one_is_valid(self)

    @api.model
    def _ensure_one_is_valid(self, deleted=()):
        # shared policies are read by all planners
        valid = self.search([
            ('company_id', '=', False), ('date', '<=', fields.Date.context_today(self))])
        if not any(policy not in deleted for policy in valid):
            raise ValidationError(self.env._(
                "One policy for all companies must be valid today: create another one first."))

    @api.model
    def _get_policy(self, company, day=None):
        """Return the policy of ``company`` that is valid on ``day``, by default today.

        Hook: called by classification, counts, care and stock suggestions, as user or superuser,
        for one company.

        :raise UserError: no policy is valid
        """
        # what planning goes by is no secret to those whose parts it plans
        policies = self.sudo().search(
            [('company_id', 'in', [company.id, False]),
             ('date', '<=', day or fields.Date.context_today(self))], order='date desc, id desc')
        policy = (policies.filtered('company_id') or policies)[:1]
        if not policy:
            raise UserError(self.env._(
                "No part policy of %(company)s is valid: create one under Configuration.",
                company=company.name))
        return policy

    def _get_class_rules(self):
        """Return the parameters of the classes for the pure functions."""
        self.ensure_one()
        return ClassRules(
            abc_cuts=(self.abc_a, self.abc_b), xyz_cuts=(self.xyz_x, self.xyz_y),
            slow_months=self.slow_months, dead_months=self.dead_months,
            price_cuts=(self.price_medium, self.price_high), runs=self.class_runs,
            cell_levels={cell: self[f'level_{cell.lower()}'] for cell in LEVEL_CELLS},
            ved_levels={ved: self[f'level_{ved}'] for ved in VED_CLASSES})

    def _get_count_months(self):
        """Return ``{ABC class: months}`` between two counts of a part."""
        self.ensure_one()
        return {name: self[f'count_months_{name.lower()}'] for name in COUNTED_CLASSES}
