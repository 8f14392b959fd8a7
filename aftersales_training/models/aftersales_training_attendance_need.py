from odoo import api, models


class AftersalesTrainingAttendance(models.Model):
    """What comes of the needs of those who take part."""

    _inherit = 'aftersales.training.attendance'

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        # the right to invite them was checked; that they are invited stands in their needs
        attendances.sudo()._link_needs()
        return attendances

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target == 'accepted':
            self._link_needs()
        elif target in ('passed', 'failed', 'absent', 'declined'):
            self._settle_needs(target)
        return result

    def _link_needs(self):
        """Note in the needs of these learners, which have no session yet, that they are invited."""
        sessions = {
            (attendance.user_id, attendance.course_id, attendance.company_id):
            attendance.session_id for attendance in self}
        waiting = self._get_needs().filtered(lambda need: not need.session_id)
        for session, needs in waiting.grouped(lambda need: sessions.get(
                (need.user_id, need.course_id, need.company_id))).items():
            if session:
                needs.session_id = session

    def _settle_needs(self, target):
        """Close the needs of who passed; the needs of the others wait for another session.

        Called as superuser after the step. A licence of the law is given by its authority: the
        need for its course waits until the licence is registered.
        """
        learners = {(attendance.user_id, attendance.course_id) for attendance in self}
        needs = self._get_needs().filtered(
            lambda need: (need.user_id, need.course_id) in learners)
        if target == 'passed':
            needs.filtered(lambda need: not need.course_id.skill_id.is_statutory)._meet()
        else:
            needs.filtered(
                lambda need: need.session_id in self.session_id).session_id = False

    def _get_needs(self):
        """Return the open needs of these learners for these courses, and some of the others."""
        return self.env['aftersales.training.need'].search([
            ('user_id', 'in', self.user_id.ids), ('course_id', 'in', self.course_id.ids),
            ('date_closed', '=', False)])
