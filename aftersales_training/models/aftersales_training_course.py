from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .roles import OFFICER

KINDS = [
    ('new_staff', "New Staff"), ('pre_job', "Before the Job"), ('on_job', "On the Job"),
    ('external', "External"), ('e_learning', "E-Learning"), ('conduct', "Conduct")]
METHODS = [
    ('lecture', "Lecture"), ('hands_on', "Hands-on Practice"), ('role_play', "Role Play"),
    ('real_case', "Real Cases"), ('ride_along', "Ride-Along"), ('self_study', "Self-study")]


class AftersalesTrainingCourse(models.Model):
    """What people can be taught, with its exam and the skill that it grants.

    A course says what, how long and for which products; sessions say when and where. A course
    that grants a skill leads to a certificate, others only to an attendance that was passed.
    """

    _name = 'aftersales.training.course'
    _description = "Training Course"
    _inherit = ['mail.thread', 'aftersales.link.access.mixin']
    _order = 'name, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    currency_id = fields.Many2one('res.currency', compute='_compute_currency_id')
    kind = fields.Selection(KINDS, required=True, default='on_job', index=True)
    aim = fields.Text(translate=True, help="What people can do after it.")
    audience = fields.Char(string="Target Group", translate=True)
    hours = fields.Float(default=8.0, help="Hours of teaching.")
    method = fields.Selection(METHODS, default='lecture', required=True)
    planned_cost = fields.Monetary(
        string="Cost per Person", groups=OFFICER, tracking=True,
        help="What a plan counts for each person; sessions note what it really cost.")

    # What it is for
    skill_id = fields.Many2one(
        'aftersales.skill', string="Grants Skill", index='btree_not_null', check_company=True,
        tracking=True, help="Who passes gets the certificate for it. Empty: no certificate.")
    validity_months = fields.Integer(
        string="Valid for (months)", default=24,
        help="How long the certificate, or the passed course, holds; 0 for ever.")
    category_ids = fields.Many2many(
        'product.category', 'aftersales_training_course_category_rel', 'course_id', 'category_id',
        string="Product Categories",
        help="Repeat repairs of such products propose the course to their technicians.")
    product_ids = fields.Many2many(
        'product.template', 'aftersales_training_course_product_rel', 'course_id', 'product_id',
        string="New Products", check_company=True,
        help="Technicians who serve products of the same categories are proposed for the course.")
    launch_date = fields.Date(
        string="On the Market from", help="Until then the technicians know the new products.")
    prerequisite_ids = fields.Many2many(
        'aftersales.training.course', 'aftersales_training_course_prerequisite_rel', 'course_id',
        'prerequisite_id', string="Prerequisites", check_company=True)

    # Exam
    survey_id = fields.Many2one(
        'survey.survey', string="Theory Exam", index='btree_not_null',
        domain="[('survey_type', '=', 'training')]")
    theory_pass = fields.Float(string="Theory Pass Mark", default=80.0)
    practice_pass = fields.Float(string="Practice Pass Mark", default=85.0)

    # Material
    material = fields.Html(translate=True, help="What learners read on their page.")
    material_ids = fields.Many2many(
        'ir.attachment', 'aftersales_training_course_material_rel', 'course_id', 'attachment_id',
        string="Files")
    link = fields.Char(string="E-Learning Link")

    need_ids = fields.One2many('aftersales.training.need', 'course_id', string="Needs")
    need_count = fields.Integer(
        string="Open Needs", compute='_compute_need_count', groups=OFFICER)

    _positive = models.Constraint(
        'CHECK(hours >= 0 AND validity_months >= 0 AND planned_cost >= 0)',
        "Hours, months and costs of a course cannot be negative.")
    _marks = models.Constraint(
        'CHECK(theory_pass BETWEEN 0 AND 100 AND practice_pass BETWEEN 0 AND 100)',
        "Pass marks lie between 0 and 100.")

    @api.depends('company_id')
    @api.depends_context('company')
    def _compute_currency_id(self):
        for course in self:
            course.currency_id = (course.company_id or self.env.company).currency_id

    def _compute_need_count(self):
        counts = dict(self.env['aftersales.training.need']._read_group(
            [('course_id', 'in', self.ids), ('date_closed', '=', False)],
            ['course_id'], ['__count']))
        for course in self:
            course.need_count = counts.get(course._origin, 0)

    @api.constrains('prerequisite_ids')
    def _check_prerequisites(self):
        if self._has_cycle('prerequisite_ids'):
            raise ValidationError(self.env._(
                "A course cannot be its own prerequisite, directly or through others: take one of "
                "them out."))

    @api.constrains('survey_id')
    def _check_exam(self):
        self._ensure_exam_is_safe()

    def _ensure_exam_is_safe(self):
        """Refuse courses whose exam anybody may open, or which shows its answers."""
        # the type of the questionnaire, also where the user may not read it
        if any(course.survey_id.survey_type != 'training'
               for course in self.sudo().filtered('survey_id')):
            raise ValidationError(self.env._(
                "The theory exam of a course is a questionnaire of the type “Training Exam”."))

    @api.constrains('link')
    def _check_link(self):
        if any(course.link and not course.link.lower().startswith(('https://', 'http://'))
               for course in self):
            raise ValidationError(self.env._(
                "A link to e-learning begins with https:// or http://."))

    def action_view_needs(self):
        """Show the open needs of these courses."""
        return self.env['aftersales.training.need'].search([
            ('course_id', 'in', self.ids), ('date_closed', '=', False)])._get_records_action(
                name=self.env._("Training Needs"),
                context={'default_course_id': self.id if len(self) == 1 else False})

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        courses = super().create(vals_list)
        courses._own_material()
        return courses

    def write(self, vals):
        result = super().write(vals)
        if 'material_ids' in vals:
            self._own_material()
        return result

    def _own_material(self):
        """Link new uploads to their course, so that its learners may read them."""
        for course in self:
            # of others' files core checks the right to read; the course takes over none
            course.material_ids.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            ).write({'res_model': self._name, 'res_id': course.id})

    # === WHO CAN IT === #

    def _get_fulfilled(self, people, companies):
        """Return ``{(user id, course id, company id)}`` of people who can these courses today.

        Hook: called by requirement sheets and the search for needs, as superuser, for a batch of
        courses and people in two queries; others that call it checked the right to know. A course
        that grants a skill is fulfilled by a certificate that holds, no temporary one; others by
        an attendance that was passed within the time for which the course holds. Raises nothing.
        """
        fulfilled = set()
        if not (self and people):
            return fulfilled
        today = companies[:1]._get_aftersales_day(fields.Datetime.now())
        by_skill = self.filtered('skill_id').grouped('skill_id')
        for user, skill, company in self.env['aftersales.certificate']._read_group([
                ('user_id', 'in', people.ids), ('company_id', 'in', companies.ids),
                ('skill_id', 'in', [skill.id for skill in by_skill]),
                ('kind', '!=', 'temporary'), ('state', 'in', ('valid', 'expiring')),
                '|', ('valid_until', '=', False), ('valid_until', '>=', today)],
                ['user_id', 'skill_id', 'company_id']):
            fulfilled.update(
                (user.id, course.id, company.id) for course in by_skill[skill])
        # passed and not too long ago, by how long each course holds
        recent = Domain.OR(
            Domain('course_id', 'in', courses.ids) & (Domain(
                'session_id.date_start', '>=', fields.Date.subtract(today, months=months))
                if months else Domain.TRUE)
            for months, courses in self.filtered(
                lambda course: not course.skill_id).grouped('validity_months').items())
        fulfilled.update(
            (user.id, course.id, company.id)
            for user, course, company in self.env['aftersales.training.attendance']._read_group(
                recent & Domain('user_id', 'in', people.ids) & Domain('state', '=', 'passed')
                & Domain('company_id', 'in', companies.ids),
                ['user_id', 'course_id', 'company_id']))
        return fulfilled

    @api.model
    def _get_of_skills(self, skills, companies):
        """Return ``{(skill, company): course}``: the course that leads to each skill."""
        found = {}
        for course in self.search(
                [('skill_id', 'in', skills.ids), ('company_id', 'in', [*companies.ids, False])],
                order='company_id, id'):
            for company in course.company_id or companies:
                found.setdefault((course.skill_id, company), course)
        return found
