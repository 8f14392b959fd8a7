from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestClockAlerts(ClockCommon):
    """Alerts of one document and company, each with its recipient."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env['aftersales.clock.alert']
        cls.alerts.with_context(active_test=False).search([]).unlink()
        cls.half = cls.alerts.create({'name': "Half", 'percent': 50, 'recipient': 'handler'})
        with freeze_time(NOON):
            cls.order = cls._create_order(cls, user_id=cls.agent.id, severity='3')
        cls.clock = cls._get_clock(cls, cls.order, 'arrive')  # from 12 to 14 o'clock

    def _get_next(self):
        self.env.cr.precommit.run()
        return str(self.clock.date_next_alert)

    def _get_notified(self):
        return self.env['mail.message'].search([
            ('model', '=', self.order._name), ('res_id', '=', self.order.id),
            ('message_type', '=', 'user_notification')]).notified_partner_ids.user_ids

    def test_changed_alerts_refresh_running_clocks(self):
        self.assertEqual(self._get_next(), '2026-06-03 13:00:00')
        early = self.alerts.create({'name': "Early", 'percent': 25, 'recipient': 'lead'})
        self.assertEqual(self._get_next(), '2026-06-03 12:30:00')
        early.percent = 75
        self.assertEqual(self._get_next(), '2026-06-03 13:00:00')
        self.half.active = False
        self.assertEqual(self._get_next(), '2026-06-03 13:30:00')
        early.unlink()
        self.assertEqual(self._get_next(), 'False')

    def test_alert_of_another_company_or_document_is_none_of_the_orders(self):
        company = self.env['res.company'].create({'name': "Sister"})
        self.alerts.create(
            {'name': "Sister", 'percent': 25, 'recipient': 'lead', 'company_id': company.id})
        self.enterContext(patch.object(
            self.env.registry['aftersales.clock.mixin'], '_get_clock_models',
            lambda self: ['aftersales.order', 'aftersales.campaign']))
        self.alerts.create({'name': "Letters", 'percent': 10, 'res_model': 'aftersales.campaign'})
        self.assertEqual(self._get_next(), '2026-06-03 13:00:00')
        self.alerts.create({
            'name': "Ours", 'percent': 25, 'recipient': 'lead',
            'company_id': self.order.company_id.id})
        self.assertEqual(self._get_next(), '2026-06-03 12:30:00')

    def test_each_recipient_is_alerted_at_the_highest_mark(self):
        lead = self._create_person('lead', 'team_lead', "Lead Lu")
        self.alerts.create([
            {'name': "Lead", 'percent': 50, 'recipient': 'lead'},
            {'name': "Later", 'percent': 100, 'recipient': 'handler'}])
        with freeze_time('2026-06-03 14:00:00'):
            self.clock._alert()
        self.assertEqual(
            self.order.activity_ids.mapped('summary'), ["Arrive: 100 % of the promised time"])
        self.assertIn(lead, self._get_notified())
        self.assertNotIn(self.dispatcher, self._get_notified())

    def test_document_says_who_is_behind_a_recipient(self):
        order = self.env.registry['aftersales.order']
        users = order._get_alert_users
        self.enterContext(patch.object(
            order, '_get_alert_users', lambda record, recipient, clock: (
                self.dispatcher if recipient == 'lead' else users(record, recipient, clock))))
        self.alerts.create({'name': "Dispatch", 'percent': 60, 'recipient': 'lead'})
        with freeze_time('2026-06-03 13:20:00'):
            self.clock._alert()
        self.assertIn(self.dispatcher, self._get_notified())
        self.assertNotIn(self.manager, self._get_notified())
        self.assertEqual(self.order.activity_ids.user_id, self.agent)

    def test_recipient_is_alerted_once_at_a_percentage(self):
        self.alerts.create({'name': "Lead", 'percent': 50, 'recipient': 'lead'})
        self.alerts.create({
            'name': "Ours", 'percent': 50, 'company_id': self.order.company_id.id})
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            self.alerts.create({'name': "Again", 'percent': 50})
