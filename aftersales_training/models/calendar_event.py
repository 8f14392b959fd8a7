from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

# what the session says; learners and trainers see it in their calendars
FIXED = frozenset({
    'name', 'start', 'stop', 'allday', 'location', 'partner_ids', 'attendee_ids', 'user_id',
    'privacy', 'active', 'recurrency'})


class CalendarEvent(models.Model):
    """The meeting of a training follows its session."""

    _inherit = 'calendar.event'

    def write(self, vals):
        if not self.env.su and vals.keys() & FIXED:
            self._ensure_no_training()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_training(self):
        if not self.env.su:
            self._ensure_no_training()

    def _ensure_no_training(self):
        """Refuse to change what a session decides: its time, place and people."""
        # only whether the meetings belong to a training
        if self._get_training_attendances() or self.env['aftersales.training.session'].sudo(
                ).search_count([('event_id', 'in', self.ids)], limit=1):
            raise UserError(self.env._(
                "This is the meeting of a training: accept or decline it. The training officer "
                "changes its time, place and people in the session."))

    def _get_training_attendances(self):
        """Return the attendances of these meetings, as superuser; each has one learner."""
        return self.env['aftersales.training.attendance'].sudo().search(
            [('event_id', 'in', self.ids)])

    def _call_off_training(self):
        """Take these meetings out of the calendars; the learners of future ones get a mail."""
        template = self.env.ref('calendar.calendar_template_delete_event', False)
        for event in self.filtered(lambda event: event.start > self.env.cr.now()):
            if template:
                template.send_mail(event.id, email_values={
                    'recipient_ids': [Command.link(partner.id) for partner in event.partner_ids]})
        # a deleted meeting would take its mails along
        self.active = False
