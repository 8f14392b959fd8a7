from odoo import models


class AftersalesTrainingAttendance(models.Model):
    """What comes of the needs of those who take part."""

    _inherit = 'aftersales.training.attendance'

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target in ('passed', 'failed', 'absent', 'declined'):
            self._settle_needs(target)
        return result

    def _settle_needs(self, target):
        """Close the needs of who passed; the needs of the others wait for another session.

        Called as superuser after the step. A licence of the law is given by its authority: the
        need for its course waits until the licence is registered.
        """
        learners = {(attendance.user_id, attendance.course_id) for attendance in self}
        needs = self.env['aftersales.training.need'].search([
            ('user_id', 'in', self.user_id.ids), ('course_id', 'in', self.course_id.ids),
            ('date_closed', '=', False)]).filtered(
                lambda need: (need.user_id, need.course_id) in learners)
        if target == 'passed':
            needs.filtered(lambda need: not need.course_id.skill_id.is_statutory)._meet()
        else:
            needs.filtered(
                lambda need: need.session_id in self.session_id).session_id = False
