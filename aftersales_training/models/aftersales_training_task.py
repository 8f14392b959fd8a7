from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesTrainingTask(models.Model):
    """One practice task of a coaching: of a course as its plan, of a learner as what was done."""

    _name = 'aftersales.training.task'
    _description = "Practice Task"
    _inherit = ['aftersales.mobile.mixin', 'aftersales.protected.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', ondelete='cascade',
        protected='after')
    attendance_id = fields.Many2one(
        'aftersales.training.attendance', index='btree_not_null', ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one('res.company', compute='_compute_company_id')
    result = fields.Selection(
        [('mastered', "Mastered"), ('again', "Practise Again")], readonly=True, copy=False,
        protected=True)
    note = fields.Char(copy=False)
    date_done = fields.Datetime(
        string="Checked on", readonly=True, copy=False, protected=True)
    checker_id = fields.Many2one(
        'res.users', string="Task Checked by", readonly=True, copy=False, protected=True)

    _one_parent = models.Constraint(
        'CHECK((course_id IS NULL) <> (attendance_id IS NULL))',
        "A task belongs to a course or to a learner.")

    @api.depends('attendance_id.company_id', 'course_id.company_id')
    def _compute_company_id(self):
        for task in self:
            task.company_id = (
                task.attendance_id.company_id or task.course_id.company_id or self.env.company)

    def action_mastered(self):
        """Note that the learner did the tasks alone and right."""
        self._check('mastered')

    def action_again(self):
        """Note that the learner has to practise the tasks again."""
        self._check('again')

    def _check(self, result, note=None, moment=None):
        """Note how the learner did the tasks, by the coach or a training officer.

        :raise AccessError: the user is the learner, or may not write the sheet
        """
        self.check_access('write')
        if any(not task.attendance_id for task in self):
            raise UserError(self.env._(
                "These tasks are the plan of a course: check those on the sheet of a learner."))
        if self.env.user in self.attendance_id.user_id:
            raise AccessError(self.env._("Learners do not check their own tasks: the coach does."))
        vals = {'result': result, 'date_done': moment or fields.Datetime.now(),
                'checker_id': self.env.uid}
        # the right to write the tasks, and that another person checks, were checked above
        self.sudo().write(vals if note is None else vals | {'note': note})

    # === PHONE === #

    def _check_mobile_access(self, kind):
        # only whether the sheet names the user as its coach is read
        sheet = self.sudo().attendance_id
        if kind == 'training_task' and self.env.user == sheet.coach_id and (
                sheet.user_id != self.env.user):
            return True
        return super()._check_mobile_access(kind)

    def _on_mobile_training_task(self, payload, moment):
        result = payload.get('result')
        if result not in ('mastered', 'again'):
            raise UserError(self.env._("The phone sent something unreadable."))
        self._check(result, self._read_text(payload, 'note'), moment)
