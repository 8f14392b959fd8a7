from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_service.tools.timezone import to_utc
from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.mail.tests.common import MockEmail

from .wave_common import WaveCommon


class Killed(BaseException):
    """The worker died: nothing in the code catches it."""


@tagged('post_install', '-at_install')
class TestWaveRun(MockEmail, WaveCommon):
    """A wave is launched once, and each customer hears of it once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(7)
        # those of the demo
        cls.env['aftersales.survey.wave'].search([('state', '=', 'running')]).state = 'closed'
        cls.env.company.write({'aftersales_quiet_start': 0, 'aftersales_quiet_end': 0})

    def _launch(self, **values):
        wave = self._create_campaign(**values)
        wave.action_draw()
        wave.action_launch()
        return wave.sudo()

    def _create_trigger(self, **values):
        wave = self._create_campaign(
            kind='trigger', population='aftersales.order', event='order_done', delay_hours=2,
            date_deadline=False, **{
                'domain': "[('partner_id.name', '=like', 'Sampled%')]", **values})
        wave.action_launch()
        return wave.sudo()

    def _run(self, model, method, seconds_left=60, **kwargs):
        """Run a cron; ``seconds_left`` 0 ends it after the first batch, as core does."""
        with patch.object(IrCron, '_commit_progress', lambda *args, **kwargs: seconds_left):
            getattr(self.env[model], method)(**kwargs)

    def _send(self, seconds_left=60, **kwargs):
        self._run('aftersales.survey.invitation', '_cron_send', seconds_left, **kwargs)

    def _find_mails(self):
        return self.env['mail.mail'].search([('recipient_ids', 'in', self.customers.ids)])

    # === LAUNCH === #

    def test_launch_makes_answers_with_keys_and_questions(self):
        wave = self._launch()
        invitations = wave.invitation_ids
        self.assertEqual(invitations.partner_id, self.customers)
        self.assertEqual(set(invitations.mapped('state')), {'draft'})
        answers = invitations.user_input_id
        self.assertEqual(len(answers), 7)
        self.assertEqual(answers.predefined_question_ids, self.repair_survey.question_ids)
        self.assertEqual(len({len(token) for token in answers.mapped('access_token')}), 1)
        # 128 bits and more
        self.assertGreaterEqual(min(map(len, answers.mapped('access_token'))), 22)
        self.assertEqual(set(answers.mapped('deadline')), {wave.date_deadline})
        self.assertTrue(all(self.customers.mapped('aftersales_last_survey_date')))

    def test_launch_twice_is_refused(self):
        wave = self._launch()
        with self.assertRaisesRegex(UserError, "cannot become"):
            wave.with_user(self.survey_manager).action_launch()
        self.assertEqual(len(wave.invitation_ids), 7)

    def test_of_two_launches_at_once_one_is_refused(self):
        wave = self._create_campaign()
        wave.action_draw()
        waves = type(wave)
        with patch.object(waves, 'try_lock_for_update', lambda self, **kwargs: self.browse()), (
                self.assertRaisesRegex(UserError, "Another user is changing")):
            wave.action_launch()
        self.assertFalse(wave.sudo().invitation_ids)

    def test_launch_without_draw_deadline_or_channel_is_refused(self):
        wave = self._create_campaign()
        with self.assertRaisesRegex(UserError, "Draw the sample"):
            wave.action_launch()
        wave.action_draw()
        wave.date_deadline = False
        with self.assertRaisesRegex(UserError, "Set the deadline"):
            wave.action_launch()
        wave.date_deadline = fields.Datetime.now() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "has passed"):
            wave.action_launch()
        wave.date_deadline = fields.Datetime.now() + timedelta(days=1)
        self.env['aftersales.notifier'].search([('event', '=', 'survey_invited')]).active = False
        with self.assertRaisesRegex(UserError, "No notification sends"):
            wave.action_launch()

    def test_who_unsubscribed_since_the_draw_is_not_asked(self):
        wave = self._create_campaign()
        wave.action_draw()
        self.customers[0].aftersales_survey_opt_out = True
        wave.action_launch()
        self.assertEqual(wave.sudo().invitation_ids.partner_id, self.customers[1:])
        self.assertEqual(wave.exclusions['opt_out'], 1)

    def test_a_second_wave_leaves_out_whom_the_first_one_asked(self):
        self._launch(size_wished=4)
        wave = self._create_campaign(size_wished=1)
        wave.action_draw()
        self.assertEqual((wave.eligible_count, wave.exclusions['recent']), (3, 4))

    # === SENDING === #

    def test_the_message_is_answered_by_a_tap(self):
        wave = self._launch(size_wished=1)
        with self.mock_mail_gateway():
            self._send()
            self._run('aftersales.message', '_cron_send')
        mail = self._find_mails()
        url = wave.invitation_ids._get_feedback_url()
        self.assertEqual(mail.body_html.count(f'{url}?score='), 11)
        self.assertIn(f'{url}?score=3', mail.body_html)
        self.assertIn('/unsubscribe', mail.body_html)
        # the key is the customer's: colleagues who read the invitation do not read the mail
        self.assertFalse(mail.model or mail.res_id)
        self.assertFalse(self.env['mail.message'].search([
            ('model', '=', 'aftersales.survey.invitation')]))
        self.assertNotIn(wave.invitation_ids.user_input_id.access_token, str(
            wave.invitation_ids.customer_message_ids.mapped('parameters')))

    def test_a_run_that_is_killed_goes_on_and_sends_nothing_twice(self):
        wave = self._launch()
        self._send(seconds_left=0, batch_size=3)
        self.assertEqual(len(wave.invitation_ids.filtered('date_sent')), 3)
        commits = []

        def commit(*args, **kwargs):
            if kwargs or not args[1:] or not args[1]:
                return 60  # says how many remain
            commits.append(args[1])
            raise Killed  # before the batch is committed

        self.env.flush_all()
        with self.assertRaises(Killed), self.env.cr.savepoint(), patch.object(
                IrCron, '_commit_progress', commit):
            self.env['aftersales.survey.invitation']._cron_send(batch_size=3)
        self.assertEqual(len(wave.invitation_ids.filtered('date_sent')), 3)
        self._send(batch_size=3)
        self._send(batch_size=3)
        self.assertEqual(
            [len(one.customer_message_ids) for one in wave.invitation_ids], [1] * 7)
        with self.mock_mail_gateway():
            self._run('aftersales.message', '_cron_send', 0, batch_size=4)
            self._run('aftersales.message', '_cron_send', batch_size=4)
            self._run('aftersales.message', '_cron_send', batch_size=4)
        mails = self._find_mails()
        self.assertEqual(mails.recipient_ids, self.customers)
        self.assertEqual(len(mails), 7)

    def test_reminders_go_to_who_is_silent_and_end(self):
        wave = self._launch(reminder_max=2, reminder_days=3)
        self._send()
        first, second, *__ = wave.invitation_ids.sorted()
        first._refuse()
        second.write({'state': 'answered'})
        for day, reminded in ((1, 0), (4, 5), (5, 5), (8, 10), (12, 10)):
            with freeze_time(fields.Datetime.now() + timedelta(days=day)):
                self._send()
            messages = wave.invitation_ids.customer_message_ids.filtered(
                lambda message: message.event == 'survey_reminded')
            self.assertEqual((day, len(messages)), (day, reminded))
        self.assertFalse((first | second).customer_message_ids.filtered(
            lambda message: message.event == 'survey_reminded'))

    def test_nothing_leaves_outside_the_hours_of_the_wave(self):
        with freeze_time('2026-12-01 12:00:00'):
            wave = self._launch(
                window_from=14, window_to=16, date_deadline='2026-12-20 12:00:00')
        zone = self.env.company._get_aftersales_zone()
        for hour, is_sent in ((13, False), (16, False), (14, True)):
            with freeze_time(to_utc(datetime(2026, 12, 2, hour, 30), zone)):
                self._send()
            self.assertEqual((hour, bool(wave.sent_count)), (hour, is_sent))

    def test_after_the_deadline_the_wave_closes_and_reminds_nobody(self):
        wave = self._launch()
        self._send()
        wave.invitation_ids[0].write({'state': 'answered'})
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self._send()
            self._run('aftersales.survey.wave', '_cron_close')
        self.assertEqual(wave.state, 'closed')
        self.assertEqual(sorted(wave.invitation_ids.mapped('state')), [
            'answered', *['expired'] * 6])
        self.assertFalse(wave.invitation_ids.customer_message_ids.filtered(
            lambda message: message.event == 'survey_reminded'))

    def test_open_pages_follow_the_deadline_and_the_end_of_their_wave(self):
        wave = self._launch()
        self._send()
        later = fields.Datetime.now() + timedelta(days=30)
        wave.with_user(self.survey_manager).date_deadline = later
        self.assertEqual(set(wave.invitation_ids.mapped('date_deadline')), {later})
        answers = wave.invitation_ids.user_input_id
        self.assertEqual(set(answers.mapped('deadline')), {later})
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            answers[0]._ensure_aftersales_open()
            wave.with_user(self.survey_manager).action_close()
        with freeze_time(fields.Datetime.now() + timedelta(days=20, seconds=2)), \
                self.assertRaisesRegex(UserError, "questionnaire is closed"):
            answers[0]._ensure_aftersales_open()

    def test_who_wants_no_surveys_is_taken_off_open_waves(self):
        wave = self._launch()
        self._send()
        self.customers[0]._opt_out_of_surveys()
        invitation = wave.invitation_ids.filtered(
            lambda one: one.partner_id == self.customers[0])
        self.assertRecordValues(invitation, [{'state': 'excluded', 'exclusion': 'opt_out'}])
        self.assertEqual(wave.invitation_count, 6)

    # === AFTER EVENTS === #

    def _ask_after_events(self, hours, **kwargs):
        with freeze_time(fields.Datetime.now() + timedelta(hours=hours)):
            self._run('aftersales.survey.wave', '_cron_ask_after_events', **kwargs)

    def test_each_event_is_asked_about_once_after_its_delay(self):
        old = self._create_done_orders(self.customers[6])
        old.date_done = fields.Datetime.now() - timedelta(days=1)
        wave = self._create_trigger()
        orders = self._create_done_orders(self.customers[:3], outlet_id=self.north.id)
        self._ask_after_events(1)
        self.assertFalse(wave.invitation_ids)
        self._ask_after_events(3, seconds_left=0, batch_size=2)
        self.assertEqual(len(wave.invitation_ids), 2)
        self._ask_after_events(3)
        self._ask_after_events(4)
        self.assertRecordValues(wave.invitation_ids.sorted('res_id'), [
            {'order_id': order.id, 'outlet_id': self.north.id, 'state': 'draft'}
            for order in orders])
        deadline = wave.invitation_ids[0].date_deadline - fields.Datetime.now()
        self.assertAlmostEqual(deadline / timedelta(days=1), 14, delta=0.3)

    def test_who_is_left_out_after_an_event_is_noted_once(self):
        wave = self._create_trigger(outlet_quota=2)
        self.customers[0].aftersales_survey_opt_out = True
        self._create_done_orders(self.customers[:5], outlet_id=self.north.id)
        self._create_done_orders(self.customers[4], outlet_id=self.south.id)
        self._ask_after_events(3)
        self._ask_after_events(4)
        left = self.env['aftersales.survey.invitation'].with_context(active_test=False).search(
            [('wave_id', '=', wave.id), ('state', '=', 'excluded')])
        self.assertEqual(sorted(left.mapped('exclusion')),
                         ['opt_out', 'quota', 'repeated'])
        self.assertEqual(len(wave.invitation_ids), 3)
        self.assertEqual(wave.invitation_count, 3)

    # === RIGHTS === #

    def test_what_became_of_an_invitation_is_not_for_people_to_write(self):
        wave = self._launch()
        invitation = wave.invitation_ids[0].with_user(self.survey_manager)
        for values in ({'state': 'answered'}, {'partner_id': self.customer.id},
                       {'user_input_id': False}, {'date_deadline': False}, {'active': False}):
            with self.subTest(values), self.assertRaises(AccessError):
                invitation.write(values)
        with self.assertRaises(AccessError):
            wave.with_user(self.survey_manager).write(
                {'invitation_ids': [Command.update(invitation.id, {'state': 'answered'})]})
        with self.assertRaises(AccessError):
            self.env['aftersales.survey.invitation'].with_user(self.survey_manager).create(
                {'wave_id': wave.id, 'company_id': wave.company_id.id,
                 'res_model': 'res.partner', 'res_id': self.customer.id})
        # who asks by telephone does not get the key by which the customer answers
        theirs = invitation.with_user(self.interviewer)
        self.assertNotIn('access_token', theirs._fields)
        with self.assertRaises(AccessError):
            theirs.search([('user_input_id.access_token', '=like', 'a%')])
        with self.assertRaises(AccessError):
            theirs.user_input_id.read(['access_token'])
        for user in (self.employee, self.agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                invitation.with_user(user).search([])

    def test_another_company_reads_no_invitations(self):
        wave = self._launch()
        abroad = self.env['res.company'].create({'name': "Abroad"})
        self.survey_manager.write({'company_ids': [Command.set(abroad.ids)],
                                   'company_id': abroad.id})
        theirs = self.env['aftersales.survey.invitation'].with_user(self.survey_manager)
        self.assertFalse(theirs.search([('wave_id', '=', wave.id)]))
        with self.assertRaises(AccessError):
            wave.invitation_ids.with_user(self.survey_manager).read(['partner_id'])
        with self.assertRaises(AccessError):
            wave.invitation_ids.with_user(self.survey_manager).action_resend()

    def test_smart_buttons_count(self):
        orders = self._create_done_orders(self.customers[:2], outlet_id=self.north.id)
        self._launch(population='aftersales.order',
                     domain="[('partner_id.name', '=like', 'Sampled%')]")
        user = self.survey_manager
        self.assertEqual(self.repair_survey.with_user(user).wave_count, 1)
        self.assertEqual(self.customers[0].with_user(user).survey_invitation_count, 1)
        self.assertEqual(orders.sudo().mapped('survey_invitation_count'), [1, 1])
        self.assertEqual(self.north.sudo().survey_invitation_count, 2)
        action = orders.sudo().action_view_survey_invitations()
        self.assertEqual(self.env[action['res_model']].search_count(action['domain']), 2)
