import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import consteq, hmac

DIGITS = 6
# how long a phone without a network may keep a code that was given in time
OFFLINE_LIMIT = timedelta(hours=24)


class AftersalesCodeMixin(models.AbstractModel):
    """A code of six digits that was sent to somebody: kept as a keyed hash, judged once.

    It holds for the company's time and tries (``company_id`` of the record). The record says
    what the code belongs to (``_get_code_owner``); a guess is counted for good.
    """

    _name = 'aftersales.code.mixin'
    _description = "Code That Was Sent"

    # kind of ``aftersales.completion.try`` under which guesses at a record are counted
    _guess_kind = None

    code_hash = fields.Char(groups=fields.NO_ACCESS, required=True)
    state = fields.Selection(
        [('open', "Waiting"), ('used', "Used"), ('locked', "Locked"), ('replaced', "Replaced")],
        required=True, readonly=True, default='open')
    date_expiry = fields.Datetime(string="Valid until", required=True, readonly=True)
    tries = fields.Integer(string="Wrong Tries", readonly=True)

    @api.model
    def _draw_code(self):
        return f'{secrets.randbelow(10 ** DIGITS):0{DIGITS}d}'

    @api.model
    def _prepare_code_vals(self, owner, company, code):
        """Return the values of a new code for ``owner``, which alone can use it."""
        return {
            'code_hash': self._hash(owner, code),
            'date_expiry': fields.Datetime.now() + timedelta(
                minutes=company.aftersales_code_minutes),
        }

    def _get_code_owner(self):
        """Return the record that the code belongs to.

        Hook: called by ``_guess``, as superuser, for one code. Raises nothing.
        """
        raise NotImplementedError

    def _guess(self, code, moment):
        """Use the code if ``code`` is it; return ``(what became of it, tries that are left)``.

        ``used``, ``wrong``, ``locked``, or ``gone`` if none holds. Each guess is counted for good
        before it is compared, so that no error afterwards gives it back, nor several requests at
        once more guesses. The time of the phone is believed for a day: a code that expired before
        that was not given in time.
        """
        now = fields.Datetime.now()
        if not self or moment > self.date_expiry or now > self.date_expiry + OFFLINE_LIMIT:
            return 'gone', 0
        guesses = self.env['aftersales.completion.try']
        guesses._note(self._guess_kind, self.id)
        left = self.company_id.aftersales_code_tries - guesses._count(self._guess_kind, self.id)
        if left >= 0 and consteq(self.code_hash, self._hash(self._get_code_owner(), code)):
            self.state = 'used'
            return 'used', left
        self.tries = self.company_id.aftersales_code_tries - left
        if left > 0:
            return 'wrong', left
        self.state = 'locked'
        return 'locked', 0

    @api.model
    def _hash(self, owner, code):
        return hmac(self.env(su=True), self._table, f'{owner.id}:{code}')
