import hashlib
import re
import time

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.sign_in import PERIOD, judge_code, read_session


class AftersalesTrainingAttendance(models.Model):
    """Who is there scans the code of the screen with the own phone."""

    _inherit = 'aftersales.training.attendance'

    date_signed_in = fields.Datetime(
        string="Signed in on", readonly=True, copy=False, protected=True)
    sign_in_kind = fields.Selection(
        [('code', "By Code"), ('hand', "Noted by Hand")], string="Sign-in", readonly=True,
        copy=False, protected=True)
    sign_in_device = fields.Char(
        readonly=True, copy=False, protected=True, groups='base.group_system')

    _device_uniq = models.UniqueIndex(
        '(session_id, sign_in_device) WHERE sign_in_device IS NOT NULL',
        "Each person signs in with the own phone.")

    def _sign_in(self, code, device):
        """Note that this person is in the session whose code they scanned.

        The time of the server counts, not that of the phone: a code that is sent later, from
        elsewhere, is over. ``device`` is a number that the phone made for itself.

        :raise UserError: what is wrong with the code, the time or the phone
        """
        self.ensure_one()
        if self.state in ('attended', 'passed'):
            return
        session = self.session_id
        verdict = judge_code(session._get_sign_in_secret(), code, time.time())
        if verdict == 'wrong' and read_session(code) not in (None, session.id):
            raise UserError(self.env._(
                "This code belongs to another session. Scan the code of “%(session)s”.",
                session=session.display_name))
        if verdict == 'wrong':
            raise UserError(self.env._(
                "This is no code to sign in. Scan the code on the trainer's screen."))
        if verdict == 'late':
            raise UserError(self.env._(
                "This code is over: the screen shows a new one every %(seconds)s seconds. Scan "
                "the new one.", seconds=PERIOD))
        session._ensure_sign_in_open()
        key = self._read_device(device)
        self._ensure_own_device(key)
        # the code proves that the person is there
        self._set_state('attended', date_signed_in=fields.Datetime.now(), sign_in_kind='code',
                        sign_in_device=key)

    def _read_device(self, device):
        if not isinstance(device, str) or not re.fullmatch(r'[0-9a-zA-Z-]{16,64}', device):
            raise UserError(self.env._("The phone sent something unreadable."))
        return hashlib.sha256(device.encode()).hexdigest()

    def _ensure_own_device(self, key):
        """Refuse a phone that signed somebody else in to the same session."""
        others = self.search_count(
            [('session_id', '=', self.session_id.id), ('sign_in_device', '=', key),
             ('user_id', '!=', self.user_id.id)], limit=1)
        if others:
            raise UserError(self.env._(
                "Another person signed in with this phone. Each person signs in with the own "
                "phone; without one, the trainer notes that you are there."))
