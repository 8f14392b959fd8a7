from datetime import timedelta

from odoo import fields, models


class AftersalesTrainingRequirement(models.Model):
    """The requirement sheet of a post: what who holds it has to be, to know and to hold.

    Courses and licences of the sheet drive training needs; the criteria are for the selection
    of staff. Posts are core's job positions; the technicians of outlets, who have none, are
    taken in by a tick.
    """

    _name = 'aftersales.training.requirement'
    _description = "Requirement Sheet of a Post"
    _inherit = ['mail.thread', 'aftersales.link.access.mixin']
    _order = 'name, id'
    _check_company_auto = True

    name = fields.Char(string="Post", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    job_ids = fields.Many2many(
        'hr.job', 'aftersales_training_requirement_job_rel', 'requirement_id', 'job_id',
        string="Job Positions", check_company=True)
    is_for_outlets = fields.Boolean(
        string="Technicians of Outlets", help="The portal users of active outlets.")
    tasks = fields.Text(translate=True)
    line_ids = fields.One2many(
        'aftersales.training.requirement.line', 'requirement_id', string="Requirements",
        copy=True)
    people_count = fields.Integer(
        string="People", compute='_compute_people_count')

    def _compute_people_count(self):
        people = self._get_people()
        for sheet in self:
            sheet.people_count = len(people[sheet])

    def action_propose(self):
        """Propose what the people of these posts lack, and show it."""
        self.check_access('write')
        # the sheet was the officer's to write; who lacks what follows from it
        needs = self.env['aftersales.training.need']
        found = needs._propose(self.sudo()._find_lacking())
        return needs.browse({need.id for need in found})._get_records_action(
            name=self.env._("Training Needs"))

    def _get_people(self):
        """Return ``{sheet: users}`` who hold the posts today; two queries for all."""
        by_job = {}
        # who holds a post is known to who keeps its sheet; nothing else of employees is read
        for employee in self.env['hr.employee'].sudo().search_fetch(
                [('job_id', 'in', self.job_ids.ids), ('user_id.active', '=', True),
                 ('company_id', 'in', self.company_id.ids)],
                ['job_id', 'user_id', 'company_id']):
            key = employee.job_id.id, employee.company_id.id
            by_job.setdefault(key, set()).add(employee.user_id.id)
        outlets = self.env['aftersales.outlet'].sudo().search(
            [('state', '=', 'active'), ('company_id', 'in', self.company_id.ids)]
        ) if any(self.mapped('is_for_outlets')) else self.env['aftersales.outlet']
        members = {
            company: set(of_company.member_ids.filtered(lambda user: user.share).ids)
            for company, of_company in outlets.grouped('company_id').items()}
        return {
            sheet: self.env['res.users'].browse(
                set().union(*(by_job.get((job.id, sheet.company_id.id), ())
                              for job in sheet.job_ids))
                | (members.get(sheet.company_id, set()) if sheet.is_for_outlets else set()))
            for sheet in self}

    def _find_lacking(self):
        """Return proposals for what people lack; as superuser, in sets (see ``_propose``)."""
        people = self._get_people()
        lines = self.line_ids.filtered('course_id')
        fulfilled = lines.course_id._get_fulfilled(
            self.env['res.users'].union(*people.values()), self.company_id)
        today = {company: company._get_aftersales_day(fields.Datetime.now())
                 for company in self.company_id}
        return [
            {'user_id': user_id, 'course_id': line.course_id.id,
             'company_id': sheet.company_id.id, 'origin': 'requirement',
             'date_deadline': today[sheet.company_id] + timedelta(days=line.days),
             'res_model': sheet._name, 'res_id': sheet.id, 'reason': sheet.name}
            for sheet in self for line in sheet.line_ids if line.course_id
            for user_id in people[sheet].ids
            if (user_id, line.course_id.id, sheet.company_id.id) not in fulfilled]
