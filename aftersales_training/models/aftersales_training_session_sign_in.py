import time
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import hmac as sign

from ..tools.sign_in import make_code

SCOPE = 'aftersales-training-sign-in'


class AftersalesTrainingSession(models.Model):
    """A session shows a code that changes with time, to whom and when; nothing of it is stored."""

    _inherit = 'aftersales.training.session'

    def _make_sign_in_code(self):
        """Return the code that the screen of this session shows now; the caller checked access."""
        self.ensure_one()
        return make_code(self._get_sign_in_secret(), self.id, time.time())

    def _get_sign_in_secret(self):
        self.ensure_one()
        # the secret of the database signs; it leaves nothing but codes
        return sign(self.sudo().env, SCOPE, (self.id, str(self.create_date)))

    # === WHO AND WHEN === #

    def _check_screen_access(self):
        """Refuse the code to all but who holds the session and training officers.

        :raise AccessError: the user may not write the session, or learns in it
        :raise UserError: the session is not confirmed, or over
        """
        self.check_access('write')
        self._ensure_no_learner()
        self._refuse_where(
            lambda session: session.state != 'confirmed',
            self.env._("Learners sign in to confirmed sessions only"))

    def _get_sign_in_start(self):
        """Return from when learners may sign in, in UTC."""
        self.ensure_one()
        return self.date_start - timedelta(minutes=self.company_id.aftersales_sign_in_minutes)

    def _can_be_rated(self):
        """Whether the training is over, by its hour or by who held it."""
        self.ensure_one()
        return self.state == 'held' or fields.Datetime.now() >= self.date_end

    def _ensure_sign_in_open(self):
        """Refuse a sign-in outside the time of the session.

        :raise UserError: from when until when one may sign in
        """
        self.ensure_one()
        self._refuse_where(
            lambda session: session.state != 'confirmed',
            self.env._("Learners sign in to confirmed sessions only"))
        opens = self._get_sign_in_start()
        if not opens <= fields.Datetime.now() <= self.date_end:
            start, end = (fields.Datetime.to_string(fields.Datetime.context_timestamp(
                self, moment))[:16] for moment in (opens, self.date_end))
            raise UserError(self.env._(
                "You can sign in from %(start)s to %(end)s.", start=start, end=end))
