from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from .aftersales_training_session import OPEN_STATES


class AftersalesTrainingSession(models.Model):
    """What else happens at the time of a session, and its meetings in the calendars."""

    _inherit = 'aftersales.training.session'

    def _is_beside_work(self):
        """Return whether it is a coaching of days or weeks, which leaves room for all else."""
        self.ensure_one()
        return self.course_kind == 'on_job' and bool(self.date_start and self.date_end) and (
            self.date_end - self.date_start > timedelta(days=1))

    def _format_hours(self):
        """Return from when until when it lasts, with the last day if it is another one."""
        self.ensure_one()
        start, end = (fields.Datetime.context_timestamp(self, moment)
                      for moment in (self.date_start, self.date_end))
        return f"{start:%H:%M}–{end:%H:%M}" if start.date() == end.date() else (
            f"{start:%H:%M} – {end:%Y-%m-%d %H:%M}")

    # === OVERLAPS === #

    def _get_overlaps(self):
        """Return a sentence for each thing that the trainer or a learner has at the same time.

        They warn and refuse nothing: a course of a week leaves room for a visit. Who else takes
        part in the other session, and which one it is, is not said.
        """
        self.ensure_one()
        if self.state not in OPEN_STATES or self._is_beside_work() or not (
                self.date_start and self.date_end):
            return []
        # who may read this session reads who of its own people is busy, nothing of the rest
        session = self.sudo()
        learners = session.attendance_ids.filtered(
            lambda person: person.state in ('invited', 'accepted')).user_id
        meanwhile = Domain('date_start', '<', self.date_end) & Domain(
            'id', '!=', self._origin.id) & Domain('state', 'in', OPEN_STATES)
        others = session.search(
            meanwhile & Domain('date_end', '>', self.date_start)
            & (Domain('trainer_id', 'in', (self.trainer_id | learners).ids)
               | Domain('attendance_ids.user_id', 'in', (learners | self.trainer_id).ids))
        ).filtered(lambda other: not other._is_beside_work())
        taken = others.trainer_id | others.attendance_ids.filtered(
            lambda person: person.state in ('invited', 'accepted')).user_id
        visits = self.env['aftersales.visit'].sudo().search(
            Domain('technician_id', 'in', learners.ids)
            & Domain('date_start', '<', self.date_end) & Domain('date_stop', '>', self.date_start)
            & Domain('state', '=', 'planned'))
        sentences = [
            (self.trainer_id & taken,
             self.env._("%(names)s, who holds it, has another training at the same time.")),
            (learners & taken,
             self.env._("These learners have another training at the same time: %(names)s.")),
            (visits.technician_id,
             self.env._("These learners have visits to customers at the same time: %(names)s."))]
        return [sentence % {'names': ", ".join(people.mapped('name'))}
                for people, sentence in sentences if people]

    # === CALENDAR === #

    def _prepare_meeting_vals(self, person):
        """Return the values of a private meeting of ``person`` alone about this session.

        Its name says neither the course nor people: all employees may search all meetings.
        """
        self.ensure_one()
        return {
            'name': self.env._("Training"),
            'is_aftersales_training': True,
            'privacy': 'private',
            'show_as': 'free' if self._is_beside_work() else 'busy',
            'start': self.date_start, 'stop': self.date_end, 'location': self.place,
            'user_id': (self.trainer_id or self.env.user).id,
            'partner_ids': [fields.Command.set(person.partner_id.ids)],
            'attendee_ids': [fields.Command.create({
                'partner_id': person.partner_id.id, 'state': 'needsAction'})],
            'description': False,
        }

    def _create_meetings(self):
        """Put the sessions into the calendars of those who hold them."""
        for session in self:
            session.event_id = self.env['calendar.event']._create_for_training(
                [session._prepare_meeting_vals(session.trainer_id)])

    def _move_meetings(self):
        """Let the meetings follow the new time; learners are asked again."""
        for session in self:
            learners = session.attendance_ids
            learners._ask_again()
            # who may write the session moves its meetings; they are called as superuser
            events = (session.event_id | learners.event_id).sudo()
            events.with_context(skip_attendee_notification=True).write(
                {'start': session.date_start, 'stop': session.date_end})
            learners.event_id.attendee_ids._send_training_invitation()
