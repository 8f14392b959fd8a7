import re

from odoo.tests import freeze_time, tagged
from odoo.tests.common import new_test_user

from ..delivery.common import DeliveryCommon

ENGLISH = re.compile('[a-z]{3}')
PORTAL = 'base.group_portal'


@tagged('post_install', '-at_install')
class TestReaderLanguage(DeliveryCommon):
    """A message is in the language of its reader, whatever caused it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env['res.lang']._get_data(code='zh_CN'):
            cls.env['res.lang']._activate_and_install_lang('zh_CN')
        # everybody of the desk reads Chinese; customers, outlets and crons write English
        (cls.agent | cls.technician | cls.dispatcher | cls.manager).lang = 'zh_CN'
        cls.lead = new_test_user(
            cls.env, 'lead', 'aftersales_service.group_aftersales_team_lead', lang='zh_CN')
        cls.env.company.aftersales_dispatcher_id = cls.dispatcher
        cls.order = cls._create_delivery(technician_id=False)

    def _get_notice(self, user, record=None):
        """Return the last notification of a record to a user."""
        record = record or self.order
        return self.env['mail.message'].search([
            ('model', '=', record._name), ('res_id', '=', record.id),
            ('notified_partner_ids', 'in', user.partner_id.ids)], order='id desc', limit=1)

    def _assert_chinese(self, text):
        self.assertTrue(text)
        self.assertNotRegex(re.sub('<[^>]*>', '', text), ENGLISH)

    def test_alerts_of_the_cron(self):
        self.env['aftersales.clock.target'].search([]).duration = 10
        with freeze_time('2026-06-02 08:00:00'):
            order = self._create_delivery(user_id=self.agent.id)
        clock = order.clock_ids.filtered(lambda clock: clock.kind == 'arrive')
        self.assertEqual(clock.display_name, "Arrive")  # read in English before
        with freeze_time('2026-06-02 17:00:00'):
            clock._alert()
        self._assert_chinese(order.activity_ids.summary)
        with freeze_time('2026-07-02 17:00:00'):
            clock._alert()
        self._assert_chinese(self._get_notice(self.manager, order).body)

    def test_orders_that_no_outlet_takes(self):
        self.order._notify_dispatcher()
        self._assert_chinese(self.order.activity_ids.summary)

    def test_customer_who_asks_again(self):
        customer = new_test_user(self.env, 'english', PORTAL, lang='en_US')
        order = self.order.with_user(customer).sudo().with_context(lang='en_US')
        order._remind_from_portal()
        self._assert_chinese(order.message_ids[:1].body)
        order.date_reminded = False  # an hour ago
        order._remind_from_portal()
        self._assert_chinese(self._get_notice(self.dispatcher).body)

    def test_accident_and_damage(self):
        accident = self.env['aftersales.accident'].create(
            {'order_id': self.order.id, 'description': "…"})
        self._assert_chinese(accident.activity_ids.filtered(
            lambda activity: activity.user_id == self.lead).summary)
        self._assert_chinese(self._get_notice(self.lead, accident).subject)
        damage = self.env['aftersales.delivery.damage'].create(
            {'order_id': self.order.id, 'description': "…"})
        damage._on_reported()
        self._assert_chinese(damage.activity_ids.filtered(
            lambda activity: activity.user_id == self.lead).summary)

    def test_article_that_is_ready(self):
        self.customer.email = False
        order = self._create_order(
            type_id=self.type_carry_in.id, user_id=self.agent.id, signature=False,
            technician_id=self.technician.id)
        order.action_next()
        order.action_next()
        order.action_repaired()
        self._assert_chinese(order.activity_ids.summary)
