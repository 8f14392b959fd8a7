from odoo import fields, models


class AftersalesTrainingCourse(models.Model):
    """What people can be taught, with its exam and the skill that it grants.

    A course says how long, how and about which products; sessions say when and where. A course
    that grants a skill leads to a certificate, others only to an attendance.
    """

    _name = 'aftersales.training.course'
    _description = "Training Course"
    _inherit = ['mail.thread']
    _order = 'name, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    kind = fields.Selection([
        ('new_staff', "New Staff"),
        ('pre_job', "Before the Job"),
        ('on_job', "On the Job"),
        ('external', "External"),
        ('e_learning', "E-Learning"),
        ('conduct', "Conduct"),
    ], required=True, default='on_job')
    aim = fields.Text(translate=True)
    hours = fields.Float(default=8.0)
    skill_id = fields.Many2one('aftersales.skill', string="Grants Skill", index='btree_not_null')
    validity_months = fields.Integer(
        string="Valid for (months)", default=24,
        help="How long the certificate holds; 0 for ever.")
    survey_id = fields.Many2one(
        'survey.survey', string="Theory Exam", index='btree_not_null',
        domain="[('scoring_type', '!=', 'no_scoring')]")
    theory_pass = fields.Float(string="Theory Pass Mark", default=80.0)
    practice_pass = fields.Float(string="Practice Pass Mark", default=85.0)
    category_ids = fields.Many2many(
        'product.category', 'aftersales_training_course_category_rel', 'course_id', 'category_id',
        string="Product Categories")
    prerequisite_ids = fields.Many2many(
        'aftersales.training.course', 'aftersales_training_course_prerequisite_rel', 'course_id',
        'prerequisite_id', string="Prerequisites")
