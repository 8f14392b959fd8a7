from odoo import fields, models


class AftersalesGrade(models.Model):
    """A level of technicians, trainee to expert, with what it takes to get there.

    The conditions are data: months in the grade before, marks, jobs done at the first visit, no
    major complaint.
    """

    _name = 'aftersales.grade'
    _description = "Technician Grade"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    progress = fields.Integer(
        string="Progress (%)", help="The nearest level of core's skills mirrors this grade.")
    needs_escort = fields.Boolean(
        help="Works together with somebody of a higher grade only: the order names an escort.")
    is_coach = fields.Boolean(string="May Coach")
    tasks = fields.Text(string="What People of This Grade Do", translate=True)

    # What it takes
    months = fields.Integer(string="Months in the Grade before")
    theory_mark = fields.Float(string="Theory from")
    practice_mark = fields.Float(string="Practice from")
    first_fix_percent = fields.Float(string="Fixed at the First Visit (%)")
    work_months = fields.Integer(
        string="Months of Work That Count", default=6,
        help="Of whose repairs the share that was fixed at the first visit is taken.")
    quiet_months = fields.Integer(
        string="Months without Major Complaints", help="Where complaints are kept.")
    person_ids = fields.One2many('aftersales.grade.person', 'grade_id', string="People")

    _limits = models.Constraint(
        'CHECK(months >= 0 AND quiet_months >= 0 AND work_months > 0 '
        'AND progress BETWEEN 0 AND 100 AND theory_mark BETWEEN 0 AND 100 '
        'AND practice_mark BETWEEN 0 AND 100 AND first_fix_percent BETWEEN 0 AND 100)',
        "Months cannot be negative, work of a month at least counts, and marks and percentages lie "
        "between 0 and 100.")

    def _get_below(self, company):
        """Return the grade below this one in a company, none below the lowest."""
        self.ensure_one()
        grades = self.search([('company_id', 'in', [False, company.id])])
        return grades.filtered(
            lambda grade: (grade.sequence, grade.id) < (self.sequence, self.id))[-1:]
