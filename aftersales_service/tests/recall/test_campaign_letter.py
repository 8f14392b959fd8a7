from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged, users

from odoo.addons.mail.tests.common import MailCase

from .common import RecallCommon


@tagged('post_install', '-at_install')
class TestCampaignLetter(MailCase, RecallCommon):
    """Letters leave by the cron, never by the batch; who does not react is reminded."""

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_campaign_letter').sudo().method_direct_trigger()
        self.env.invalidate_all()

    def _get_mails(self):
        return self.env['mail.mail'].sudo().search(
            [('model', '=', 'aftersales.campaign.unit')])

    @users('lead')
    def test_letters_are_queued_and_leave_by_the_cron(self):
        campaign = self._start()
        campaign.action_send_letters()
        self.assertFalse(self._get_mails())
        self.assertEqual(campaign.unit_ids.mapped('state'), ['open'] * 5)
        self._run_cron()
        mails = self._get_mails()
        self.assertEqual(len(mails), 5)
        for text in ("Capacitor may overheat", "RC-0002", "Switch it off", "free of charge",
                     f"/my/warranty/{campaign.unit_ids[0].warranty_id.id}"):
            self.assertIn(text, mails.sorted('id')[0].body_html)
        self.assertEqual(campaign.unit_ids.mapped('state'), ['notified'] * 5)

    @users('lead')
    def test_a_letter_leaves_once(self):
        campaign = self._start()
        campaign.action_send_letters()
        self._run_cron()
        campaign.action_send_letters()
        self._run_cron()
        self.assertEqual(len(self._get_mails()), 5)

    @users('lead')
    def test_stopped_campaign_keeps_its_letters(self):
        campaign = self._start()
        campaign.action_send_letters()
        campaign.action_stop()
        self._run_cron()
        self.assertFalse(self._get_mails())
        campaign.action_start()
        self._run_cron()
        self.assertEqual(len(self._get_mails()), 5)

    @users('lead')
    def test_owner_without_mail_waits_for_the_printed_letter(self):
        post, lost = self.env['res.partner'].sudo().create([
            {'name': "By Post", 'street': "High Street 1"}, {'name': "Lost"}])
        self.cards[2].sudo().partner_id = post
        self.cards[3].sudo().partner_id = lost
        campaign = self._start()
        by_post, nowhere = campaign.unit_ids[:2]
        campaign.action_send_letters()
        self._run_cron()
        self.assertEqual((by_post.state, nowhere.state), ('open', 'unreachable'))
        by_post.action_print_letters()
        self.assertEqual((by_post.state, by_post.reminder_count), ('notified', 0))
        by_post.action_mark_delivered()
        self.assertTrue(by_post.date_delivered)
        nowhere.action_reopen()
        self.assertEqual(nowhere.state, 'open')

    @users('lead')
    def test_who_does_not_react_is_reminded_and_given_up(self):
        campaign = self._start(reminder_days=30, reminder_limit=1)
        unit, planned = campaign.unit_ids[:2]
        campaign.action_send_letters()
        self._run_cron()
        planned.action_create_orders()
        self._run_cron()
        self.assertEqual(unit.reminder_count, 0)
        for reminders, state in [(1, 'notified'), (1, 'unreachable')]:
            campaign.unit_ids.sudo().date_notified = Datetime.now() - timedelta(days=30)
            self._run_cron()
            self.assertEqual((unit.reminder_count, unit.state), (reminders, state))
        self.assertEqual((planned.reminder_count, planned.state), (0, 'planned'))
        self.assertIn("This is a reminder", self._get_mails()[0].body_html)

    @users('lead')
    def test_reminders_can_be_switched_off(self):
        campaign = self._start(reminder_days=0)
        campaign.action_send_letters()
        self._run_cron()
        campaign.unit_ids.sudo().date_notified = '2020-01-01 00:00:00'
        self._run_cron()
        self.assertEqual(set(campaign.unit_ids.mapped('reminder_count')), {0})

    @users('lead')
    def test_printed_letter_and_progress_sheet(self):
        campaign = self._start(law="GB 4706")
        render = self.env['ir.actions.report']._render_qweb_html
        letter, __ = render('aftersales_service.report_campaign_letter', campaign.unit_ids.ids)
        for text in ("What May Happen", "RC-0006", "Li Na", "GB 4706"):
            self.assertIn(text, letter.decode())
        sheet, __ = render('aftersales_service.report_campaign_progress', campaign.ids)
        for text in ("Progress of a Recall", "RC-0002", "100.0"):
            self.assertIn(text, sheet.decode())
