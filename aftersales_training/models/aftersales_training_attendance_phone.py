from datetime import UTC, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

STARS = frozenset({1, 2, 3, 4, 5})


class AftersalesTrainingAttendance(models.Model):
    """What learners do on the page "My Training" of their phones."""

    _inherit = 'aftersales.training.attendance'

    def _check_mobile_access(self, kind):
        # only whether the attendance is the user's own is read
        if kind in ('training_reply', 'training_sign_in', 'training_reaction') and (
                self.sudo().user_id == self.env.user):
            return True
        return super()._check_mobile_access(kind)

    def _on_mobile_training_reply(self, payload, moment):
        answer = payload.get('answer')
        if answer not in ('accepted', 'declined'):
            raise UserError(self.env._("The phone sent something unreadable."))
        self._refuse_where(
            lambda attendance: attendance.state not in ('invited', 'accepted', 'declined'),
            self.env._("This invitation was answered by coming"))
        self._reply(answer)

    def _on_mobile_training_sign_in(self, payload, moment):
        self._sign_in(payload.get('code'), payload.get('device'))

    def _on_mobile_training_reaction(self, payload, moment):
        answers = {part: payload.get(part) for part in ('content', 'trainer', 'use')}
        if any(type(stars) is not int or stars not in STARS for stars in answers.values()):
            raise UserError(self.env._("Give each question one to five stars."))
        self._record_reaction(answers, self._read_text(payload, 'comment'))

    def _prepare_mobile_attendance(self):
        """Return what the learner's phone shows of one attendance.

        Hook: called by ``res.users._prepare_mobile_training``, as superuser, for one attendance of
        the phone's user, at each reading; add keys to ``super()``. Raises nothing.
        """
        self.ensure_one()
        session, now = self.session_id, fields.Datetime.now()
        opens = session._get_sign_in_start()
        is_open = session.state == 'confirmed' and now <= session.date_end
        was_there = self.state in ('attended', 'passed', 'failed')
        has_exam = bool(self.course_id.survey_id)
        labels = dict(self._fields['state']._description_selection(self.env))
        local = fields.Datetime.context_timestamp
        exam = '/my/jobs/training/%s/exam/%s'
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.course_id.name,
            'session': session.id, 'state': self.state, 'state_label': labels[self.state],
            'day': local(self, session.date_start).strftime('%Y-%m-%d'),
            'time': session._format_hours(),
            'place': session.place or '', 'held_by': session.trainer_id.name or '',
            'link': session.link or '',
            'can_reply': is_open and now < session.date_start and self.state in (
                'invited', 'accepted', 'declined'),
            # the phone keeps this for hours without a network, and waits until sign-in opens
            'can_sign_in': is_open and self.state in ('invited', 'accepted', 'declined')
            and now >= session.date_start - timedelta(hours=12),
            'sign_in_from': int(opens.replace(tzinfo=UTC).timestamp() * 1000),
            'sign_in_time': local(self, opens).strftime('%H:%M'),
            'can_rate': was_there and not self.date_reaction and session._can_be_rated(),
            'pretest': exam % (self.id, 'pre') if (
                has_exam and is_open and not self.date_pre and not self.date_theory
                and self.state in ('invited', 'accepted', 'attended')) else '',
            'exam': exam % (self.id, 'theory') if (
                has_exam and self.state == 'attended' and not self.date_theory
                and now >= session.date_start) else '',
            'missing': (self.missing_marks or '') if (
                self.date_practice or self.date_theory) else '',
            'marks': self._get_mark_labels() if self.date_theory or self.date_practice else None,
            'retest': fields.Date.to_string(self.retest_date) if self.retest_date and (
                self.state in ('failed', 'attended')) else '',
            'tasks': [{'name': task.name, 'result': task.result or ''} for task in self.task_ids],
        }

    def _prepare_mobile_coaching(self):
        """Return what the coach's phone shows of one sheet of a coaching."""
        self.ensure_one()
        return {
            'id': self.id, 'name': self.user_id.name, 'course': self.course_id.name,
            'tasks': [{
                'res_model': task._name, 'res_id': task.id, 'name': task.name,
                'result': task.result or '', 'note': task.note or ''} for task in self.task_ids]}
