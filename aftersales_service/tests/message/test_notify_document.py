from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from odoo.addons.mail.tests.common import MockEmail

from .common import MessageCommon


@tagged('post_install', '-at_install')
class TestNotifyDocument(MockEmail, MessageCommon):
    """Any document notifies by the same mechanism: its events, its recipient, its messages."""

    def _notify_of_card(self):
        self._switch_on('expiring')
        card = self._create_card()
        return card, card._notify_customer('expiring')

    def _patch(self, document, method, result):
        """Let a document answer a hook as another module's would."""
        self.startPatcher(patch.object(
            type(document), method, lambda *args: result() if callable(result) else result))

    # === EVENTS === #

    def test_events_of_another_document_are_refused(self):
        card = self._create_card()
        for documents in card, card.browse():
            with self.assertRaisesRegex(ValueError, "aftersales.warranty sends no “received”"):
                documents._notify_customer('received')

    def test_installation_tells_of_an_event_that_cannot_be_sent(self):
        cards = self.env['aftersales.warranty']
        for events, words in (
                ({'expiring', 'eta'}, "unknown events: eta.*selection_add"),
                ({'expiring', 'received'}, "events of aftersales.order: received")):
            with self.subTest(words), patch.object(
                    type(cards), '_get_notification_events', lambda cards, events=events: events,
                    ), self.assertRaisesRegex(ValueError, words):
                cards.init()
        cards.init()
        self._patch(cards, '_get_secret_events', {'eta'})
        with self.assertRaisesRegex(ValueError, "secret that it does not send: eta"):
            cards.init()

    def test_event_of_no_document_is_not_switched_on(self):
        self._patch(self.env['aftersales.warranty'], '_get_notification_events', frozenset())
        with self.assertRaisesRegex(ValidationError, "no document has this event"):
            self._switch_on('expiring')

    def test_text_is_written_for_the_document_of_the_event(self):
        text = self.env.ref('aftersales_service.mail_template_received')
        with self.assertRaisesRegex(ValidationError, "written for another kind of document"):
            self._switch_on('expiring', 'email', template_id=text.id)
        self.assertEqual(
            self._switch_on('received', 'email', template_id=text.id).document_model,
            'aftersales.order')

    def test_nothing_is_looked_up_for_events_that_are_not_sent(self):
        order = self._create_order()
        order._notify_customer('ready')  # the cache knows that it is not sent
        with self.assertQueryCount(0):
            self.assertFalse(order._notify_customer('ready'))

    def test_notification_that_sent_something_is_switched_off_not_deleted(self):
        card, message = self._notify_of_card()
        with self.assertRaisesRegex(UserError, "Switch them off"):
            message.notifier_id.unlink()
        card.unlink()
        rule = self.env['aftersales.notifier'].search([('event', '=', 'expiring')])
        self.assertTrue(rule.unlink())

    # === RECIPIENTS === #

    def test_recipient_need_not_be_a_partner(self):
        self.env['res.lang']._activate_lang('fr_FR')
        text = self.env.ref('aftersales_service.mail_template_warranty_expiring')
        text.write({'lang': False, 'partner_to': False})
        text.with_context(lang='fr_FR').subject = "Fin de garantie"
        self._switch_on('expiring', 'email', template_id=text.id)
        self._switch_on('expiring')
        card = self._create_card(partner_id=False)
        self._patch(card, '_get_notification_recipient', lambda: {
            'name': "Trainee Tina", 'partner': self.env['res.partner'], 'lang': 'fr_FR',
            'email': 'tina@example.com', 'phone': '+33142685300'})
        messages = card._notify_customer('expiring')
        with self._catch(), self.mock_mail_gateway(), patch.object(
                type(card), '_is_message_needed', lambda card, event: True):
            messages._process()
        self.assertRecordValues(messages.sorted('channel'), [
            {'state': 'sent', 'channel': 'dummy', 'address': '+33142685300', 'lang': 'fr_FR',
             'recipient_name': "Trainee Tina"},
            {'state': 'sent', 'channel': 'email', 'address': 'tina@example.com',
             'lang': 'fr_FR', 'recipient_name': "Trainee Tina"}])
        [(__, parameters, phone)] = self.handed
        self.assertEqual((parameters['customer'], phone), ("Trainee Tina", '+33142685300'))
        self.assertRecordValues(self._new_mails, [{
            'email_to': 'tina@example.com', 'recipient_ids': [], 'subject': "Fin de garantie"}])

    def test_link_leaves_with_the_message_and_is_not_kept(self):
        card, message = self._notify_of_card()
        with self._catch(), patch.object(
                type(card), '_is_message_needed', lambda card, event: True):
            message._process()
        self.assertIn('?key=', self.handed[0][1]['link'])
        self.assertNotIn('key=', str(message.parameters))

    def test_message_on_the_page_keeps_no_link_with_a_key(self):
        """An outlet's people read it: they would act and rate in the customer's name."""
        order = self._create_order()
        self._move_to(order, 'done')
        for event in 'received', 'done':
            text = self.env.ref(f'aftersales_service.mail_template_{event}')
            self._switch_on(event, 'portal', template_id=text.id)
            with self.subTest(event):
                order._notify_customer(event)._process()
                body = order.message_ids[:1].body
                self.assertIn("Li Na", body)
                for key in order.access_token, '/rate/':
                    self.assertNotIn(key, body)

    # === MESSAGES === #

    def test_messages_are_read_through_their_document(self):
        self._switch_on('received')
        order = self._create_order(user_id=self.agent.id)
        __, of_card = self._notify_of_card()
        of_order = order.customer_message_ids
        for user, found in (
                (self.agent, of_order + of_card), (self.other_agent, of_card),
                (self.dispatcher, of_order + of_card)):
            log = self.env['aftersales.message'].with_user(user)
            with self.subTest(user.name):
                mine = [('id', 'in', (of_order + of_card).ids)]
                self.assertEqual(log.search(mine), found.sorted('id', reverse=True))
                self.assertEqual(log.search_count(mine), len(found))
                self.assertEqual(sum(
                    count for __, count in log._read_group(mine, ['event'], ['__count'])),
                    len(found))
        with self.assertRaisesRegex(AccessError, "documents that you may not read or change"):
            of_order.with_user(self.other_agent).read(['address'])
        with self.assertRaises(AccessError):
            self.env['aftersales.message'].with_user(self.employee).search([])

    def test_messages_of_another_company_stay_there(self):
        __, message = self._notify_of_card()
        other = self.env['res.company'].create({'name': "Other"})
        self.manager.write({'company_ids': other.ids, 'company_id': other.id})
        log = self.env['aftersales.message'].with_user(self.manager)
        self.assertFalse(log.search([('id', '=', message.id)]))

    def test_messages_go_with_their_document(self):
        self._switch_on('received')
        order = self._create_order()
        card, message = self._notify_of_card()
        self.assertEqual(message.res_id, card.id)
        kept = order.customer_message_ids
        card.unlink()
        self.assertFalse(message.exists())
        self.assertTrue(kept.exists())
        order.unlink()
        self.assertFalse(kept.exists())

    @users('agent')
    def test_messages_are_found_by_the_name_of_their_document(self):
        self._switch_on('received')
        order, other = self._create_order(), self._create_order()
        log = self.env['aftersales.message']
        found = log.search([('record_name', 'ilike', order.name)])
        self.assertEqual(found, order.customer_message_ids)
        self.assertEqual(found.record_name, order.display_name)
        self.assertEqual(found.recipient_name, "Li Na")
        self.assertEqual(found.action_view_record()['res_id'], order.id)
        action = (order + other).action_view_customer_messages()
        self.assertEqual(log.search(action['domain']), (order + other).customer_message_ids)

    @users('agent')
    def test_messages_of_an_order_that_has_none_are_an_empty_list(self):
        order = self._create_order()
        action = order.action_view_customer_messages()
        self.assertEqual(action['view_mode'].split(',')[0], 'list')
        self.assertFalse(self.env[action['res_model']].search(action['domain']))
