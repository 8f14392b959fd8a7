from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class AftersalesCompletionCode(models.Model):
    """One code that a customer got, by which they accept the work instead of signing.

    Only its keyed hash is kept: no user can read a code here, in the messages or in the
    mails. It holds for the company's time and tries; a newer code replaces it.
    """

    _name = 'aftersales.completion.code'
    _description = "Completion Code"
    _inherit = ['aftersales.code.mixin']
    _order = 'id desc'
    _rec_name = 'order_id'

    _guess_kind = 'guess'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, readonly=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
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
        code = self._draw_code()
        issued = self.create({
            'order_id': order.id, 'user_id': self.env.uid,
            **self._prepare_code_vals(order, company, code)})
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

    def _get_code_owner(self):
        return self.order_id

    def _judge(self, code, moment):
        """Use the code if ``code`` is it; return ``None``, or the sentence that refuses it."""
        outcome, left = self._guess(code, moment)
        return {
            'gone': self.env._("There is no code that still holds: send the customer a new one."),
            'wrong': self.env._("This is not the code. %(left)s tries are left.", left=left),
            'locked': self.env._("This is not the code, and it is locked now: send a new one."),
        }.get(outcome)
