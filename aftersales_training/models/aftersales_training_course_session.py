from odoo import api, fields, models


class AftersalesTrainingCourse(models.Model):
    """How the parts of the exam count, the tasks of a coaching, and when the course is held."""

    _inherit = 'aftersales.training.course'

    has_practice = fields.Boolean(compute='_compute_has_practice')
    theory_weight = fields.Float(string="Weight of Theory", default=40.0)
    practice_weight = fields.Float(string="Weight of Practice", default=50.0)
    attitude_weight = fields.Float(string="Weight of Attitude", default=10.0)
    task_ids = fields.One2many('aftersales.training.task', 'course_id', string="Practice Tasks")
    session_ids = fields.One2many('aftersales.training.session', 'course_id')

    _weights_positive = models.Constraint(
        'CHECK(theory_weight >= 0 AND practice_weight >= 0 AND attitude_weight >= 0)',
        "The weights of an exam cannot be negative.")

    @api.depends('item_ids.kind')
    def _compute_has_practice(self):
        for course in self:
            course.has_practice = 'practice' in course.item_ids.mapped('kind')

    def action_view_sessions(self):
        """Show the sessions of these courses."""
        return self.session_ids._get_records_action(
            name=self.env._("Training Sessions"),
            context={'default_course_id': self.id if len(self) == 1 else False})
