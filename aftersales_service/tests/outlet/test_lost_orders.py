from odoo.tests import tagged, users

from .common import OutletCommon


@tagged('post_install', '-at_install')
class TestLostOrders(OutletCommon):
    """Who loses a document reads it no more: neither as a follower nor by its link."""

    def _create_followed(self, followers, **values):
        order = self._create_order(user_id=self.agent.id, **values)
        order.message_subscribe(followers.ids)
        return order, order._portal_ensure_token()

    @users('dispatcher')
    def test_another_customer_gets_another_key(self):
        contact = self.env['res.partner'].create(
            {'name': "Colleague of Li", 'parent_id': self.customer.id})
        other = self.env['res.partner'].create({'name': "Wang Wei"})
        order, key = self._create_followed(self.customer | contact)
        order = order.with_user(self.env.user)
        order.partner_id = contact  # of the same family: nothing changes
        self.assertEqual(order.sudo().access_token, key)
        self.assertIn(self.customer, order.message_partner_ids)
        order.web_save({'partner_id': other.id}, {})
        self.assertNotEqual(order.sudo().access_token, key)
        self.assertTrue(order.sudo().access_token)
        self.assertFalse((self.customer | contact) & order.message_partner_ids)

    @users('dispatcher')
    def test_an_outlet_that_lost_an_order_hears_no_more_of_it(self):
        order, key = self._create_followed(
            self.wang.partner_id | self.zhao.partner_id | self.agent.partner_id,
            outlet_id=self.north.id)
        order = order.with_user(self.env.user)
        order.action_offer_to_outlet()
        order.outlet_id = self.south
        followers = order.message_partner_ids
        self.assertFalse((self.wang | self.zhao).partner_id & followers)
        self.assertIn(self.agent.partner_id, followers)
        # its people never had the key (see TestCustomerKey): the customer's link lives on
        self.assertEqual(order.sudo().access_token, key)

    @users('dispatcher')
    def test_an_outlet_loses_it_with_the_address_too(self):
        order, __ = self._create_followed(self.wang.partner_id)
        self.assertEqual(order.outlet_id, self.north)
        elsewhere = self.env['res.partner'].create({
            'name': "Other Site", 'type': 'delivery', 'parent_id': self.customer.id,
            'country_id': self.env.ref('base.de').id, 'city': "Berlin"})
        order.with_user(self.env.user).site_id = elsewhere
        self.assertNotEqual(order.outlet_id, self.north)
        self.assertNotIn(self.wang.partner_id, order.message_partner_ids)

    @users('dispatcher')
    def test_a_technician_that_lost_an_order_hears_no_more_of_it(self):
        order, key = self._create_followed(
            self.technician.partner_id, technician_id=self.technician.id)
        order = order.with_user(self.env.user)
        order.technician_id = self.manager
        self.assertNotIn(self.technician.partner_id, order.message_partner_ids)
        self.assertNotEqual(order.sudo().access_token, key)

    def test_customer_gets_the_new_link_when_a_technician_loses_the_order(self):
        order, key = self._create_followed(
            self.technician.partner_id, technician_id=self.technician.id,
            date_planned='2026-06-02 09:00:00')
        order._set_state('assessed')
        order._set_state('scheduled')
        order.customer_message_ids.sudo()._process()
        sent = order.customer_message_ids
        self.assertTrue(sent.filtered(lambda message: message.state == 'sent'))
        order.with_user(self.dispatcher).technician_id = self.manager
        self.assertNotEqual(order.access_token, key)
        self.assertRecordValues(order.customer_message_ids - sent, [
            {'event': 'planned', 'state': 'queued'}])
        # one message is enough where the time changes as well
        order.customer_message_ids.sudo()._process()
        sent = order.customer_message_ids
        order.with_user(self.dispatcher).write(
            {'technician_id': self.technician.id, 'date_planned': '2026-06-03 09:00:00'})
        self.assertEqual(len(order.customer_message_ids - sent), 1)

    @users('technician')
    def test_who_keeps_another_part_in_it_goes_on_following(self):
        order, key = self._create_followed(
            self.technician.partner_id, technician_id=self.technician.id)
        self.assertEqual(order.create_uid, self.technician)  # reads it for this, too
        order.with_user(self.env.user).technician_id = self.manager
        self.assertIn(self.technician.partner_id, order.message_partner_ids)
        self.assertEqual(order.access_token, key)

    @users('dispatcher')
    def test_colleagues_who_read_it_no_more_leave_its_conversation(self):
        other = self._create_person('other_technician', 'technician', "Technician Theo")
        self.north.member_ids |= self.technician  # its people, but technicians read their own
        order, key = self._create_followed(
            (self.technician | self.agent | self.other_agent | self.env.user).partner_id,
            outlet_id=self.north.id, technician_id=self.technician.id)
        order = order.with_user(self.env.user)
        order.technician_id = other
        self.assertNotIn(self.technician.partner_id, order.message_partner_ids)
        self.assertNotEqual(order.sudo().access_token, key)
        key = order.sudo().access_token
        order.user_id = self.other_agent  # the desk changes hands: the customer's link goes on
        self.assertNotIn(self.agent.partner_id, order.message_partner_ids)
        self.assertEqual(order.sudo().access_token, key)
        order.user_id = False  # all agents read it
        self.assertIn(self.other_agent.partner_id, order.message_partner_ids)
        order.user_id = self.agent
        self.assertNotIn(self.other_agent.partner_id, order.message_partner_ids)
        # the dispatcher reads all orders
        self.assertIn(self.env.user.partner_id, order.message_partner_ids)

    @users('dispatcher')
    def test_a_return_and_a_trade_in_change_hands(self):
        return_ = self.env['aftersales.return'].create({
            'partner_id': self.customer.id, 'user_id': self.agent.id, 'reason_id': self.env.ref(
                'aftersales_service.aftersales_return_reason_quality').id})
        trade_in = self.env['aftersales.trade.in'].create({
            'partner_id': self.customer.id, 'user_id': self.agent.id,
            'product_id': self.conditioner.id})
        for document in return_, trade_in:
            with self.subTest(document=document._name):
                document.message_subscribe((self.agent | self.env.user).partner_id.ids)
                document.user_id = self.other_agent
                self.assertNotIn(self.agent.partner_id, document.message_partner_ids)
                self.assertIn(self.env.user.partner_id, document.message_partner_ids)

    @users('manager')
    def test_a_former_owner_loses_card_and_return(self):
        other = self.env['res.partner'].create({'name': "Wang Wei"})
        card = self._create_card()
        record = self.env['aftersales.return'].create({
            'partner_id': self.customer.id, 'reason_id': self.env.ref(
                'aftersales_service.aftersales_return_reason_quality').id})
        for document in card, record:
            document.message_subscribe(self.customer.ids)
        keys = [document._portal_ensure_token() for document in (card, record)]
        card._transfer(other, '2026-03-01')
        record.partner_id = other
        for document, key in zip((card, record), keys, strict=True):
            with self.subTest(document=document._name):
                self.assertNotEqual(document.sudo().access_token, key)
                self.assertNotIn(self.customer, document.message_partner_ids)
