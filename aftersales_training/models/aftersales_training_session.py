from datetime import UTC, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .roles import COACH, OFFICER

OPEN_STATES = ('planned', 'confirmed')


class AftersalesTrainingSession(models.Model):
    """One time that a course is held: when, where, by whom, for how many people, at what cost.

    When it is confirmed, each learner is invited by a private meeting of their own, so that the
    calendar tells no learner who else has to come. Who was there signs in with the own phone.
    """

    _name = 'aftersales.training.session'
    _description = "Training Session"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.revocation.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.protected.mixin']
    _order = 'date_start desc, id desc'
    _check_company_auto = True

    _TRANSITIONS = {
        'confirmed': {'planned'},
        'held': {'confirmed'},
        'cancelled': {'planned', 'confirmed'},
    }
    _STAMPS = {'held': 'date_held'}

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    course_id = fields.Many2one(
        'aftersales.training.course', required=True, index=True, ondelete='restrict',
        check_company=True)
    course_kind = fields.Selection(related='course_id.kind', string="Kind of Course")
    state = fields.Selection([
        ('planned', "Planned"),
        ('confirmed', "Confirmed"),
        ('held', "Held"),
        ('cancelled', "Cancelled"),
    ], default='planned', required=True, protected=True, copy=False, tracking=True)
    trainer_id = fields.Many2one(
        'res.users', string="Session Held by", index='btree_not_null', tracking=True,
        domain="[('share', '=', False)]",
        help="Coach of an internal training, or the colleague who is there when others teach.")
    lecturer_id = fields.Many2one(
        'aftersales.training.trainer', string="Trainer", compute='_compute_lecturer_id',
        store=True, readonly=False, index='btree_not_null', check_company=True,
        help="From the register of trainers, with fee and rating.")
    date_start = fields.Datetime(string="Starts on", required=True, tracking=True)
    date_end = fields.Datetime(
        string="Session Ends on", compute='_compute_date_end', store=True, readonly=False,
        precompute=True, required=True)
    place = fields.Char(tracking=True)
    link = fields.Char(
        string="E-Learning Link", compute='_compute_link', store=True, readonly=False,
        help="Opened from the learner's phone.")
    seats = fields.Integer(default=20, required=True)
    seats_taken = fields.Integer(compute='_compute_seats_taken')
    attendance_ids = fields.One2many('aftersales.training.attendance', 'session_id')
    to_judge_count = fields.Integer(
        string="Not Judged Yet", compute='_compute_to_judge_count')
    warning = fields.Text(compute='_compute_warning', groups=COACH)
    date_held = fields.Datetime(string="Held on", readonly=True, copy=False, protected=True)
    event_id = fields.Many2one(
        'calendar.event', string="Meeting", readonly=True, copy=False, ondelete='set null',
        protected=True, groups=OFFICER)

    # Cost: for training officers only
    fee = fields.Monetary(
        string="Trainer's Fee", compute='_compute_fee', store=True, readonly=False,
        groups=OFFICER)
    place_cost = fields.Monetary(string="Cost of the Place", groups=OFFICER)
    material_cost = fields.Monetary(string="Cost of Material", groups=OFFICER)
    travel_cost = fields.Monetary(string="Travel and Meals", groups=OFFICER)
    cost = fields.Monetary(
        string="Total Cost", compute='_compute_cost', store=True, groups=OFFICER)
    cost_per_head = fields.Monetary(compute='_compute_cost_per_head', groups=OFFICER)

    # Training report (培训报告书)
    process_note = fields.Text(string="Course of the Training")
    problem_note = fields.Text(string="Problems")
    proposal_note = fields.Text(string="Improvements")

    _seats_positive = models.Constraint(
        'CHECK(seats > 0)', "A session has at least one seat.")
    _end_after_start = models.Constraint(
        'CHECK(date_end > date_start)', "A session ends after its start.")
    _costs_positive = models.Constraint(
        'CHECK(fee >= 0 AND place_cost >= 0 AND material_cost >= 0 AND travel_cost >= 0)',
        "The costs of a session cannot be negative.")
    _open_idx = models.Index(
        "(date_start, date_end) WHERE state IN ('planned', 'confirmed')")

    # === COMPUTES === #

    @api.depends('course_id.name', 'date_start')
    @api.depends_context('lang', 'tz')
    def _compute_display_name(self):
        for session in self:
            day = session.date_start and fields.Datetime.context_timestamp(
                session, session.date_start).date()
            session.display_name = " · ".join(filter(None, [
                session.course_id.name, day and fields.Date.to_string(day)]))

    @api.depends('trainer_id')
    def _compute_lecturer_id(self):
        register = self.env['aftersales.training.trainer']
        trainers = {trainer.user_id: trainer for trainer in register.search(
            [('user_id', 'in', self.trainer_id.ids)])} if self.trainer_id else {}
        for session in self:
            session.lecturer_id = trainers.get(session.trainer_id) or session.lecturer_id

    @api.depends('date_start', 'course_id')
    def _compute_date_end(self):
        for session in self:
            hours = session.course_id.hours or 1.0
            is_open = session.date_start and (
                not session.date_end or session.date_end <= session.date_start)
            session.date_end = session._get_teaching_end(hours) if is_open else session.date_end

    def _get_teaching_end(self, hours):
        """Return when so many hours are taught, a working day of the company after the other.

        What fits into the hours of one working day ends on the day on which it starts.
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        calendar = company.resource_calendar_id
        a_day = calendar.hours_per_day or 8.0
        days = ceil(hours / a_day)
        if days <= 1:
            return self.date_start + timedelta(hours=hours)
        zone = ZoneInfo(calendar.tz or 'UTC')
        start = self.date_start.replace(tzinfo=UTC).astimezone(zone)
        # the first day counts, be it a day of rest
        last = calendar and calendar.plan_days(
            days - 1, datetime.combine(start.date() + timedelta(days=1), time.min, zone),
            compute_leaves=True)
        last_day = last.astimezone(zone).date() if last else start.date() + timedelta(days=days - 1)
        end = datetime.combine(last_day, start.time(), zone) + timedelta(
            hours=hours - a_day * (days - 1))
        return end.astimezone(UTC).replace(tzinfo=None)

    @api.depends('course_id')
    def _compute_link(self):
        for session in self:
            session.link = session.link or session.course_id.link

    @api.depends('attendance_ids.state')
    def _compute_seats_taken(self):
        # how many take part is said to each who may read the session, who they are is not
        taken = dict(self.env['aftersales.training.attendance'].sudo()._read_group(
            self._get_seated_domain(), ['session_id'], ['__count']))
        for session in self:
            session.seats_taken = taken.get(session._origin, 0)

    @api.depends('attendance_ids.state')
    def _compute_to_judge_count(self):
        for session in self:
            session.to_judge_count = len(session.attendance_ids.filtered(
                lambda attendance: attendance.state == 'attended'))

    @api.depends('lecturer_id', 'date_start', 'date_end')
    def _compute_fee(self):
        for session in self:
            # the fee of the register is for officers, as the field itself
            # an end before the start is refused by its own rule, not by a negative cost
            session.fee = session.lecturer_id.sudo().fee * max(session._get_hours(), 0.0)

    @api.depends('fee', 'place_cost', 'material_cost', 'travel_cost')
    def _compute_cost(self):
        for session in self:
            session.cost = (session.fee + session.place_cost + session.material_cost
                            + session.travel_cost)

    @api.depends('cost', 'attendance_ids.state')
    def _compute_cost_per_head(self):
        for session in self:
            session.cost_per_head = session.cost / (session.seats_taken or 1)

    @api.depends('date_start', 'date_end', 'trainer_id', 'attendance_ids.user_id', 'state')
    def _compute_warning(self):
        for session in self:
            session.warning = "\n".join(session._get_overlaps()) or False

    # === CRUD === #

    @api.constrains('seats')
    def _check_seats(self):
        self._ensure_seats()

    @api.constrains('trainer_id')
    def _check_trainer(self):
        self._ensure_trainer_teaches_others()

    def write(self, vals):
        moved = self.browse()
        if 'date_start' in vals or 'date_end' in vals:
            moved = self.filtered(lambda session: session.state == 'confirmed')
        result = super().write(vals)
        # the right to write the sessions was checked by core's write
        moved.sudo()._move_meetings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._refuse_where(
            lambda session: session.state != 'planned',
            self.env._("Only planned sessions can be deleted; cancel these instead"))

    # === ACTIONS === #

    def action_confirm(self):
        """Confirm the sessions and invite their learners."""
        self._set_state('confirmed')

    def action_hold(self):
        """Note that the sessions took place; who did not sign in was absent."""
        self._set_state('held')

    def action_cancel(self):
        """Cancel the sessions and let the learners know."""
        self._set_state('cancelled')

    def action_show_code(self):
        """Open the page whose code the learners scan to sign in."""
        self.ensure_one()
        self._check_screen_access()
        return {'type': 'ir.actions.act_url', 'target': 'new',
                'url': f'/training/sign-in/{self.id}'}

    def action_view_attendances(self):
        """Show the learners of these sessions."""
        return self.attendance_ids._get_records_action(
            name=self.env._("Training Attendance"),
            context={'default_session_id': self.id if len(self) == 1 else False})

    def action_view_to_judge(self):
        """Show the learners who attended and are not judged yet."""
        waiting = self.attendance_ids.filtered(lambda attendance: attendance.state == 'attended')
        return waiting._get_records_action(name=self.env._("Not Judged Yet"))

    # === RULES === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'trainer_id'}

    def _get_locked_fields(self):
        """Keep what was decided: a session that was held or cancelled stays as it was."""
        locked = super()._get_locked_fields()
        if self.state in OPEN_STATES:
            return locked | ({'course_id', 'company_id'} if self.attendance_ids else set())
        return locked | self._get_all_but(
            'process_note', 'problem_note', 'proposal_note', 'attendance_ids', 'fee',
            'place_cost', 'material_cost', 'travel_cost')

    def _get_locked_message(self):
        return self.env._("These sessions are over or have learners and keep what was agreed on")

    def _ensure_may_change(self, vals):
        if vals.keys() & {'trainer_id', 'company_id'} and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._(
                "Training officers decide who holds a session: ask one of them."))
        return super()._ensure_may_change(vals)

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'held':
            self._ensure_no_learner()
        if target != 'held' and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._(
                "Training officers confirm and cancel sessions; who holds them notes that they "
                "took place."))
        return result

    def _ensure_confirmed(self):
        self._refuse_where(
            lambda session: not session.trainer_id,
            self.env._("Say who holds these sessions before people are invited"))
        self.course_id.survey_id._ensure_has_exam_questions()

    def _ensure_held(self):
        now = fields.Datetime.now()
        self._refuse_where(
            lambda session: session.date_start > now,
            self.env._("These sessions have not begun yet"))
        # who was there decides, also where the user may not read it
        self._refuse_where(
            lambda session: not session.sudo().attendance_ids.filtered('date_signed_in'),
            self.env._("No learner has signed in to these sessions: note who was there, or "
                       "cancel them"))

    def _on_confirmed(self):
        self._create_meetings()
        self.attendance_ids._invite()

    def _on_held(self):
        people = self.attendance_ids
        people.filtered(lambda person: person.state in ('invited', 'accepted'))._set_state('absent')
        people.filtered(lambda person: person.state == 'attended')._judge()

    def _on_cancelled(self):
        self.attendance_ids._call_off()
        self.event_id._call_off_training()

    def _ensure_trainer_teaches_others(self):
        """Refuse who holds a session as its learner: such people would certify themselves.

        :raise ValidationError: naming the person
        """
        # whether the trainer is among the learners: the user may not read them all
        own = self.sudo().filtered(
            lambda session: session.trainer_id in session.attendance_ids.filtered_domain(
                session._get_seated_domain()).user_id)
        if own:
            raise ValidationError(self.env._(
                "%(people)s cannot hold a session and learn in it: let somebody else hold it, or "
                "take the person off the list.", people=own.trainer_id.mapped('name')))

    def _ensure_no_learner(self):
        """Refuse learners what proves that they were there: another person does it.

        :raise AccessError: the user is a learner of one of these sessions
        """
        # whether the user is among the learners, read by rule or not
        if self.env.user in self.sudo().attendance_ids.filtered_domain(
                self._get_seated_domain()).user_id:
            raise AccessError(self.env._(
                "You learn in this session yourself: the trainer, or another training "
                "officer, shows the code and notes that it was held."))

    def _ensure_open_for_people(self):
        """Refuse learners for a session that is over or cancelled."""
        self._refuse_where(
            lambda session: session.state not in OPEN_STATES,
            self.env._("These sessions are over or cancelled and take no more learners"))

    def _claim_seats(self):
        """Let the later of two who give the last seat away at once count again.

        A mere lock would not do: after the first one is done, the other would still count the
        learners of before. The row is written, so that core repeats that request.
        """
        if self:
            self.env.execute_query(SQL(
                "UPDATE aftersales_training_session SET seats = seats WHERE id = ANY(%s)"
                " RETURNING id", sorted(self.ids)))

    def _ensure_seats(self):
        """Refuse more people than there are seats; who seats them has claimed the seats before.

        :raise ValidationError: naming the session, its seats and the people
        """
        for session in self:
            taken = session.sudo().attendance_ids.filtered_domain(self._get_seated_domain())
            if len(taken) > session.seats:
                raise ValidationError(self.env._(
                    "“%(session)s” has seats for %(seats)s, and %(people)s would take part. "
                    "Add seats, or invite the others to another session.",
                    session=session.display_name, seats=session.seats, people=len(taken)))

    @api.model
    def _get_seated_domain(self):
        return Domain('state', 'not in', ('declined', 'absent')) & (
            Domain('session_id', 'in', self.ids) if self else Domain.TRUE)

    def _get_hours(self):
        """Return how many hours the session lasts, by its course where it has no end."""
        self.ensure_one()
        if not (self.date_start and self.date_end):
            return self.course_id.hours
        # several days of teaching: the course knows how many hours of each are taught
        span = (self.date_end - self.date_start).total_seconds() / 3600
        return min(span, self.course_id.hours) if span > 24 and self.course_id.hours else span
