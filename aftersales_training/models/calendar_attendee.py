from odoo import fields, models
from odoo.exceptions import AccessError


class CalendarAttendee(models.Model):
    """Who accepts or declines the meeting of a training answers its invitation."""

    _inherit = 'calendar.attendee'

    def _send_training_invitation(self):
        """Send learners the letter that says which training it is; core's says the meeting.

        Called as superuser by sessions whose step was checked; who comes to know of a training
        that has begun needs no invitation.
        """
        template = self.env.ref('aftersales_training.mail_template_training_invitation', False)
        self.filtered(
            lambda attendee: attendee.event_id.start > fields.Datetime.now(),
        )._notify_attendees(template, force_send=True)

    def write(self, vals):
        attendances = self.env['aftersales.training.attendance']
        answer = vals.get('state')
        if answer:
            attendances = self.event_id._get_training_attendances()
            if not self.env.su and attendances.user_id - self.env.user:
                raise AccessError(self.env._(
                    "Learners answer their invitations themselves."))
        result = super().write(vals)
        if answer in ('accepted', 'declined'):
            asked = attendances.filtered(
                lambda attendance: attendance.state in ('invited', 'accepted', 'declined')
                and attendance.state != answer
                and attendance.session_id.date_start > fields.Datetime.now())
            if asked:
                # the learner, or who has the key of the learner's mail, answers
                asked._reply(answer)
        return result
