from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .common import MessageCommon


@tagged('post_install', '-at_install')
class TestNotifier(MessageCommon):
    """Customers hear of what happens once, in their language, when they may be disturbed."""

    @users('agent')
    def test_registered_order_is_notified_once(self):
        self._switch_on('received')
        order = self._create_order()
        self.assertRecordValues(order.customer_message_ids, [
            {'state': 'queued', 'event': 'received', 'channel': 'dummy'}])
        order._notify_customer('received')
        self._send_due()
        [link] = [parameters['link'] for __, parameters, __ in self.handed]
        self._send_due()
        self.assertFalse(self.handed)
        message = order.customer_message_ids
        self.assertRecordValues(message, [
            {'state': 'sent', 'address': '+16505550100', 'attempt_count': 1}])
        self.assertEqual(message.parameters['order'], order.name)
        self.assertIn(f'/my/service/{order.id}?access_token=', link)
        self.assertNotIn(order.access_token, str(message.parameters))

    @users('agent')
    def test_provider_gets_template_parameters_and_phone(self):
        self._switch_on('received')
        order = self._create_order(product_id=self.conditioner.id)
        self._send_due()
        [(template, parameters, phone)] = self.handed
        self.assertEqual((template, phone), ('T-received', '+16505550100'))
        self.assertEqual(
            (parameters['customer'], parameters['product']), ("Li Na", "Air Conditioner"))
        self.assertEqual(order.customer_message_ids.reference, 'R-1')

    @users('agent')
    def test_what_is_switched_off_is_not_sent(self):
        self._switch_on('received', active=False)
        self.assertFalse(self._create_order().customer_message_ids)

    def test_company_that_sends_nothing_of_a_rule(self):
        other = self.env['res.company'].create({'name': "Other"})
        self._switch_on('received', company_ids=other.ids)
        self.assertFalse(self._create_order().customer_message_ids)

    @users('agent')
    def test_changed_time_is_sent_again_and_the_old_one_dropped(self):
        self._switch_on('planned')
        order = self._create_order()
        self._move_to(order, 'scheduled')
        order.date_planned = '2026-06-04 08:00:00'
        order.date_planned = '2026-06-04 08:00:00'
        self._send_due()
        self.assertEqual(
            order.customer_message_ids.sorted('id').mapped('state'), ['dropped', 'sent'])
        self.assertEqual(len(self.handed), 1)
        self.assertIn('6/4/26', self.handed[0][1]['time'])

    @users('agent')
    def test_trip_called_off_is_not_sent_any_more(self):
        self._switch_on('planned')
        order = self._create_order()
        self._move_to(order, 'scheduled')
        order.close_reason = "Bought a new one"
        order.action_cancel()
        self._send_due()
        self.assertEqual(order.customer_message_ids.state, 'dropped')

    @users('technician')
    def test_technician_on_the_way(self):
        self._switch_on('on_way')
        order = self._create_order()
        self._move_to(order, 'dispatched')
        order.visit_ids.action_set_off()
        self._send_due()
        self.assertEqual(self.handed[0][1]['technician'], "Technician Tom")

    @users('agent')
    def test_article_ready_and_work_done(self):
        self._switch_on('ready')
        self._switch_on('done')
        order = self._create_order(type_id=self.type_carry_in.id)
        self._move_to(order, 'in_repair')
        order.action_repaired()
        self._move_to(order, 'done')
        self._send_due()
        self.assertEqual(
            order.customer_message_ids.sorted('id').mapped(lambda m: (m.event, m.state)),
            [('ready', 'sent'), ('done', 'sent')])

    def test_customer_without_address_is_noted(self):
        self._switch_on('received')
        nameless = self.env['res.partner'].create({'name': "No Phone"})
        order = self._create_order(partner_id=nameless.id)
        self._send_due()
        self.assertRecordValues(order.customer_message_ids, [
            {'state': 'failed', 'error': "The recipient has no address for this channel."}])

    def test_refused_message_is_tried_again_until_the_limit(self):
        self._switch_on('received')
        self.env.company.aftersales_message_attempts = 2
        message = self._create_order().customer_message_ids
        for state, error in (('queued', "No credit"), ('failed', "No route")):
            with self._catch(UserError(error)):
                message.date_due = fields.Datetime.now()
                message._process()
            self.assertRecordValues(message, [{'state': state, 'error': error}])
        self.assertEqual(message.attempt_count, 2)

    def test_network_failure_waits_the_companys_minutes(self):
        self._switch_on('received')
        message = self._create_order().customer_message_ids
        now = fields.Datetime.now()
        with self._catch(ConnectionError("down")), patch.object(
                fields.Datetime, 'now', lambda: now):
            message._process()
        self.assertEqual(message.date_due - now, timedelta(minutes=15))

    @freeze_time('2026-06-02 22:30:00')
    def test_quiet_hours_keep_the_phone_silent(self):
        self.env.company.resource_calendar_id.tz = 'UTC'
        self.env.company.write({'aftersales_quiet_start': 21, 'aftersales_quiet_end': 8})
        self._switch_on('received')
        message = self._create_order().customer_message_ids
        with self._catch():
            message._process()
            self.assertFalse(self.handed)
            self.assertEqual(str(message.date_due), '2026-06-03 08:00:00')
            with freeze_time('2026-06-03 08:00:00'):
                message._process()
        self.assertEqual(message.state, 'sent')

    @freeze_time('2026-06-02 22:30:00')
    def test_mail_is_not_held_in_quiet_hours(self):
        self.env.company.write({'aftersales_quiet_start': 21, 'aftersales_quiet_end': 8})
        self._switch_on(
            'received', 'email',
            template_id=self.env.ref('aftersales_service.mail_template_received').id)
        message = self._create_order().customer_message_ids
        message._process()
        self.assertEqual(message.state, 'sent')

    def test_receipt_of_the_provider(self):
        self._switch_on('received')
        message = self._create_order().customer_message_ids
        with self._catch():
            message._process()
        log = self.env['aftersales.message']
        self.assertFalse(log._record_receipt('dummy', 'unknown', True))
        log._record_receipt('dummy', message.reference, True)
        self.assertEqual(message.state, 'delivered')
        log._record_receipt('dummy', message.reference, False, "Too late")
        self.assertRecordValues(message, [{'state': 'delivered', 'error': False}])

    def test_portal_message_stands_on_the_page_and_tells_no_follower(self):
        self._switch_on(
            'received', 'portal',
            template_id=self.env.ref('aftersales_service.mail_template_received').id)
        order = self._create_order()
        order.customer_message_ids._process()
        note = order.message_ids[:1]
        self.assertIn("we received your request", note.body)
        self.assertFalse(note.subtype_id.internal)
        self.assertFalse(note.notification_ids)

    def test_rules_that_cannot_work_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "no text to send"):
            self._switch_on('received', 'email')
        with self.assertRaisesRegex(ValidationError, "colleagues could read"):
            self._switch_on(
                'completion_code', 'portal',
                template_id=self.env.ref('aftersales_service.mail_template_completion_code').id)

    @users('agent')
    def test_agent_reads_messages_of_own_orders_and_changes_none(self):
        self._switch_on('received')
        message = self._create_order().customer_message_ids
        self.assertEqual(message.event, 'received')
        with self.assertRaises(AccessError):
            message.write({'state': 'delivered'})
        with self.assertRaisesRegex(AccessError, "Only dispatchers"):
            message.action_retry()
        with self.assertRaises(AccessError):
            message.with_user(self.other_agent).read(['event'])

    @users('dispatcher')
    def test_dispatcher_sends_failed_messages_again(self):
        self._switch_on('received')
        message = self._create_order().customer_message_ids
        with self.assertRaisesRegex(UserError, "that failed"):
            message.action_retry()
        message.sudo().state = 'failed'
        message.action_retry()
        self.assertEqual(message.state, 'queued')

    @users('agent')
    def test_batch_is_queued_in_as_few_queries_as_one(self):
        self._switch_on('received')
        vals = {'partner_id': self.customer.id, 'description': "No cold"}
        orders = self.env['aftersales.order'].create([vals] * 60)
        queued = orders.sudo().customer_message_ids
        self.assertEqual(len(queued), 60)
        queued.unlink()

        def count(some):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            some._notify_customer('received')
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        count(orders[:1])
        few, many = count(orders[1:11]), count(orders[11:])
        self.assertEqual(few, many)
