from odoo.exceptions import UserError
from odoo.tests import tagged, users

from .common import RecallCommon


@tagged('post_install', '-at_install')
class TestCampaignOrders(RecallCommon):

    @users('lead')
    def test_orders_carry_what_the_campaign_says(self):
        campaign = self._start()
        campaign.action_create_orders()
        orders = campaign.unit_ids.order_id
        self.assertEqual(len(orders), 5)
        self.assertRecordValues(orders[0], [{
            'campaign_id': campaign.id, 'type_id': self.type_on_site.id, 'severity': '3',
            'charge_kind': 'free', 'partner_id': self.customer.id,
            'warranty_id': campaign.unit_ids[0].warranty_id.id,
            'serial': campaign.unit_ids[0].serial}])
        self.assertIn("Replace the capacitor", orders[0].description)
        self.assertEqual((campaign.planned_count, campaign.open_count), (5, 0))

    @users('lead')
    def test_second_batch_makes_no_second_order(self):
        campaign = self._start()
        campaign.action_create_orders()
        campaign.action_create_orders()
        self.assertEqual(
            self.env['aftersales.order'].search_count([('campaign_id', '=', campaign.id)]), 5)

    @users('lead')
    def test_customers_get_no_receipt_for_what_we_ask_of_them(self):
        self.env['aftersales.notifier'].sudo().create({
            'event': 'received', 'channel': 'dummy', 'provider_template': 'T-received'})
        campaign = self._start()
        campaign.action_create_orders()
        self.assertFalse(campaign.unit_ids.order_id.sudo().customer_message_ids)
        self.assertTrue(self._create_order().sudo().customer_message_ids)

    @users('lead')
    def test_done_order_finishes_the_unit(self):
        campaign = self._start()
        campaign.action_create_orders()
        unit = campaign.unit_ids[0]
        self._move_to(unit.order_id, 'done')
        self.assertEqual((unit.state, campaign.done_count), ('done', 1))
        self.assertTrue(unit.date_done)
        self.assertEqual(campaign.progress, 20.0)
        with self.assertRaisesRegex(UserError, "service order already"):
            unit.action_refuse()

    @users('lead')
    def test_cancelled_order_leaves_the_unit_open_for_another(self):
        campaign = self._start()
        campaign.action_create_orders()
        unit = campaign.unit_ids[0]
        first = unit.order_id
        first.close_reason = "Not at home"
        first.action_cancel()
        self.assertEqual(unit.state, 'open')
        unit.action_create_orders()
        self.assertEqual(unit.state, 'planned')
        self.assertNotEqual(unit.order_id, first)

    @users('lead')
    def test_order_taken_up_again_is_planned_again(self):
        campaign = self._start()
        campaign.action_create_orders()
        unit = campaign.unit_ids[0]
        unit.order_id.close_reason = "Not at home"
        unit.order_id.action_cancel()
        unit.order_id.action_reopen()
        self.assertEqual(unit.state, 'planned')

    @users('lead')
    def test_free_recall_covers_every_line_of_an_expired_unit(self):
        self.cards.delivery_date = '2015-01-10'
        free, paid = self._start(), self._start(
            is_free=False, serial_from='RC-0008', serial_to='RC-0009')
        (free | paid).action_create_orders()
        order = free.unit_ids[0].order_id
        self.assertEqual((order.cover_state, order.charge_kind), ('expired', 'free'))
        self.assertTrue(order._get_cover_check('labour').is_covered)
        other = paid.unit_ids[0].order_id
        self.assertEqual(other.charge_kind, 'paid')
        self.assertFalse(other._get_cover_check('labour').is_covered)

    @users('lead')
    def test_stopped_campaign_makes_no_orders_and_goes_on_later(self):
        campaign = self._start()
        campaign.action_stop()
        with self.assertRaisesRegex(UserError, "do not run"):
            campaign.unit_ids[0].action_create_orders()
        campaign.action_start()
        campaign.unit_ids[0].action_create_orders()
        self.assertEqual(campaign.planned_count, 1)

    @users('lead')
    def test_card_says_that_a_recall_is_open(self):
        campaign = self._start()
        card, other = (card.with_env(self.env) for card in (self.cards[2], self.cards[0]))
        self.assertEqual((card.open_campaign_count, other.open_campaign_count), (1, 0))
        campaign.action_stop()
        card.invalidate_recordset(['open_campaign_count'])
        self.assertEqual(card.open_campaign_count, 0)

    @users('lead')
    def test_queries_hardly_grow_with_the_units(self):
        self._create_cards(70, prefix='QR')
        ranges = [('QR-0000', 'QR-0000'), ('QR-0001', 'QR-0010'), ('QR-0011', 'QR-0060')]
        campaigns = [self._create_campaign(serial_from=first, serial_to=last)
                     for first, last in ranges]
        taking, ordering = [], []
        for campaign in campaigns:
            campaign.action_start()
            taking.append(self._count_queries(campaign.action_add_units))
            ordering.append(self._count_queries(campaign.action_create_orders))
        self.assertEqual(taking[1], taking[2])
        # forty orders more draw their numbers: they cost no other query, as they have no followers
        self.assertLessEqual((ordering[2] - ordering[1]) / 40, 1.1)
        self.assertEqual(campaigns[2].planned_count, 50)

    @users('agent')
    def test_progress_of_many_campaigns_is_one_query(self):
        campaigns = self.env['aftersales.campaign'].sudo()
        for number in range(3):
            campaigns |= self.env['aftersales.campaign'].sudo().create({
                'title': f"Campaign {number}", 'reason': "R", 'instruction': "I",
                'type_id': self.type_on_site.id, 'serial_from': f'RC-000{number}',
                'serial_to': f'RC-000{number}'})
        campaigns = campaigns.with_user(self.agent)
        campaigns.mapped('progress')
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            campaigns.mapped('progress')
