from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.score import Rule

SUBJECTS = [('technician', "Technician"), ('outlet', "Outlet"), ('desk', "Service Desk")]
# the formula that no code measures: people give marks of 0 to 100
MANUAL = 'manual'
FORMULAS = [
    ('satisfaction', "Customer Satisfaction"),
    ('complaints', "Effective Handling of Quality Complaints"),
    ('cost', "Service Cost Ratio"),
    ('problems', "Timely Reports of Key Quality Problems"),
    ('behaviour', "Uniform Behaviour Rate"),
    ('first_fix', "First-time Fix Rate"),
    ('response', "Response on Time"),
    ('reach', "Call-back Reach"),
    ('repeat', "Repeat Repairs"),
    ('utilisation', "Utilisation"),
    ('site', "Site Checks"),
    (MANUAL, "Marks Given by Hand"),
]


class AftersalesKpi(models.Model):
    """A figure that monthly scores judge: its formula, target and weight, with days of validity.

    It measures and judges no person by itself: ``_measure`` counts for many people at once, and the
    sheet of a month keeps what it counted, with the target and weight of that month.
    """

    _name = 'aftersales.kpi'
    _description = "Performance Indicator"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    formula = fields.Selection(
        FORMULAS, required=True, default=MANUAL,
        help="What is counted. Marks are given by hand where nothing can be: the person, the "
             "department and the company each give 0 to 100.")
    description = fields.Text(
        translate=True, help="What counts as a case, and what as a good one. The person reads it.")

    # Applies to
    for_technician = fields.Boolean(string="Technicians", default=True)
    for_outlet = fields.Boolean(string="Outlets")
    for_desk = fields.Boolean(string="Desk Agents")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid To")

    # Judgement
    weight = fields.Float(
        required=True, default=5.0, digits=(16, 1),
        help="The most points. The weights of a sheet usually make 100; the weight of what does "
             "not apply in a month goes to the others.")
    direction = fields.Selection(
        [('higher', "At Least the Target"), ('lower', "At Most the Target"),
         ('range', "Within the Target Range")], string="Good Is", required=True, default='higher')
    target = fields.Float(string="Target (%)", required=True, default=100.0, digits=(16, 1))
    target_max = fields.Float(string="Up to (%)", default=100.0, digits=(16, 1))
    points_per_percent = fields.Float(
        string="Points per Percent", required=True, default=1.0, digits=(16, 2),
        help="Points that each percent beside the target costs.")
    minimum_count = fields.Integer(
        string="Fewest Cases", default=1,
        help="With fewer cases in the month the indicator is not applicable.")

    # Weak points
    course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', ondelete='set null',
        check_company=True, help="A weak result proposes this course as a training need.")
    need_percent = fields.Float(
        string="Weak below (%)", default=60.0, digits=(16, 1),
        help="Share of the points under which a result is a weak point.")

    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "An indicator cannot end before it begins.")
    _numbers_positive = models.Constraint(
        'CHECK(weight > 0 AND points_per_percent >= 0 AND minimum_count >= 0 AND target >= 0)',
        "The weight of an indicator is above zero, and none of its numbers is negative.")

    @api.constrains('direction', 'target', 'target_max')
    def _check_range(self):
        for kpi in self:
            if kpi.direction == 'range' and kpi.target_max < kpi.target:
                raise ValidationError(self.env._(
                    "The target range of “%(name)s” ends before it begins: raise its upper end.",
                    name=kpi.name))

    @api.constrains('for_technician', 'for_outlet', 'for_desk')
    def _check_subject(self):
        for kpi in self:
            if not (kpi.for_technician or kpi.for_outlet or kpi.for_desk):
                raise ValidationError(self.env._(
                    "Choose whom “%(name)s” judges: technicians, outlets or desk agents.",
                    name=kpi.name))

    @api.model
    def _get_valid(self, company, month, subject):
        """Return the indicators by which ``subject`` is judged in a month, in their order."""
        return self.search(
            Domain('company_id', 'in', (company.id, False)) & Domain(f'for_{subject}', '=', True)
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', month))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', month)))

    def _get_rule(self):
        """Return what the arithmetic of points asks for."""
        self.ensure_one()
        return Rule(self.weight, self.target, self.direction, self.points_per_percent,
                    self.target_max, self.minimum_count)
