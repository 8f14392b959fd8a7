from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.timezone import day_bounds, local_day

ACTIVITY_TYPE = 'aftersales_service.mail_activity_follow_up'


class AftersalesOrder(models.Model):
    """The call after the work: somebody of the desk asks whether the customer is content.

    A cron plans the calls, so that finishing an order costs nothing for it; the user who moves
    the order to “followed up” has called, and the activity is done.
    """

    _inherit = 'aftersales.order'

    date_follow_up = fields.Date(
        string="Follow-up Call on", readonly=True, copy=False,
        help="The working day on which the desk calls the customer.", protected=True)
    follow_up_result = fields.Selection(
        [('content', "Content"), ('not_content', "Not Content"), ('not_reached', "Not Reached")],
        string="Result of the Call", copy=False,
        help="What the customer said in the call after the work.")
    follow_up_note = fields.Text(string="Remark on the Call", copy=False, groups='base.group_user')

    _awaiting_follow_up_idx = models.Index(
        "(company_id, date_done) WHERE state IN ('done', 'signed') AND date_follow_up IS NULL")

    # === ACTIONS === #

    def action_open_follow_up_call(self):
        """Ask what came of the call after the work."""
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Follow-up Call"),
            'res_model': 'aftersales.follow.up.call', 'view_mode': 'form', 'target': 'new',
            'context': {'default_order_ids': self.ids},
        }

    def _get_further_order_action(self):
        """Return the form of a new order of the same customer and unit."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'res_model': 'aftersales.order',
            'views': [(False, 'form')],
            'context': {
                'default_partner_id': self.partner_id.id, 'default_serial': self.serial,
                'default_warranty_id': self.warranty_id.id,
                'default_product_id': self.product_id.id, 'default_site_id': self.site_id.id},
        }

    # === RULES === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target == 'followed_up':
            # the call belongs to the desk, whichever agent made it
            called = self.sudo().filtered('date_follow_up')
            if called:
                called.activity_feedback([ACTIVITY_TYPE])
            for result, orders in self.sudo().grouped('follow_up_result').items():
                orders._on_follow_up_result(result)

    def _on_follow_up_result(self, result):
        """Carry on after the follow-up call.

        Hook: called once for each result, for all orders with it, as superuser, when the
        orders moved to “followed up” and their activity was closed; in the transaction of
        the one who called. What it raises undoes the step. Does nothing here.

        :param result: a key of ``follow_up_result``; ``False`` where none was chosen
        """

    @api.model
    def _get_awaiting_follow_up_domain(self):
        """Return the finished orders whose call is not planned yet, where calls are made."""
        companies = self.env['res.company'].sudo().search(
            [('aftersales_follow_up_days', '>', 0)])
        return (
            Domain('company_id', 'in', companies.ids)
            & Domain('state', 'in', ('done', 'signed'))
            & Domain('date_follow_up', '=', False) & Domain('date_done', '!=', False))

    @api.model
    def _cron_plan_follow_ups(self, batch_size=100):
        """Plan the calls for finished orders, one committed batch at a time."""
        domain = self._get_awaiting_follow_up_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while orders := self.search(
                domain, order='date_done', limit=batch_size).try_lock_for_update(
                    allow_referencing=True):
            orders._plan_follow_ups()
            if not cron._commit_progress(len(orders)):
                break

    def _plan_follow_ups(self):
        """Give each order its day, and the desk an activity; one per day and person.

        Hook: called by the cron for a batch of finished orders of any company that have no
        day yet, locked, as superuser; the batch is committed after it. An override that plans
        some orders itself must set their ``date_follow_up``, else the cron asks again and
        again; the others go to ``super()``. Must not raise: the whole batch would wait.
        """
        groups = self.grouped(lambda order: (
            order.company_id, order.company_id._get_aftersales_day(order.date_done),
            order._get_follow_up_user()))
        days = {
            (company, day): self._get_follow_up_day(company, day) for company, day, __ in groups}
        for (company, day, user), orders in groups.items():
            orders.date_follow_up = days[company, day]
            # a call of tomorrow is no news for the mailbox
            orders.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY_TYPE, date_deadline=days[company, day], user_id=user.id)

    @api.model
    def _get_follow_up_day(self, company, day):
        """Return the working day that lies the company's number of days after ``day``."""
        calendar = company.resource_calendar_id
        zone = calendar.tz or 'UTC'
        __, tomorrow = day_bounds(day, zone)
        planned = calendar and calendar.plan_days(
            company.aftersales_follow_up_days, tomorrow, compute_leaves=True)
        if planned:
            return local_day(planned, zone)
        return day + timedelta(days=company.aftersales_follow_up_days)

    def _get_follow_up_user(self):
        """Return who of the desk calls: who handles the order, else the dispatcher."""
        self.ensure_one()
        return (self.user_id or self.company_id.aftersales_dispatcher_id
                or self.create_uid.filtered(lambda user: not user.share) or self.env.user)
