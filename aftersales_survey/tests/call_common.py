from datetime import timedelta

from odoo import fields

from .common import SurveyCommon


class CallCommon(SurveyCommon):
    """A wave by telephone, orders that are done, and calls about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = 'UTC'
        cls.wave = cls._create_wave(
            name="Calls", kind='trigger', channel='phone', event='order_done', throttle_days=0,
            is_paid_called=False)
        cls.wave._set_state('running')
        cls.desk = cls.env['aftersales.survey.invitation'].with_user(cls.interviewer)

    def _create_done_order(self, **values):
        """Return an order whose work is done, handled by the agent."""
        order = self._create_order(user_id=self.agent.id, **values)
        self._move_to(order, 'done')
        return order

    def _create_call(self, order=None, due=None, reason='next_day', **values):
        """Put a call about an order into the queue; due a minute ago."""
        order = order or self._create_done_order()
        order.sudo().write({'survey_call': 'planned', 'date_follow_up': fields.Date.today()})
        call = self.env['aftersales.survey.invitation']._create_invitations(
            self.wave, [order._prepare_survey_call_row()])
        call.write({
            'call_reason': reason, **values,
            'date_next_call': due or fields.Datetime.now() - timedelta(minutes=1)})
        return call

    def _interview(self, call, nps, item=5):
        """Take a call, enter both ratings and end it, as the interviewer; return the desk."""
        self.desk.open_call_desk(call.id)
        mine = call.with_user(self.interviewer)
        mine.answer_call(self.nps_question.id, nps)
        mine.answer_call(self.csi_question.id, item)
        return mine.end_call('reached')

    def _get_loop(self, call):
        return self.env['aftersales.loop'].search([('invitation_id', '=', call.id)])
