from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestFollowUp(AftersalesCommon):
    """The desk calls on the next working day; dates are written by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = 'UTC'

    def _finish(self, date, **values):
        order = self._create_order(user_id=self.agent.id, **values)
        self._move_to(order, 'on_site')
        with freeze_time(date):
            order.action_done()
        return order

    def _plan(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_follow_up').method_direct_trigger()
        self.env.invalidate_all()

    def test_call_is_planned_for_the_next_working_day(self):
        monday = self._finish('2026-06-01 10:00:00')
        friday = self._finish('2026-06-05 10:00:00')
        self._plan()
        self.assertEqual(
            [str(order.date_follow_up) for order in (monday, friday)],
            ['2026-06-02', '2026-06-08'])
        self.assertRecordValues(monday.activity_ids, [
            {'user_id': self.agent.id, 'date_deadline': monday.date_follow_up}])
        self._plan()
        self.assertEqual(len(monday.activity_ids), 1)

    def test_days_are_a_setting_and_a_holiday_is_no_working_day(self):
        self.env.company.aftersales_follow_up_days = 2
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'company_id': self.env.company.id,
            'calendar_id': self.env.company.resource_calendar_id.id,
            'date_from': '2026-06-02 00:00:00', 'date_to': '2026-06-02 23:59:59'})
        order = self._finish('2026-06-01 10:00:00')
        self._plan()
        self.assertEqual(str(order.date_follow_up), '2026-06-04')

    def test_no_calls_where_they_are_switched_off(self):
        self.env.company.aftersales_follow_up_days = 0
        order = self._finish('2026-06-01 10:00:00')
        self._plan()
        self.assertFalse(order.date_follow_up or order.activity_ids)

    def _call(self, order, **values):
        return self.env['aftersales.follow.up.call'].with_user(self.agent).create(
            {'order_ids': order.ids, **values}).action_confirm()

    def test_call_asks_for_result_words_and_next_step(self):
        order = self._finish('2026-06-01 10:00:00')
        self._plan()
        order.action_next()  # the sheet is filed
        self._call(order, result='not_reached', date_again='2036-06-03')
        self.assertRecordValues(order, [{'state': 'signed', 'follow_up_result': False}])
        self.assertEqual(str(order.activity_ids.date_deadline), '2036-06-03')
        with self.assertRaisesRegex(UserError, "not content with"):
            self._call(order, result='not_content')
        action = self._call(order, result='not_content', note="Still loud", next_step='order')
        self.assertRecordValues(order, [{
            'state': 'followed_up', 'follow_up_result': 'not_content',
            'follow_up_note': "Still loud"}])
        self.assertEqual(action['context']['default_partner_id'], order.partner_id.id)

    def test_call_made_ends_the_activity(self):
        order = self._finish('2026-06-01 10:00:00')
        self._plan()
        colleague = order.with_user(self.dispatcher)
        colleague.follow_up_result = 'content'
        self._move_to(colleague, 'followed_up')
        self.assertFalse(order.activity_ids)
        self.assertEqual(order.follow_up_result, 'content')

    def test_order_without_handler_goes_to_the_dispatcher(self):
        self.env.company.aftersales_dispatcher_id = self.dispatcher
        order = self._finish('2026-06-01 10:00:00')
        order.user_id = False
        self._plan()
        self.assertEqual(order.activity_ids.user_id, self.dispatcher)

    def test_planning_many_costs_few_queries(self):
        orders = self.env['aftersales.order'].create(
            [{'partner_id': self.customer.id, 'user_id': self.agent.id}] * 60)
        orders.sudo().date_done = '2026-06-01 10:00:00'

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._plan_follow_ups()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        count(orders[:1])
        few, many = count(orders[1:11]), count(orders[11:])
        self.assertLessEqual((many - few) / 39, 1.0)

    def test_further_modules_hear_of_the_result(self):
        order = self._finish('2026-06-01 10:00:00')
        self._plan()
        order.follow_up_result = 'not_content'
        heard = []
        with patch.object(
                type(order), '_on_follow_up_result',
                lambda orders, result: heard.append((orders.ids, result, orders.env.su))):
            self._move_to(order.with_user(self.dispatcher), 'followed_up')
        self.assertEqual(heard, [(order.ids, 'not_content', True)])
