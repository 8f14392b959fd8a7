from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .roles import COACH, OFFICER

# the learner may still come
AWAITED = ('invited', 'accepted')
LEVELS = [
    ('0', "Does Not Know It"), ('1', "Knows It"), ('2', "Can Do It with Help"),
    ('3', "Can Do It Alone"), ('4', "Can Teach It")]


class AftersalesTrainingAttendance(models.Model):
    """One person in one session: invited, there, examined, and what it changed.

    It has no conversation and no followers: training officers, who holds the session and the
    person read it. Marks, answers and times are written by the steps that bring them. On the job
    it is the sheet of the coaching as well (在职培训实施表).
    """

    _name = 'aftersales.training.attendance'
    _description = "Training Attendance"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.mobile.mixin', 'aftersales.protected.mixin']
    _order = 'session_id desc, id'
    _check_company_auto = True

    _TRANSITIONS = {
        'invited': {'accepted', 'declined'},
        'accepted': {'invited', 'declined'},
        'declined': {'invited', 'accepted'},
        'attended': {'invited', 'accepted', 'declined', 'absent', 'failed'},
        'passed': {'attended'},
        'failed': {'attended'},
        'absent': {'invited', 'accepted', 'declined', 'attended'},
    }

    session_id = fields.Many2one(
        'aftersales.training.session', required=True, index=True, ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one(related='session_id.company_id', store=True, index=True)
    course_id = fields.Many2one(
        related='session_id.course_id', store=True, index=True, string="Training Course")
    course_kind = fields.Selection(related='session_id.course_id.kind', string="Kind of Course")
    date_start = fields.Datetime(related='session_id.date_start', store=True, string="Starts on")
    session_state = fields.Selection(related='session_id.state', string="State of the Session")
    user_id = fields.Many2one(
        'res.users', string="Learner", required=True, index=True, ondelete='restrict',
        protected='after')
    employee_id = fields.Many2one(
        'hr.employee.public', compute='_compute_employee_id')
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', compute_sudo=True)
    state = fields.Selection([
        ('invited', "Invited"),
        ('accepted', "Accepted"),
        ('declined', "Declined"),
        ('attended', "Attended"),
        ('passed', "Passed"),
        ('failed', "Failed"),
        ('absent', "Absent"),
    ], default='invited', required=True, protected=True, copy=False, index=True)
    event_id = fields.Many2one(
        'calendar.event', string="Meeting", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null', protected=True, groups=OFFICER)
    note = fields.Char(string="Remark", groups=COACH)

    # On the job (在职培训实施表)
    coach_id = fields.Many2one(
        'res.users', compute='_compute_coach_id', store=True, readonly=False,
        index='btree_not_null', domain="[('share', '=', False)]")
    present_level = fields.Selection(LEVELS)
    wanted_level = fields.Selection(LEVELS, default='3')
    coaching_from = fields.Date(string="Coached from")
    coaching_until = fields.Date()
    coaching_result = fields.Text(string="Result of the Coaching")
    task_ids = fields.One2many('aftersales.training.task', 'attendance_id', string="Practice Tasks")
    task_progress = fields.Float(
        string="Tasks Mastered (%)", compute='_compute_task_progress', aggregator='avg')

    _session_user_uniq = models.Constraint(
        'UNIQUE(session_id, user_id)', "A person takes part in a session once.")
    _coaching_ends = models.Constraint(
        'CHECK(coaching_until >= coaching_from)', "A coaching ends after its start.")

    # === COMPUTES === #

    @api.depends('user_id.name', 'course_id.name')
    def _compute_display_name(self):
        for attendance in self:
            attendance.display_name = " · ".join(filter(None, [
                attendance.user_id.name, attendance.course_id.name]))

    @api.depends('user_id')
    def _compute_employee_id(self):
        employees = {employee.user_id: employee for employee in self.env[
            'hr.employee.public'].search([('user_id', 'in', self.user_id.ids)])}
        for attendance in self:
            attendance.employee_id = employees.get(attendance.user_id)

    @api.depends('user_id')
    def _compute_outlet_id(self):
        outlets = self.env['aftersales.outlet'].search(
            [('member_ids', 'in', self.user_id.ids)])
        for attendance in self:
            attendance.outlet_id = outlets.filtered(
                lambda outlet, user=attendance.user_id: user in outlet.member_ids)[:1]

    @api.depends('session_id.trainer_id', 'course_kind')
    def _compute_coach_id(self):
        for attendance in self:
            attendance.coach_id = attendance.coach_id or (
                attendance.course_kind == 'on_job' and attendance.session_id.trainer_id)

    @api.depends('task_ids.result')
    def _compute_task_progress(self):
        for attendance in self:
            tasks = attendance.task_ids
            mastered = tasks.filtered(lambda task: task.result == 'mastered')
            attendance.task_progress = 100.0 * len(mastered) / len(tasks) if tasks else 0.0

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Seat the people; a session that is confirmed invites them at once."""
        sessions = self.env['aftersales.training.session'].browse(
            {vals['session_id'] for vals in vals_list if vals.get('session_id')})
        # two officers may give the last seat away at once: one of them is asked to try again
        sessions._ensure_free_to_move()
        attendances = super().create(vals_list)
        sessions._claim_seats()
        attendances.session_id._ensure_open_for_people()
        attendances.session_id._ensure_seats()
        attendances.session_id._ensure_trainer_teaches_others()
        # the right to create the attendances was checked by core's create
        attendances.sudo()._copy_tasks()
        attendances.sudo().filtered(
            lambda attendance: attendance.session_id.state == 'confirmed')._invite()
        return attendances

    @api.ondelete(at_uninstall=False)
    def _unlink_except_there(self):
        self._refuse_where(
            lambda attendance: attendance.state not in ('invited', 'accepted', 'declined'),
            self.env._("Who was in a session, or should have been, stays on its list"))

    def unlink(self):
        # a withdrawn invitation leaves the calendar as well; core's unlink checks the right
        events, sessions = self.sudo().event_id, self.sudo().session_id
        with sessions._revoke_after({'attendance_ids'}):
            result = super().unlink()
        events._call_off_training()
        return result

    # === ACTIONS === #

    def action_note_present(self):
        """Note by hand that these people are there: their phone is flat, or they have none."""
        now = fields.Datetime.now()
        for session, people in self.grouped('session_id').items():
            # who notes it days later was not there then
            people._set_state('attended', date_signed_in=min(now, session.date_end),
                              sign_in_kind='hand')

    def action_note_absent(self):
        """Note that these people were not there."""
        self._set_state('absent', date_signed_in=False, sign_in_kind=False)

    # === RULES === #

    def _ensure_may_move(self, target):
        """Let learners answer their invitation, and others say who was there and who passed."""
        result = super()._ensure_may_move(target)
        if self.env.user in self.user_id and target not in ('accepted', 'declined'):
            raise AccessError(self.env._(
                "Nothing about the own training is decided by the learner: another coach or "
                "training officer does it."))
        return result

    def _ensure_may_change(self, vals):
        if self.env.user in self.user_id:
            raise AccessError(self.env._(
                "The own attendance is written by others: ask the coach or a training officer."))
        return super()._ensure_may_change(vals)

    def _get_locked_fields(self):
        """Keep what the certificate or the next training builds on."""
        locked = super()._get_locked_fields()
        if self.state == 'passed':
            return locked | {'attitude', 'is_attitude_judged', 'coach_id'}
        return locked

    def _get_locked_message(self):
        return self.env._("These people have passed and keep their marks")

    def _ensure_state_rules(self, target):
        result = super()._ensure_state_rules(target)
        # the session is known to all who may move its learners
        sessions = self.sudo().session_id
        if target in ('accepted', 'declined', 'invited'):
            sessions._refuse_where(
                lambda session: session.state not in ('planned', 'confirmed'),
                self.env._("These sessions are over or cancelled"))
        if target in ('accepted', 'attended'):
            self.filtered(lambda attendance: attendance.state in (
                'declined', 'absent')).sudo().session_id._claim_seats()
        if target == 'attended':
            sessions._refuse_where(
                lambda session: session.state not in ('confirmed', 'held'),
                self.env._("Confirm these sessions before people are noted as present"))
        return result

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target in ('accepted', 'attended'):
            self.session_id._ensure_seats()
            self.session_id._ensure_trainer_teaches_others()
        return result

    # === INVITATION === #

    def _invite(self):
        """Send each person a private meeting of their own, to accept or decline."""
        awaited = self.filtered(
            lambda attendance: attendance.state in AWAITED and not attendance.event_id)
        events = self.env['calendar.event']._create_for_training([
            attendance.session_id._prepare_meeting_vals(attendance.user_id)
            for attendance in awaited])
        for attendance, event in zip(awaited, events, strict=True):
            attendance.event_id = event
        # a letter names the course by what its learner may read: the meeting is linked by now
        awaited.event_id.attendee_ids._send_training_invitation()

    def _reply(self, answer):
        """Note the person's answer, and let the meeting say the same.

        :param answer: 'accepted' or 'declined'
        :raise UserError: the session has begun, or its seats are taken
        """
        begun = self.filtered(
            lambda attendance: attendance.session_id.date_start <= fields.Datetime.now())
        if begun:
            raise UserError(self.env._(
                "The session has begun: sign in there, or tell the trainer."))
        self.filtered(lambda attendance: attendance.state != answer)._set_state(answer)
        self.event_id.attendee_ids.filtered(
            lambda attendee: attendee.state != answer).write({'state': answer})

    def _ask_again(self):
        """Ask those who answered for another time again."""
        answered = self.filtered(
            lambda attendance: attendance.state in ('accepted', 'declined'))
        if answered:
            answered._set_state('invited')
        self.event_id.attendee_ids.write({'state': 'needsAction'})

    def _call_off(self):
        """Take the meetings of a cancelled session out of the calendars, with a message."""
        self.event_id._call_off_training()

    def _copy_tasks(self):
        """Give each sheet of a coaching the practice tasks of its course."""
        self.env['aftersales.training.task'].create([
            {'attendance_id': attendance.id, 'name': task.name, 'sequence': task.sequence}
            for attendance in self if attendance.course_kind == 'on_job'
            for task in attendance.course_id.task_ids])

    def _get_post(self):
        """Return the post that forms print: the job of an employee, else the outlet."""
        self.ensure_one()
        return self.employee_id.job_title or self.outlet_id.sudo().display_name or ""
