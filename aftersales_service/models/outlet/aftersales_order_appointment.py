from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# a form knows minutes, and filling it in takes some
GRACE = timedelta(minutes=5)
BEGUN_STATES = ('on_site', 'taken_to_shop', 'in_repair')


class AftersalesOrder(models.Model):
    """The time that an outlet agrees on with the customer, and moves for a reason."""

    _inherit = 'aftersales.order'

    # === ACTIONS === #

    def action_agree_time(self, date_planned, reason=None):
        """Plan the visit for a time agreed on with the customer; what is ready is dispatched.

        Hook: called by the outlet's portal page and RPC, as the technician, the manager of the
        outlet or the desk (``_ensure_serves`` and ``_ensure_may_assign`` check, then superuser),
        for a batch, before the work begins.

        :param date_planned: in UTC
        :param reason: why a visit that has a time already is moved; the history keeps it
        :raise AccessError: the orders are not the user's to plan
        :raise UserError: a time in the past or too far ahead, no reason, work that has begun
        """
        orders = self._ensure_serves()
        orders._ensure_may_assign()
        orders._ensure_free_to_move()
        moment = orders._read_planned_time(date_planned)
        orders._ensure_time_can_move()
        orders._ensure_time_possible(moment)
        moved = orders.filtered(
            lambda order: order.date_planned and order.date_planned != moment)
        if moved and not (reason or '').strip():
            raise UserError(self.env._("Give the reason for moving the visit."))
        orders._message_log_batch({
            order.id: order._format_agreed_time(moment, reason) for order in orders})
        orders.date_planned = moment
        orders._move_on_to_dispatched()

    # === RULES === #

    def _read_planned_time(self, value):
        try:
            moment = fields.Datetime.to_datetime(value)
        except (TypeError, ValueError):
            moment = None
        if not moment:
            raise UserError(self.env._("Choose the day and the time of the visit."))
        return moment

    def _ensure_time_can_move(self):
        self._refuse_where(
            lambda order: order.is_closed or order.date_done,
            self.env._(
                "The work of these orders is finished; register a new order for further work"))
        self._refuse_where(
            lambda order: order.outlet_id and order.offer_state != 'accepted',
            self.env._("Accept these orders before you agree on a time"))
        self._refuse_where(
            lambda order: order.state in BEGUN_STATES,
            self.env._("The work has begun; plan another visit for these orders instead"))

    def _ensure_time_possible(self, moment):
        """Refuse a time that is over or further ahead than the company plans.

        Hook: called by ``action_agree_time`` and ``_give_to``, as superuser after the check of the
        action, for a batch, before the time is written.

        :raise UserError: which times are possible
        """
        now = fields.Datetime.now()
        if moment < now - GRACE:
            raise UserError(self.env._(
                "The visit cannot take place in the past: choose a time from now on."))
        days = min(self.company_id.mapped('aftersales_plan_days'), default=0)
        if days and moment > now + timedelta(days=days):
            raise UserError(self.env._(
                "The visit is too far ahead: choose a time in the next %(days)s days.",
                days=days))

    def _format_agreed_time(self, moment, reason):
        """Return what the history says of a time that was agreed on or moved."""
        self.ensure_one()
        texts = {
            'new': self._format_for_customer(moment), 'user': self.env.user.name,
            'old': self._format_for_customer(self.date_planned)}
        if not self.date_planned or self.date_planned == moment:
            return self.env._("Visit agreed for %(new)s by %(user)s.", **texts)
        return self.env._(
            "Visit moved from %(old)s to %(new)s by %(user)s: %(reason)s",
            reason=reason.strip(), **texts)
