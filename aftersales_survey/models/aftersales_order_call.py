import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.order_flow import reachable_states

from ..tools.calls import is_called

_logger = logging.getLogger(__name__)


class AftersalesOrder(models.Model):
    """The follow-up desk calls after the work, in place of an activity for each order."""

    _inherit = 'aftersales.order'

    survey_call = fields.Selection(
        [('planned', "Called by the Follow-up Desk"), ('spared', "Not Called")],
        string="Follow-up by", readonly=True, copy=False, protected=True,
        groups='base.group_user')

    # === PLAN === #

    def _plan_follow_ups(self):
        """Give the call after the work to the follow-up desk, where the company has one.

        Others, and those that cannot be called about, go to the handlers as before. Must not
        raise: what the desk cannot plan, the handlers get.
        """
        planned = self.browse()
        for company, orders in self.grouped('company_id').items():
            wave = company.survey_call_wave_id
            if wave.state != 'running':
                continue
            try:
                with self.env.cr.savepoint():
                    planned |= orders._plan_survey_calls(wave)
            except UserError as error:
                self.env.invalidate_all()
                _logger.info("Follow-up calls of %s go to the handlers: %s", company.name, error)
        return super(AftersalesOrder, self - planned)._plan_follow_ups()

    def _plan_survey_calls(self, wave):
        """Plan the calls of orders of one company by the desk; return the orders that it takes.

        Orders that are spared get their day as well, so that they are asked once. Those without
        a number are left to the handlers. What was done for an open loop is followed up by its
        second interview alone.
        """
        again = self.env['aftersales.loop'].search([
            ('re_service_order_id', 'in', self.ids), ('state', '!=', 'closed')])
        second = again.re_service_order_id & self
        planned = (self - second).filtered('phone')
        reasons = planned._filter_survey_askable(wave)._choose_survey_calls(wave)
        called = self.browse().concat(*reasons)
        for (company, day), orders in (planned | second).grouped(lambda order: (
                order.company_id,
                order.company_id._get_aftersales_day(order.date_done))).items():
            orders.write({'date_follow_up': self._get_follow_up_day(company, day)})
        (called | second).write({'survey_call': 'planned'})
        (planned - called).write({'survey_call': 'spared'})
        invitations = self.env['aftersales.survey.invitation']._create_invitations(
            wave, [order._prepare_survey_call_row() for order in called]) if called else ()
        for order, invitation in zip(called, invitations, strict=True):
            invitation._plan_call(reasons[order], order.date_follow_up)
        return planned | second

    def _filter_survey_askable(self, wave):
        """Return the orders whose customers this wave may ask, and has not asked yet."""
        known = self.env['aftersales.survey.invitation'].with_context(active_test=False).search([
            ('wave_id', '=', wave.id), ('res_model', '=', self._name),
            ('res_id', 'in', self.ids)])
        # the number called is the order's, whatever the customer's card says
        out = Domain.OR(domain for reason, domain in self._get_survey_exclusions(wave).items()
                        if reason != 'no_channel')
        return self - self.browse(known.mapped('res_id')) - self.search(
            Domain('id', 'in', self.ids) & out)

    def _choose_survey_calls(self, wave):
        """Return ``{order: reason}`` of the orders that are called about: by rule, else by share.

        The share is the one of the customer's grade, of consumers the company's.
        """
        invitations = self.env['aftersales.survey.invitation']
        suspects = invitations._get_suspects(wave.company_id)
        left = invitations._count_quota_left(wave, self.outlet_id)
        reasons = {}
        for order in self:
            reason = order._get_survey_call_rule(wave, suspects)
            share = wave.company_id._get_survey_call_share(order.partner_id)
            if not reason and left[order.outlet_id] > 0 and is_called(
                    f'{wave.id}', order.id, share):
                reason, left[order.outlet_id] = 'next_day', left[order.outlet_id] - 1
            if reason:
                reasons[order] = reason
        return reasons

    def _get_survey_call_rule(self, wave, suspects):
        """Return why the customer is called whatever share and quota say; none for most.

        Hook: called as superuser for one order, or none, whose customer may be called. A module
        that knows a further reason adds it to ``call_reason`` of the invitation by
        ``selection_add`` and answers before ``super()``. Raises nothing.

        :param wave: in which the customer is asked
        :param suspects: ``{(company, technician)}`` whose work a customer denied lately
        :return: a key of ``call_reason``, or ``False``
        """
        if wave.is_suspect_called and (self.company_id, self.technician_id) in suspects:
            return 'suspect'
        return 'paid' if wave.is_paid_called and self.charge_kind == 'paid' else False

    def _prepare_survey_call_row(self):
        """Return the row of the invitation to one order's customer."""
        self.ensure_one()
        return {
            'res_model': self._name, 'res_id': self.id, 'order_id': self.id,
            'partner_id': self.partner_id.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.technician_id.id, 'product_id': self.product_id.id,
            'region_id': self.site_id.state_id.id, 'channel': 'phone'}

    # === WHAT FOLLOWS === #

    def _note_survey_result(self, result):
        """Note what came of the call, and take the step that follows it, where it comes next.

        Called as superuser, for orders whose follow-up the desk planned; others, and those whose
        result stands already, stay as they are.
        """
        called = self.filtered(
            lambda order: order.survey_call == 'planned' and not order.follow_up_result)
        called.write({'follow_up_result': result})
        ready = called.filtered(lambda order: 'followed_up' in reachable_states(
            order.state, order.type_id._get_steps()))
        if ready:
            ready._set_state('followed_up')

    def _on_done(self):
        """Ask the customers of open loops again, once the second order is done."""
        result = super()._on_done()
        loops = self.env['aftersales.loop'].search([
            ('re_service_order_id', 'in', self.ids), ('state', 'in', ('open', 'acting'))])
        for loop in loops:
            loop.solution = "\n".join(filter(None, (
                loop.solution, self.env._("Second order done: %(order)s",
                                          order=loop.re_service_order_id.name),
                loop.re_service_order_id.solution)))
        loops.filtered('invitation_id')._set_state('second_call')
        return result
