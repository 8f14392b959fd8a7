from odoo import models


class CalendarAttendee(models.Model):
    _inherit = 'calendar.attendee'

    def _send_invitation_emails(self):
        """Look up no letter for meetings that send no invitation."""
        if self.env.context.get('no_mail_to_attendees'):
            return None
        return super()._send_invitation_emails()
