from odoo import api, fields, models
from odoo.tools import format_datetime

from ...tools.order_flow import FINAL_STATES


class AftersalesOrder(models.Model):
    """How the customer accepts the work: they sign, give a code, or refuse before a camera."""

    _inherit = 'aftersales.order'

    date_code_accepted = fields.Datetime(
        string="Accepted by Code on", readonly=True, copy=False,
        help="The customer gave the completion code that was sent to them.", protected=True)

    # === ACTIONS === #

    def action_enter_completion_code(self):
        """Ask for the code that the customer got."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Completion Code"),
            'res_model': 'aftersales.code.entry',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_order_id': self.id},
        }

    # === NOTIFICATIONS === #

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'completion_code'}

    @api.model
    def _get_secret_events(self):
        return super()._get_secret_events() | {'completion_code'}

    def _is_message_needed(self, event):
        if event == 'completion_code' and (self.state in FINAL_STATES or self.date_done):
            return False
        return super()._is_message_needed(event)

    # === RULES === #

    def _is_accepted(self):
        return bool(self.date_code_accepted) or super()._is_accepted()

    def _is_sheet_accepted(self):
        return bool(self.date_code_accepted) or super()._is_sheet_accepted()

    def _get_acceptor_name(self):
        # the code was sent to the customer
        return super()._get_acceptor_name() or (
            self.date_code_accepted and self.partner_id.name) or ""

    def _get_words_instead_of_signature(self):
        if self.date_code_accepted:
            return self.env._(
                "Accepted by completion code on %(date)s",
                date=format_datetime(self.env, self.date_code_accepted, dt_format='short'))
        return super()._get_words_instead_of_signature()

    def _send_completion_code(self):
        """Send the customer a code; a newer one replaces it."""
        self.ensure_one()
        self.check_access('write')
        self._refuse_where(
            lambda order: order.date_done or order.state in FINAL_STATES,
            self.env._(
                "The work of these orders is finished; register a new order for further work"))
        # check_access checked the right to write the order; no user may read codes
        self.env['aftersales.completion.code'].sudo()._issue(self.sudo())
        self._message_log(body=self.env._("A completion code was sent to the customer."))

    def _accept_completion_code(self, code, moment=None):
        """Take the code that the customer gave; return ``None`` or why it is refused.

        :param moment: when it was given, if not now: a phone without network sends it later
        """
        self.ensure_one()
        self.check_access('write')
        order = self.sudo()  # check_access checked the right to write the order
        codes = self.env['aftersales.completion.code'].sudo()
        refusal = codes._get_open(order)._judge(
            (code or '').strip(), moment or fields.Datetime.now())
        if not refusal:
            order.write({
                'date_code_accepted': moment or fields.Datetime.now(),
                'refusal_reason': False,
            })
            order._plan_freezing()
            self._message_log(body=self.env._("Accepted by the customer's completion code."))
        return refusal
