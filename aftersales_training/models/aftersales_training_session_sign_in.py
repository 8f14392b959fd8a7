import time

from odoo import models
from odoo.tools import hmac as sign

from ..tools.sign_in import make_code

SCOPE = 'aftersales-training-sign-in'


class AftersalesTrainingSession(models.Model):
    """A session shows a code that changes with time; it proves itself, nothing is stored."""

    _inherit = 'aftersales.training.session'

    def _make_sign_in_code(self):
        """Return the code that the screen of this session shows now; the caller checked access."""
        self.ensure_one()
        return make_code(self._get_sign_in_secret(), self.id, time.time())

    def _get_sign_in_secret(self):
        self.ensure_one()
        # the secret of the database signs; it leaves nothing but codes
        return sign(self.sudo().env, SCOPE, (self.id, str(self.create_date)))
