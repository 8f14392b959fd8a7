from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import clean_context

# what the session says; learners and trainers see it in their calendars
FIXED = frozenset({
    'name', 'start', 'stop', 'allday', 'location', 'partner_ids', 'attendee_ids', 'user_id',
    'privacy', 'active', 'recurrency', 'is_aftersales_training'})


class CalendarEvent(models.Model):
    """The meeting of a training follows its session.

    Core lets each employee of each company search all meetings, private ones too, so that the
    stored name of this one says no course. Who may read the attendance, or the session of the
    meeting of who holds it, sees the course.
    """

    _inherit = 'calendar.event'

    # no computed field: the rule of the attendees asks it of each meeting of core's
    is_aftersales_training = fields.Boolean(
        string="Training Meeting", readonly=True, copy=False, groups='base.group_system')

    @api.depends_context('uid', 'lang')
    def _compute_display_name(self):
        result = super()._compute_display_name()
        # only which meetings belong to a training
        own = self.sudo().filtered('is_aftersales_training').sudo(self.env.su)
        for event, document in own._get_training_documents().items():
            # it is the user who reads the course, also where core names a link as superuser
            if document.sudo(False).has_access('read'):
                event.display_name = self.env._(
                    "Training: %(course)s", course=document.course_id.name)
        return result

    def _get_customer_summary(self):
        """Name the course in the file that the learner's mail brings to another calendar."""
        # only whether it is the meeting of a training
        if self.sudo().is_aftersales_training:
            return self.display_name
        return super()._get_customer_summary()

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

    def _get_training_documents(self):
        """Return ``{meeting: attendance, or session of who holds it}``, as superuser."""
        documents = self._get_training_attendances().grouped('event_id')
        documents.update(self.env['aftersales.training.session'].sudo().search(
            [('event_id', 'in', self.ids)]).grouped('event_id'))
        return {event: documents[event._origin.sudo()] for event in self
                if event._origin.sudo() in documents}

    @api.model
    def _create_for_training(self, vals_list):
        """Create meetings whose keys their own people and superuser read alone, without mails.

        Called by sessions whose step was checked: not even who invites reads the attendees.
        """
        return self.sudo().with_context(
            clean_context(self.env.context), skip_contact_description=True,
            no_mail_to_attendees=True).create(vals_list)

    def _call_off_training(self):
        """Take these meetings out of the calendars; the learners of future ones get a mail."""
        template = self.env.ref('aftersales_training.mail_template_training_cancelled', False)
        for event in self.filtered(lambda event: event.start > self.env.cr.now()):
            if template:
                template.send_mail(event.id, email_values={
                    'recipient_ids': [Command.link(partner.id) for partner in event.partner_ids]})
        # a deleted meeting would take its mails along
        self.active = False
