from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesTrainingRequirementLine(models.Model):
    """One requirement of a post: a course, a licence of the law, or a criterion of selection."""

    _name = 'aftersales.training.requirement.line'
    _description = "Requirement of a Post"
    _order = 'requirement_id, sequence, id'
    _check_company_auto = True

    requirement_id = fields.Many2one(
        'aftersales.training.requirement', string="Sheet", required=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one(
        related='requirement_id.company_id', store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [('course', "Course"), ('licence', "Licence"), ('criterion', "Criterion")],
        required=True, default='course')
    course_id = fields.Many2one(
        'aftersales.training.course', compute='_compute_course_id', store=True, readonly=False,
        precompute=True, check_company=True, index='btree_not_null',
        help="For a licence: the course that prepares for its exam.")
    skill_id = fields.Many2one(
        'aftersales.skill', string="Licence", check_company=True, index='btree_not_null')
    name = fields.Char(
        string="Requirement", compute='_compute_name', store=True, readonly=False,
        precompute=True, translate=True, required=True)
    days = fields.Integer(
        string="Within (days)", default=30, help="From the day on which it is found missing.")
    is_mandatory = fields.Boolean(string="Mandatory", default=True)

    _days_positive = models.Constraint('CHECK(days >= 0)', "The days cannot be negative.")

    @api.depends('skill_id', 'kind')
    def _compute_course_id(self):
        courses = dict(self.env['aftersales.training.course']._read_group(
            [('skill_id', 'in', self.skill_id.ids)], ['skill_id'], ['id:recordset']))
        for line in self:
            if line.kind == 'criterion':
                line.course_id = False
            else:
                line.course_id = line.course_id or courses.get(line.skill_id, line.course_id)[:1]

    @api.depends('course_id', 'skill_id')
    def _compute_name(self):
        for line in self:
            line.name = line.name or line.skill_id.name or line.course_id.name

    @api.constrains('kind', 'course_id', 'skill_id')
    def _check_kind(self):
        for line in self:
            if (line.kind == 'course' and not line.course_id) or (
                    line.kind == 'licence' and not line.skill_id):
                raise ValidationError(self.env._(
                    "Choose the course, or the licence, that the post asks for."))
