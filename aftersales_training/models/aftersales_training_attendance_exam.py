from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_round

from ..tools import exam
from ..tools.effect import gain

EXAM_KINDS = ('pre', 'theory')


class AftersalesTrainingAttendance(models.Model):
    """Theory by a survey of core, practice by the examiner's sheet, attitude by the trainer.

    Each part has its own pass mark, and one does not make up for another. A part that was passed
    stays passed: the retest repeats the others.
    """

    _inherit = 'aftersales.training.attendance'

    # a mark is known once its date is
    pre_score = fields.Float(
        string="Test Before", readonly=True, copy=False, protected=True, aggregator='avg')
    date_pre = fields.Datetime(
        string="Tested before on", readonly=True, copy=False, protected=True)
    theory = fields.Float(readonly=True, copy=False, protected=True, aggregator='avg')
    date_theory = fields.Datetime(
        string="Theory on", readonly=True, copy=False, protected=True)
    practice = fields.Float(readonly=True, copy=False, protected=True, aggregator='avg')
    date_practice = fields.Datetime(
        string="Practice on", readonly=True, copy=False, protected=True)
    has_red_line = fields.Boolean(
        string="Red Line Crossed", readonly=True, copy=False, protected=True,
        help="In the practice exam: fails whatever the marks are.")
    attitude = fields.Float(
        string="Attitude Mark", copy=False, aggregator='avg',
        help="0 to 100, by who holds the session.")
    is_attitude_judged = fields.Boolean(
        string="Attitude Judged", compute='_compute_is_attitude_judged', store=True,
        readonly=False, copy=False, help="Tick it to give a mark of 0.")
    total = fields.Float(
        string="Total Mark", readonly=True, copy=False, protected=True, aggregator='avg')
    gain = fields.Float(
        string="Gain (%)", readonly=True, copy=False, protected=True, aggregator='avg',
        help="By how much the mark rose from the test before to the theory exam.")
    date_judged = fields.Datetime(
        string="Judged on", readonly=True, copy=False, protected=True)
    attempt = fields.Integer(default=1, readonly=True, copy=False, protected=True)
    missing_marks = fields.Char(
        string="Waits for", compute='_compute_missing_marks', compute_sudo=True,
        help="What is missing until the training is passed or failed.")
    retest_date = fields.Date(string="Retest on", copy=False)
    survey_input_ids = fields.One2many(
        'survey.user_input', 'training_attendance_id', string="Theory Exams", readonly=True,
        groups='aftersales_training.group_training_officer')

    _attitude_range = models.Constraint(
        'CHECK(attitude >= 0 AND attitude <= 100)', "The mark for attitude is from 0 to 100.")

    # === COMPUTES === #

    @api.depends('attitude')
    def _compute_is_attitude_judged(self):
        for attendance in self:
            attendance.is_attitude_judged = bool(
                attendance.attitude or attendance.is_attitude_judged)

    @api.depends('state', 'date_theory', 'date_practice', 'session_id.state', 'course_id')
    @api.depends_context('lang')
    def _compute_missing_marks(self):
        """Name the marks that a learner who attended lacks, or that the session is not held."""
        labels = {'theory': self.env._("theory exam"), 'practice': self.env._("practice exam")}
        for attendance in self:
            missing = []
            if attendance.state == 'attended':
                marks, required = attendance._get_marks(), attendance._get_required_marks()
                missing = [labels.get(part, part) for part in required if marks.get(part) is None]
                if not required and attendance.session_id.state != 'held':
                    missing = [self.env._("the note that the training was held")]
            attendance.missing_marks = ", ".join(missing)

    # === ACTIONS === #

    def action_judge(self):
        """Judge those who were there by the marks that are known."""
        self.check_access('write')
        self._refuse_where(
            lambda attendance: attendance.state != 'attended',
            self.env._("Only who attended is judged"))
        self._ensure_may_move('passed')
        # who may write them and is not the learner was checked above
        self.sudo()._judge()
        waiting = self.filtered(lambda attendance: attendance.state == 'attended')
        if not waiting:
            return None
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'warning', 'title': self.env._("Not judged yet"),
                'message': "\n".join(
                    f"{attendance.user_id.name}: {attendance.missing_marks}"
                    for attendance in waiting),
                'next': {'type': 'ir.actions.act_window_close'}}}

    def action_retest(self):
        """Let those who failed repeat the parts that they failed."""
        self._refuse_where(
            lambda attendance: attendance.state != 'failed',
            self.env._("A retest is for those who failed"))
        self._set_state('attended')
        for attendance in self.sudo():
            vals = {'attempt': attendance.attempt + 1, 'date_judged': False}
            marks, required = attendance._get_marks(), attendance._get_required_marks()
            for part in ('theory', 'practice'):
                if exam.judge(marks, {part: required.get(part, 0.0)}) is False:
                    vals |= {part: 0.0, f'date_{part}': False}
            if attendance.has_red_line:
                vals |= {'practice': 0.0, 'date_practice': False, 'has_red_line': False}
            # the step was checked above; a passed part stays
            attendance.write(vals)

    # === THEORY === #

    def _open_exam(self, kind):
        """Return the address at which this learner takes the test before, or the theory exam.

        Called by the phone's route as superuser, after it checked that the user is the learner.

        :param kind: 'pre' or 'theory'
        :raise UserError: there is none, it has no questions, it is too early or too late, or it
            was taken
        """
        self.ensure_one()
        survey = self.course_id.survey_id
        if kind not in EXAM_KINDS or not survey:
            raise UserError(self.env._("This course has no exam of this kind."))
        now = fields.Datetime.now()
        if kind == 'pre' and (self.state not in ('invited', 'accepted', 'attended')
                              or now >= self.session_id.date_end or self.date_theory):
            raise UserError(self.env._("The test before the training is closed."))
        if kind == 'theory' and self.state != 'attended':
            raise UserError(self.env._(
                "The exam is for those who attended: sign in to the session first."))
        if kind == 'theory' and now < self.session_id.date_start:
            raise UserError(self.env._(
                "The exam opens when the training begins: come back then."))
        survey._ensure_has_exam_questions()
        taken = self.survey_input_ids.filtered(
            lambda answers: answers.training_exam == kind
            and answers.training_attempt == self.attempt)
        # opened before the exam had questions: core keeps no answers on such a sheet
        empty = taken.filtered(lambda answers: not answers.predefined_question_ids)
        taken -= empty
        empty.unlink()
        if taken.filtered(lambda answers: answers.state == 'done'):
            raise UserError(self.env._("You have taken this exam already."))
        answers = taken[:1] or survey._create_answer(
            user=self.user_id, check_attempts=False, training_attendance_id=self.id,
            training_exam=kind, training_attempt=self.attempt,
            deadline=self._get_exam_deadline(kind))
        if answers.deadline and answers.deadline < now:
            raise UserError(self.env._(
                "The time for this exam is over: ask the training officer for a retest."))
        return answers.get_start_url()

    def _get_exam_deadline(self, kind):
        """Return until when an exam is open: some days after the session, or after the retest."""
        if kind == 'pre':
            return self.session_id.date_end
        last = max(self.session_id.date_end, fields.Datetime.now()) if self.attempt > 1 else (
            self.session_id.date_end)
        return last + timedelta(days=self.company_id.aftersales_exam_days)

    def _record_exam(self, kind, mark, moment):
        """Keep the mark of a theory exam that core has scored, and judge.

        Called by ``survey.user_input._mark_done``, as superuser, for one learner.

        :param mark: 0 to 100
        """
        self.ensure_one()
        if kind == 'pre':
            self.write({'pre_score': mark, 'date_pre': moment})
        elif self.state == 'attended':
            self.write({'theory': mark, 'date_theory': moment})
            self._judge()

    def _record_practice(self, mark, moment=None, has_red_line=False):
        """Keep the mark of a practice exam, and judge.

        Hook to call: by the examiner's sheet when it is signed, as superuser after its own check,
        for one learner. A crossed red line fails whatever the marks are.

        :param mark: 0 to 100
        :raise UserError: the learner did not attend, or is judged already
        """
        self.ensure_one()
        self._refuse_where(
            lambda attendance: attendance.state != 'attended',
            self.env._("Only who attended is examined, and once until a retest is planned"))
        if not 0.0 <= mark <= 100.0:
            raise ValidationError(self.env._("A mark is from 0 to 100."))
        self.write({'practice': mark, 'date_practice': moment or fields.Datetime.now(),
                    'has_red_line': has_red_line})
        self._judge()

    # === JUDGEMENT === #

    def _get_marks(self):
        """Return the marks of the parts by name, ``None`` where there is none yet."""
        self.ensure_one()
        return {
            'theory': self.theory if self.date_theory else None,
            'practice': self.practice if self.date_practice else None,
            'attitude': self.attitude if self.is_attitude_judged else None}

    def _get_required_marks(self):
        """Return the pass mark of each part that the course examines.

        Hook: called where marks are judged, as superuser, for one learner. Raises nothing.
        """
        self.ensure_one()
        course, required = self.course_id, {}
        if course.survey_id:
            required['theory'] = course.theory_pass
        if course.has_practice:
            required['practice'] = course.practice_pass
        return required

    def _judge(self):
        """Let those pass whose parts all reach their marks, and those fail where one does not.

        Runs as superuser, for those who attended, after each mark and when the session was held.
        """
        passed = failed = self.browse()
        for attendance in self:
            marks = attendance._get_marks()
            course = attendance.course_id
            total = exam.combine(marks, {
                'theory': course.theory_weight, 'practice': course.practice_weight,
                'attitude': course.attitude_weight})
            rise = gain(attendance.pre_score if attendance.date_pre else None, marks['theory'])
            vals = {} if total is None else {'total': float_round(total, 2)}
            if rise is not None:
                vals['gain'] = rise
            if vals:
                attendance.write(vals)
            required = attendance._get_required_marks()
            verdict = exam.judge(marks, required)
            if attendance.has_red_line or verdict is False:
                failed += attendance
            elif verdict and (required or attendance.session_id.state == 'held'):
                passed += attendance
        now = fields.Datetime.now()
        if failed:
            failed._set_state('failed', date_judged=now)
        if passed:
            passed._set_state('passed', date_judged=now)

    def _on_passed(self):
        """Give who passed the certificate of the course, from the day of the last exam.

        Hook: called by the state mixin as superuser, for a batch, once the state is written. What
        it raises undoes the step.
        """
        for attendance in self.filtered('course_id.skill_id'):
            moment = max(filter(None, [attendance.date_theory, attendance.date_practice]),
                         default=attendance.date_judged)
            self.env['aftersales.certificate']._issue(
                attendance.user_id, attendance.course_id, attendance=attendance,
                date=attendance.company_id._get_aftersales_day(moment))

    def _get_ranks(self):
        """Return ``{learner's row: place}`` by the total, for the sheet of results."""
        places = exam.rank({
            attendance.id: attendance.total or None for attendance in self})
        return {attendance: places.get(attendance.id, "–") for attendance in self}

    def _get_mark_labels(self):
        """Return what the forms print for each part: the mark, or a dash."""
        self.ensure_one()
        marks = self._get_marks()
        known = any(mark is not None for mark in marks.values())
        return {part: "–" if mark is None else f"{float_round(mark, 1):g}"
                for part, mark in (marks | {'total': self.total if known else None}).items()}
