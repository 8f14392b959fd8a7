from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.evaluation import Level

KINDS = [('met', "Met or Not"), ('sample', "By Sample")]
EVIDENCE = [
    ('outlets', "Outlets and Their Areas"), ('skills', "Technicians with a Skill"),
    ('response', "Response in Time"), ('repair', "Repair in Time"),
    ('rating', "Ratings of Orders"), ('follow_up', "Follow-up Calls"),
    ('csi', "Satisfaction Index")]


class AftersalesEvaluationClause(models.Model):
    """A node of an evaluation standard: the standard itself, an item, or an indicator.

    The root carries the limits of the standard. What has no clause below it is judged; the points
    of the others are the sum of theirs.
    """

    _name = 'aftersales.evaluation.clause'
    _description = "Evaluation Clause"
    _parent_store = True
    _order = 'sequence, code, id'
    _rec_names_search = ['code', 'name']

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="The number of the clause in the standard.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        'aftersales.evaluation.clause', string="Belongs to", index='btree_not_null',
        ondelete='cascade', help="Leave it empty for the standard itself.")
    child_ids = fields.One2many('aftersales.evaluation.clause', 'parent_id', string="Clauses")
    parent_path = fields.Char(index=True)
    standard_id = fields.Many2one(
        'aftersales.evaluation.clause', compute='_compute_standard_id', store=True,
        recursive=True, index='btree_not_null')
    item_id = fields.Many2one(
        'aftersales.evaluation.clause', compute='_compute_standard_id', store=True,
        recursive=True, help="The clause below the standard under which this one counts.")
    points = fields.Float(
        compute='_compute_points', store=True, readonly=False, recursive=True, digits=(16, 2),
        aggregator=None,
        help="The most that the clause gives; of a clause with others below it, their sum.")
    kind = fields.Selection(
        KINDS, string="Way of Judging", default='met', required=True,
        help="Met or not: all points or none. By sample: points in proportion to what passed.")
    guidance = fields.Text(translate=True, help="What the assessor looks at.")
    evidence = fields.Selection(
        EVIDENCE, string="Suggested Evidence",
        help="What live records say of the clause; the assessor decides.")
    is_default = fields.Boolean(
        string="Own Default",
        help="The points were not found in a published text of the standard: check them.")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid To")

    # Limits of a standard
    level_passed = fields.Float(string="Passed From", default=70, digits=(16, 2))
    level_three = fields.Float(string="Level 3 From", default=80, digits=(16, 2))
    level_four = fields.Float(string="Level 4 From", default=90, digits=(16, 2))
    level_five = fields.Float(string="Level 5 From", default=95, digits=(16, 2))
    deduction_points = fields.Float(string="Points per Special Deduction", default=1)
    deduction_limit = fields.Integer(
        string="Failed From Special Deductions", default=5,
        help="So many special deductions fail the evaluation whatever its score. 0: no limit.")
    bonus_limit = fields.Float(string="Highest Bonus", default=1)

    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A clause cannot end before it begins.")
    _numbers_positive = models.Constraint(
        'CHECK(points >= 0 AND deduction_points >= 0 AND deduction_limit >= 0 '
        'AND bonus_limit >= 0)', "Points and limits cannot be negative.")
    _levels_ordered = models.Constraint(
        'CHECK(level_passed > 0 AND level_passed <= level_three AND level_three <= level_four '
        'AND level_four <= level_five AND level_five <= 100)',
        "The levels must rise, from more than 0 to at most 100 points.")

    @api.depends('parent_id.standard_id', 'parent_id.item_id')
    def _compute_standard_id(self):
        for clause in self:
            parent = clause.parent_id
            clause.standard_id = parent.standard_id or clause._origin
            clause.item_id = parent and (parent.item_id or clause._origin)

    @api.depends('child_ids.points', 'child_ids.active')
    def _compute_points(self):
        for clause in self:
            clause.points = (
                sum(clause.child_ids.mapped('points')) if clause.child_ids else clause.points)

    @api.depends('code', 'name')
    def _compute_display_name(self):
        for clause in self:
            clause.display_name = " ".join(filter(None, [clause.code, clause.name]))

    def _get_indicators(self, day):
        """Return what is judged of these standards on ``day``: the clauses with none below."""
        return self.search(
            Domain('id', 'child_of', self.ids) & Domain('child_ids', '=', False)
            & Domain('parent_id', '!=', False)
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', day))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', day)))

    def _get_levels(self):
        """Return the levels of a standard, for ``tools.evaluation.find_level``."""
        self.ensure_one()
        return [Level(name, self[f'level_{name}']) for name in ('passed', 'three', 'four', 'five')]
