from odoo import models


class CalendarAttendee(models.Model):
    _inherit = 'calendar.attendee'

    def _send_invitation_emails(self):
        """Look up no letter for meetings of which nobody is told by one."""
        if self.env.context.get('no_mail_to_attendees'):
            return None
        return super()._send_invitation_emails()
