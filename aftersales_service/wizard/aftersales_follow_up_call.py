from odoo import fields, models
from odoo.exceptions import UserError

from ..models.base.roles import TEAM_LEAD
from ..models.completion.aftersales_order_follow_up import ACTIVITY_TYPE


class AftersalesFollowUpCall(models.TransientModel):
    """The call after the work: what came of it, in whose words, and what follows.

    Who was not reached is called again; the order waits for it.
    """

    _name = 'aftersales.follow.up.call'
    _description = "Follow-up Call"
    _inherit = 'aftersales.link.access.mixin'

    order_ids = fields.Many2many(
        'aftersales.order', string="Service Orders", required=True, link_access='write')
    result = fields.Selection(
        [('content', "Content"), ('not_content', "Not Content"), ('not_reached', "Not Reached")],
        string="Result of the Call", required=True)
    note = fields.Text(string="Remark on the Call")
    date_again = fields.Date(
        string="Call Again on", help="Empty: the order is closed without another call.")
    next_step = fields.Selection(
        [('none', "Nothing"), ('order', "Register Another Order"), ('lead', "Notify a Team Lead")],
        default='none', required=True)

    def action_confirm(self):
        """Note the call; move the orders on, unless the customer is called again."""
        self.ensure_one()
        orders, note = self.order_ids, (self.note or '').strip()
        if self.result == 'not_content' and not note:
            raise UserError(self.env._("Write what the customer is not content with."))
        if self.result == 'not_reached' and self.date_again:
            self._call_again(orders, note)
            return {'type': 'ir.actions.act_window_close'}
        orders.write({'follow_up_result': self.result, 'follow_up_note': note})
        orders._set_state('followed_up')
        if self.next_step == 'lead':
            self._notify_leads(orders, note)
        if self.next_step == 'order' and len(orders) == 1:
            return orders._get_further_order_action()
        return {'type': 'ir.actions.act_window_close'}

    def _call_again(self, orders, note):
        if self.date_again < fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day from today on for the next call."))
        orders.check_access('write')
        # checked above; the day of the call is written by this flow only
        orders = orders.sudo()
        orders.date_follow_up = self.date_again
        orders.activity_reschedule([ACTIVITY_TYPE], date_deadline=self.date_again)
        orders._message_log_batch(dict.fromkeys(orders.ids, self.env._(
            "The customer was not reached. %(note)s", note=note).strip()))

    def _notify_leads(self, orders, note):
        for company, group in orders.grouped('company_id').items():
            for lead in company._get_people_in(TEAM_LEAD):
                # who called may ask the leads; they own the activity
                group.sudo().activity_schedule(
                    'mail.mail_activity_data_todo', user_id=lead.id, note=note,
                    summary=self.with_context(lang=lead.lang).env._(
                        "A customer is not content"))
