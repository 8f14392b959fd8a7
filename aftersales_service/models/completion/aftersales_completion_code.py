import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import consteq, hmac

DIGITS = 6
# how long a phone without a network may keep a code that the customer gave in time
OFFLINE_LIMIT = timedelta(hours=24)


class AftersalesCompletionCode(models.Model):
    """One code that a customer got, by which they accept the work instead of signing.

    Only its keyed hash is kept: no user can read a code here, in the messages or in the
    mails. It holds for the company's time and tries; a newer code replaces it.
    """

    _name = 'aftersales.completion.code'
    _description = "Completion Code"
    _order = 'id desc'
    _rec_name = 'order_id'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, readonly=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    code_hash = fields.Char(groups=fields.NO_ACCESS, required=True)
    state = fields.Selection(
        [('open', "Waiting"), ('used', "Used"), ('locked', "Locked"), ('replaced', "Replaced")],
        required=True, readonly=True, default='open')
    date_expiry = fields.Datetime(string="Valid until", required=True, readonly=True)
    tries = fields.Integer(string="Wrong Tries", readonly=True)
    user_id = fields.Many2one('res.users', string="Asked for by", readonly=True)

    @api.model
    def _issue(self, order):
        """Send the customer of ``order`` a new code; the one before stops holding.

        Called by ``AftersalesOrder._send_completion_code`` after its checks, which is the
        only place that knows the code.
        """
        company, now = order.company_id, fields.Datetime.now()
        self._ensure_below_limit(order, now)
        self._get_open(order).state = 'replaced'
        code = f'{secrets.randbelow(10 ** DIGITS):0{DIGITS}d}'
        issued = self.create({
            'order_id': order.id,
            'code_hash': self._hash(order, code),
            'date_expiry': now + timedelta(minutes=company.aftersales_code_minutes),
            'user_id': self.env.uid,
        })
        # as the system: the author of a message may read it later
        messages = order.with_user(SUPERUSER_ID)._notify_customer(
            'completion_code', str(issued.id))
        messages._process(secrets={'completion_code': code})
        if not messages.filtered(lambda message: message.state in ('sent', 'delivered')):
            raise UserError(self.env._(
                "The code could not be sent: %(reason)s",
                reason=messages[:1].error or self.env._("no notification is switched on")))
        # it left: an error that undoes this request does not give it back
        self.env['aftersales.completion.try']._note('send', order.id)
        return issued

    @api.model
    def _ensure_below_limit(self, order, now):
        """Refuse more codes in a day than the company allows: each brings new tries."""
        recent = self.search_count([
            ('order_id', '=', order.id), ('create_date', '>', now - timedelta(days=1))])
        recent = max(recent, self.env['aftersales.completion.try']._count('send', order.id))
        if recent >= order.company_id.aftersales_code_limit:
            raise UserError(self.env._(
                "Order %(order)s got %(count)s codes already; let the customer sign, or tell "
                "the desk.", order=order.name, count=recent))

    @api.model
    def _get_open(self, order):
        return self.search([('order_id', '=', order.id), ('state', '=', 'open')], limit=1)

    def _judge(self, code, moment):
        """Use the code if ``code`` is it; return ``None``, or the sentence that refuses it.

        Each guess is counted for good before it is compared, so that no error afterwards
        gives it back, nor several requests at once more guesses. The time of the phone is
        believed for a day: a code that expired before that was not given in time.
        """
        now = fields.Datetime.now()
        if not self or moment > self.date_expiry or now > self.date_expiry + OFFLINE_LIMIT:
            return self.env._("There is no code that still holds: send the customer a new one.")
        guesses = self.env['aftersales.completion.try']
        guesses._note('guess', self.id)
        left = self.company_id.aftersales_code_tries - guesses._count('guess', self.id)
        if left >= 0 and consteq(self.code_hash, self._hash(self.order_id, code)):
            self.state = 'used'
            return None
        self.tries = self.company_id.aftersales_code_tries - left
        if left > 0:
            return self.env._("This is not the code. %(left)s tries are left.", left=left)
        self.state = 'locked'
        return self.env._("This is not the code, and it is locked now: send a new one.")

    @api.model
    def _hash(self, order, code):
        return hmac(self.env(su=True), 'aftersales_completion_code', f'{order.id}:{code}')
