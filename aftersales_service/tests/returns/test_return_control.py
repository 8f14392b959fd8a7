from odoo.tests import freeze_time, tagged

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
class TestReturnControl(ReturnsCommon):
    """48 hours from receipt to disposition, an alarm after 7 days, each sent once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2'])

    @freeze_time('2026-01-11 12:00:00')
    def _create_received(self, card):
        record = self._create_return(self.sale, card, user_id=self.agent.id)
        record.action_authorise()
        self._receive(record)
        return record

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_remind_dispositions').method_direct_trigger()
        self.env.invalidate_all()

    def test_deadline_and_alarm_follow_the_settings(self):
        self.company.aftersales_disposition_hours = 24
        record = self._create_received(self.cards[0])
        self.assertEqual(str(record.date_due), '2026-01-12 12:00:00')
        self.assertEqual(str(record.date_alarm), '2026-01-18 12:00:00')

    def test_urgency_of_goods_that_wait(self):
        record = self._create_received(self.cards[0])
        for now, urgency in (('2026-01-13 12:00:00', 'none'), ('2026-01-13 12:00:01', 'late'),
                             ('2026-01-18 12:00:01', 'alarm')):
            with self.subTest(now=now), freeze_time(now):
                record.invalidate_recordset(['urgency'])
                self.assertEqual(record.urgency, urgency)

    def test_the_responsible_is_reminded_once_then_the_leads(self):
        late, decided = (self._create_received(card) for card in self.cards)
        with freeze_time('2026-01-12 12:00:00'):
            self._inspect(decided)
            self._run_cron()
            self.assertEqual(late.alert_level, 'none')
        with freeze_time('2026-01-14 12:00:00'):
            self._run_cron()
            self._run_cron()
        self.assertRecordValues(late | decided, [
            {'alert_level': 'reminded'}, {'alert_level': 'none'}])
        self.assertRecordValues(late.activity_ids, [{'user_id': self.agent.id}])
        with freeze_time('2026-01-19 12:00:00'):
            self._run_cron()
            self._run_cron()
        self.assertEqual(late.alert_level, 'alarm')
        self.assertIn(self.lead, late.activity_ids.user_id)
        alarms = late.activity_ids.filtered(lambda activity: activity.user_id == self.lead)
        self.assertEqual(len(alarms), 1)

    def test_each_reads_the_reminder_in_their_own_language(self):
        self.env['res.lang']._activate_lang('zh_CN')
        self.agent.lang = self.lead.lang = 'zh_CN'
        self.other_lead.lang = 'en_US'
        record = self._create_received(self.cards[0])
        with freeze_time('2026-01-14 12:00:00'):
            self._run_cron()
        self.assertEqual(record.activity_ids.summary, "请验收货物并决定处置方式")
        with freeze_time('2026-01-19 12:00:00'):
            self._run_cron()
        alarms = {activity.user_id: activity.summary for activity in record.activity_ids}
        self.assertEqual(alarms[self.lead], "货物等待处置，已达警报时限")
        self.assertEqual(alarms[self.other_lead], "Goods wait for a disposition: alarm")

    def test_reminder_ends_with_the_decision(self):
        record = self._create_received(self.cards[0])
        with freeze_time('2026-01-14 12:00:00'):
            self._run_cron()
            self._inspect(record)
        self.assertFalse(record.activity_ids)
