from odoo import fields, models


class AftersalesTrainingAttendance(models.Model):
    """Who is there is examined in practice, on the phone of who holds the session."""

    _inherit = 'aftersales.training.attendance'

    check_ids = fields.One2many(
        'aftersales.training.check', 'attendance_id', string="Checks", copy=False)

    def action_view_checks(self):
        """Show the exams and checks of these learners that the user may read."""
        self.check_access('read')
        return self.check_ids._get_records_action(name=self.env._("Practice Checks"))

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target == 'attended':
            self._plan_practice()
        elif target in ('absent', 'declined'):
            self.check_ids.filtered(lambda check: check.state == 'open')._set_state('cancelled')
        return result

    def _plan_practice(self):
        """Plan the practice exam of those who have none yet; as superuser.

        Retests follow from the sheet that was failed. A session without a trainer of the
        company, or held by the learner, gets none: the training officer names an examiner.
        """
        self.env['aftersales.training.check'].create([{
            'company_id': attendance.company_id.id, 'user_id': attendance.user_id.id,
            'examiner_id': attendance.session_id.trainer_id.id,
            'course_id': attendance.course_id.id, 'attendance_id': attendance.id,
            'date_planned': attendance.company_id._get_aftersales_day(
                attendance.session_id.date_end),
        } for attendance in self
            if attendance.course_id.has_practice and attendance.session_id.trainer_id
            not in (attendance.user_id, self.env['res.users'])
            and not attendance.check_ids.filtered(
                lambda check: check.kind == 'practice' and check.state != 'cancelled')])
