from odoo import fields, models


class AftersalesTrainingCourseItem(models.Model):
    """One line of a course's practice sheet: what the examiner looks at."""

    _name = 'aftersales.training.course.item'
    _description = "Practice Item"
    _order = 'kind, sequence, id'

    course_id = fields.Many2one(
        'aftersales.training.course', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='course_id.company_id', store=True, index='btree_not_null')
    kind = fields.Selection(
        [('practice', "Practice Exam"), ('behaviour', "Behaviour Check")], string="Sheet",
        required=True, default='practice')
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Item", required=True, translate=True)
    weight = fields.Float(default=1.0)
    is_red_line = fields.Boolean(
        string="Red Line", help="Who fails this item fails the exam at once.")
    needs_photo = fields.Boolean(string="Photo")

    _weight_positive = models.Constraint(
        'CHECK(weight > 0)', "The weight of an item must be positive.")

    def _prepare_check_item_vals(self):
        """Return the values of this item on a sheet."""
        self.ensure_one()
        return {
            'sequence': self.sequence, 'name': self.name, 'weight': self.weight,
            'is_red_line': self.is_red_line, 'needs_photo': self.needs_photo}
