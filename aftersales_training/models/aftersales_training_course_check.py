from odoo import fields, models


class AftersalesTrainingCourse(models.Model):
    """What a course asks for in practice, and the level that it leads to."""

    _inherit = 'aftersales.training.course'

    grade_id = fields.Many2one(
        'aftersales.grade', string="Level", index='btree_not_null', ondelete='restrict',
        help="The level that stands on the certificate.")
    item_ids = fields.One2many(
        'aftersales.training.course.item', 'course_id', string="Practice Sheet", copy=True)
    behaviour_pass = fields.Float(
        string="Behaviour Pass Mark", default=80.0,
        help="Of the checks on the job, weeks and months later.")
    applies_from = fields.Float(
        string="Items That Must Apply (%)", default=50.0,
        help="With less of the weight of a sheet applying, it proves too little to be passed. "
             "A red line always applies.")

    _applies_from_percent = models.Constraint(
        'CHECK(applies_from BETWEEN 0 AND 100)', "A percentage lies between 0 and 100.")
