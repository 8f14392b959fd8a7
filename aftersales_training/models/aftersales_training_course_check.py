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
