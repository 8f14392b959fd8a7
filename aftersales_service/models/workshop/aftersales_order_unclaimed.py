from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..base.roles import TEAM_LEAD


class AftersalesOrder(models.Model):
    """Articles that are not collected: reminded of, and disposed of after a further period."""

    _inherit = 'aftersales.order'

    unclaimed_date = fields.Date(
        string="Unclaimed from", compute='_compute_unclaimed_date', store=True,
        precompute=True, help="The article counts as unclaimed from this day on.", protected=True)
    date_unclaimed_notice = fields.Datetime(
        string="Reminded on", readonly=True, copy=False, protected=True)
    disposal_date = fields.Date(
        string="Disposal from", compute='_compute_disposal_date', store=True, precompute=True,
        help="Before this day the article is not disposed of.", protected=True)
    disposal_reason = fields.Char(
        copy=False, help="What became of the article, and why.", groups='base.group_user')
    date_disposed = fields.Datetime(
        string="Disposed of on", readonly=True, copy=False, protected=True)

    @api.depends('date_ready')
    def _compute_unclaimed_date(self):
        for order in self:
            order.unclaimed_date = order.date_ready and (
                fields.Date.context_today(order, order.date_ready)
                + timedelta(days=order.company_id.aftersales_unclaimed_days))

    @api.depends('date_unclaimed_notice')
    def _compute_disposal_date(self):
        for order in self:
            order.disposal_date = order.date_unclaimed_notice and (
                fields.Date.context_today(order, order.date_unclaimed_notice)
                + timedelta(days=order.company_id.aftersales_disposal_days))

    # === ACTIONS === #

    def action_dispose(self):
        """End orders whose article was disposed of as unclaimed."""
        self._ensure_may_dispose()
        for order in self:
            text = self.env._("Disposed of as unclaimed: %(reason)s",
                              reason=order.disposal_reason)
            order.refusal_reason = order.refusal_reason or text
        self._write_bench({'date_disposed': fields.Datetime.now()})
        self.action_done()

    # === RULES === #

    def _is_accepted(self):
        """Ask for no acceptance of what was disposed of after reminder and period."""
        return bool(self.date_disposed) or super()._is_accepted()

    def _ensure_may_dispose(self):
        """Dispose by a lead, after reminder and period, with a reason only."""
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Team leads dispose of unclaimed articles: ask one to do it."))
        self._ensure_on_bench('ready')
        today = fields.Date.context_today(self)
        self._refuse_where(
            lambda order: not order.disposal_date or order.disposal_date > today,
            self.env._(
                "The customer was not reminded, or the period is not over; remind the customer "
                "and wait"))
        self._refuse_where(
            lambda order: not (order.disposal_reason or '').strip(),
            self.env._("Say what becomes of the article, and why"))

    @api.model
    def _get_unclaimed_domain(self):
        return (Domain('bench_state', '=', 'ready')
                & Domain('unclaimed_date', '<=', fields.Date.context_today(self)))

    @api.model
    def _cron_remind_unclaimed(self, batch_size=100):
        """Remind customers of articles that became unclaimed, one committed batch at a time."""
        domain = self._get_unclaimed_domain() & Domain('date_unclaimed_notice', '=', False)
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=batch_size).try_lock_for_update():
            batch._remind_unclaimed()
            if not cron._commit_progress(len(batch)):
                break  # out of time: the next run continues

    def _remind_unclaimed(self):
        """Write to the customers, and give the handlers an activity to call them."""
        self.filtered('partner_id.email').message_post_with_source(
            'aftersales_service.mail_template_unclaimed', subtype_xmlid='mail.mt_comment')
        for user, orders in self.grouped(lambda order: order.user_id or order.create_uid).items():
            orders.activity_schedule(
                'mail.mail_activity_data_call', user_id=user.id,
                summary=self.with_context(lang=user.lang).env._(
                    "The article is unclaimed: call the customer"))
        self._write_bench({'date_unclaimed_notice': fields.Datetime.now()})
