from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_survey.tests.call_common import CallCommon
from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.mail.tests.common import MockEmail


@tagged('post_install', '-at_install')
class TestTourLowRating(HttpCase, MockEmail, CallCommon):
    """From the finished work by one tap to a complaint, and to the second interview."""

    def _run(self, model, method):
        with patch.object(IrCron, '_commit_progress', lambda *args, **kwargs: 60):
            getattr(self.env[model], method)()

    def _get_link(self, order):
        """Return the address in the message that the customer got about the order."""
        self._run('aftersales.survey.wave', '_cron_ask_after_events')
        with self.mock_mail_gateway():
            self._run('aftersales.survey.invitation', '_cron_send')
            self._run('aftersales.message', '_cron_send')
        invitation = self.env['aftersales.survey.invitation'].search(
            [('order_id', '=', order.id)])
        link = invitation._get_feedback_url()
        mails = self.env['mail.mail'].search([('body_html', 'ilike', link)])
        self.assertEqual(mails.recipient_ids, self.customer)
        return urlsplit(link).path

    def test_one_tap_to_the_second_interview(self):
        self.env.company.write({'aftersales_quiet_start': 0, 'aftersales_quiet_end': 0})
        self._create_wave(
            name="Messages", kind='trigger', event='order_done', delay_hours=0,
            throttle_days=0, window_from=0, window_to=24)._set_state('running')
        order = self._create_order(user_id=self.agent.id)
        self._move_to(order, 'on_site')
        self.agent.password = 'agent'
        self.interviewer.password = 'interviewer'
        self.start_tour(f'/odoo/service-orders/{order.id}', 'low_rating_work_done', login='agent')
        self.start_tour('/web/login', 'low_rating_tap', cookies={
            'feedback': self._get_link(order)})
        loop = self.env['aftersales.loop'].search([('order_id', '=', order.id)])
        self.assertRecordValues(loop, [{'state': 'open', 'first_score': 3}])
        case = loop.complaint_id
        self.assertEqual(len(case), 1)
        self.assertFalse(order.follow_up_result)
        self.start_tour('/odoo/open-loops', 'low_rating_fixed', login='agent')
        self.env.invalidate_all()
        self.assertEqual(case.state, 'settled')
        self.assertGreater(loop.second_invitation_id.date_next_call, fields.Datetime.now())
        # the next day has come
        loop.second_invitation_id.date_next_call = fields.Datetime.now() - timedelta(minutes=1)
        self.start_tour('/odoo/follow-up-desk', 'low_rating_asked_again', login='interviewer')
        self.env.invalidate_all()
        self.assertRecordValues(loop, [{
            'state': 'closed', 'first_score': 3, 'second_score': 9, 'complaint_id': case.id}])
        self.assertEqual(
            self.env['aftersales.complaint'].search([('order_id', '=', order.id)]), case)
