from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import WorkshopCommon

NOTICE = 'aftersales_service.ir_cron_remind_unclaimed'


@tagged('post_install', '-at_install')
class TestUnclaimed(WorkshopCommon, MailCase):
    """Customers are notified when the article is ready, reminded, and warned before disposal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.order'].search([('bench_state', '=', 'ready')]).active = False

    def _finish(self, day='2026-03-02', **values):
        with freeze_time(f'{day} 10:00:00'):
            order = self._bring_in(type_id=self.type_carry_in.id, **values)
            order.action_repaired()
            self.env.flush_all()
        return order

    def _run_cron(self, day):
        with freeze_time(f'{day} 10:00:00'), self.enter_registry_test_mode():
            self.env.ref(NOTICE).method_direct_trigger()
        self.env.invalidate_all()

    def _get_mails(self, order):
        return order.message_ids.filtered(lambda message: message.message_type != 'notification'
                                          or message.partner_ids)

    def test_customer_is_notified_that_the_article_is_ready(self):
        with self.mock_mail_gateway():
            order = self._finish()
            order.customer_message_ids.sudo()._process()
        self.assertTrue(order.date_ready_notice)
        [mail] = self._new_mails.filtered(
            lambda mail: order.name in (mail.subject or ''))
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("is repaired and inspected", mail.body_html)
        self.assertIn(order.name, mail.subject)

    def test_customer_without_address_is_called(self):
        self.customer.email = False
        with self.mock_mail_gateway():
            order = self._finish()
        self.assertFalse(order.date_ready_notice)
        self.assertRecordValues(order.activity_ids, [{
            'user_id': self.agent.id,
            'summary': "Inform the customer that the article is ready"}])

    def test_customer_is_notified_again_by_a_button_only_when_ready(self):
        order = self._bring_in()
        with self.assertRaisesRegex(UserError, "not in “Ready”"):
            order.action_notify_ready()
        ready = self._finish()
        ready.action_notify_ready()
        self.assertEqual(ready.customer_message_ids.mapped('event'), ['ready', 'ready'])

    def test_unclaimed_after_90_days(self):
        """2 March and 90 days is 31 May."""
        order = self._finish()
        self.assertEqual(str(order.unclaimed_date), '2026-05-31')
        self._run_cron('2026-05-30')
        self.assertFalse(order.date_unclaimed_notice)
        self._run_cron('2026-05-31')
        self.assertEqual(str(order.date_unclaimed_notice), '2026-05-31 10:00:00')
        self.assertEqual(str(order.disposal_date), '2026-06-30')

    def test_reminder_goes_once_to_customer_and_handler(self):
        order = self._finish()
        with self.mock_mail_gateway():
            self._run_cron('2026-06-01')
            mails = self._new_mails.filtered(
                lambda mail: order.name in (mail.subject or ''))
            self._run_cron('2026-06-02')
        self.assertEqual(mails.recipient_ids, self.customer)
        self.assertEqual(len(mails), 1)
        self.assertEqual(str(order.date_unclaimed_notice), '2026-06-01 10:00:00')
        self.assertRecordValues(order.activity_ids, [{
            'user_id': self.agent.id, 'summary': "The article is unclaimed: call the customer"}])

    def test_fetched_articles_are_left_alone(self):
        order = self._finish()
        order.action_done()
        self._run_cron('2026-09-01')
        self.assertFalse(order.date_unclaimed_notice)

    def test_days_are_a_setting(self):
        self.env.company.aftersales_unclaimed_days = 10
        self.assertEqual(str(self._finish().unclaimed_date), '2026-03-12')

    def test_disposal_needs_reminder_period_reason_and_a_lead(self):
        order = self._finish().with_user(self.lead)
        order.disposal_reason = "Scrapped, no value"
        with freeze_time('2026-06-01'), self.assertRaisesRegex(UserError, "was not reminded"):
            order.action_dispose()
        self._run_cron('2026-06-01')
        with freeze_time('2026-06-30'), self.assertRaisesRegex(UserError, "period is not over"):
            order.action_dispose()
        with freeze_time('2026-07-01'):
            with self.assertRaisesRegex(AccessError, "Team leads dispose"):
                order.with_user(self.technician).action_dispose()
            order.disposal_reason = False
            with self.assertRaisesRegex(UserError, "what becomes of the article"):
                order.action_dispose()
            order.write({'disposal_reason': "Scrapped, no value", 'signature': False})
            order.action_dispose()
        self.assertRecordValues(order, [{
            'state': 'done', 'bench_state': False,
            'refusal_reason': "Disposed of as unclaimed: Scrapped, no value"}])
        self.assertTrue(order.date_disposed)
