from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

# what was is shown as long as the learner may still rate it or ask
SHOWN_DAYS = 90


class ResUsers(models.Model):
    """The page "My Training" of the phone, for employees and outlets' people alike."""

    _inherit = 'res.users'

    def _is_aftersales_technician(self):
        return super()._is_aftersales_technician() or self._has_training()

    def _has_training(self):
        """Whether this user learns or coaches somewhere."""
        self.ensure_one()
        # portal users may not read attendances; the answer is only whether one names the user
        return bool(self.env['aftersales.training.attendance'].sudo().search_count(
            Domain('user_id', '=', self.id) | Domain('coach_id', '=', self.id), limit=1))

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {'has_training': True}

    def _get_mobile_data(self, page):
        if page != 'training':
            return super()._get_mobile_data(page)
        return self._prepare_mobile_training()

    def _prepare_mobile_training(self):
        """Return what the page "My Training" shows this user, a list or dictionary per section.

        Hook: called by ``/my/jobs/data/training`` as the user, who may be a portal user, for one
        user, in a read-only transaction; the phone keeps the answer. Add the key of your section
        to ``super()``; what is read by superuser is limited to what belongs to ``self``. Raises
        nothing.
        """
        self.ensure_one()
        # portal users may not read attendances: the domains name the user
        attendances = self.env['aftersales.training.attendance'].sudo()
        since = fields.Datetime.now() - timedelta(days=SHOWN_DAYS)
        own = attendances.search(
            Domain('user_id', '=', self.id) & Domain('session_id.date_end', '>=', since)
            & Domain('session_id.state', 'in', ('confirmed', 'held')), order='date_start')
        coached = attendances.search(
            Domain('coach_id', '=', self.id) & Domain('user_id', '!=', self.id)
            & Domain('task_ids', '!=', False) & Domain('state', 'not in', (
                'passed', 'failed', 'declined', 'absent'))
            & Domain('session_id.state', 'in', ('confirmed', 'held')))
        return {
            # what comes next is on top, what is over at the end
            'sessions': [attendance._prepare_mobile_attendance() for attendance in own.sorted(
                lambda attendance: attendance.session_id.state == 'held')],
            'coaching': [attendance._prepare_mobile_coaching() for attendance in coached]}
