from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import OutletCommon


@tagged('post_install', '-at_install')
class TestOffer(OutletCommon):
    """Which outlet an order goes to, and what happens to its answer."""

    def test_address_finds_the_outlet(self):
        order = self._create_order()
        self.assertEqual(order.outlet_id, self.north)
        self.south.area_ids = [Command.create({'zip_from': '941', 'zip_to': '941'})]
        self.assertEqual(self._create_order().outlet_id, self.south)

    def test_address_out_of_reach_has_no_outlet(self):
        self.customer.state_id = self.env.ref('base.state_us_30')
        self.assertFalse(self._create_order().outlet_id)

    def test_suspended_outlet_gets_no_new_orders(self):
        self.north.action_suspend()
        self.assertEqual(self._create_order().outlet_id, self.south)

    def test_chosen_outlet_that_was_suspended_since_is_not_asked(self):
        order = self._create_order(outlet_id=self.north.id)
        self.north.action_suspend()
        order.action_offer_to_outlet()
        self.assertEqual(order.outlet_id, self.south)

    def test_chosen_outlet_stays(self):
        self.assertEqual(self._create_order(outlet_id=self.south.id).outlet_id, self.south)

    def test_new_site_finds_a_new_outlet_until_one_has_the_order(self):
        elsewhere = self.env['res.partner'].create({
            'name': "Holiday flat", 'parent_id': self.customer.id, 'type': 'other',
            'country_id': self.country.id, 'state_id': self.env.ref('base.state_us_30').id})
        waiting, offered = self._create_order(), self._create_offered()
        (waiting | offered).site_id = elsewhere
        self.assertFalse(waiting.outlet_id)
        self.assertEqual(offered.outlet_id, self.north)

    def test_load_decides_between_equals_and_spreads_a_batch(self):
        self.south.area_ids.priority = 1
        self._create_order(outlet_id=self.north.id)
        orders = self.env['aftersales.order'].create(
            [{'partner_id': self.customer.id} for __ in range(3)])
        self.assertEqual(orders.mapped('outlet_id.name'), ["South Station", "North Station"])
        self.assertEqual(
            [order.outlet_id for order in orders], [self.south, self.north, self.south])

    @freeze_time('2026-06-02 09:00:00')
    def test_offer_stands_for_the_minutes_of_the_outlet(self):
        self.north.accept_minutes = 45
        order = self._create_offered()
        self.assertEqual(order.offer_state, 'offered')
        self.assertEqual(order.date_offer_deadline, datetime(2026, 6, 2, 9, 45))

    @freeze_time('2026-06-05 16:50:00')  # Friday; the week ends at 17:00
    def test_minutes_run_in_the_outlets_hours(self):
        calendar = self.env['resource.calendar'].create({
            'name': "Weekdays", 'tz': 'UTC', 'attendance_ids': [Command.clear()] + [
                Command.create({
                    'name': "Day", 'dayofweek': str(day), 'hour_from': 8, 'hour_to': 17})
                for day in range(5)]})
        self.north.write({'resource_calendar_id': calendar.id, 'accept_minutes': 30})
        order = self._create_offered()
        self.assertEqual(order.date_offer_deadline, datetime(2026, 6, 8, 8, 20))

    def test_outlet_without_minutes_accepts_at_once(self):
        self.north.accept_minutes = 0
        self.assertEqual(self._create_offered().offer_state, 'accepted')

    def test_outlet_accepts(self):
        order = self._create_offered()
        order.with_user(self.wang).action_accept_offer()
        self.assertEqual(self._get_results(order), [("North Station", 'accepted')])
        self.assertEqual(order.offer_id.answered_by_id, self.wang)

    def test_outlet_that_taps_twice_accepts_once(self):
        order = self._create_offered()
        order.with_user(self.wang).action_accept_offer()
        answered = order.offer_id.date_answered
        order.with_user(self.wang).action_accept_offer()
        self.assertEqual(order.offer_id.date_answered, answered)
        with self.assertRaisesRegex(UserError, "not offered to you"):
            order.with_user(self.dispatcher).action_accept_offer()

    def test_declined_order_goes_to_the_next_outlet(self):
        order = self._create_offered()
        order.with_user(self.wang).action_decline_offer("No ladder truck")
        self.assertEqual(order.outlet_id, self.south)
        self.assertEqual(
            self._get_results(order),
            [("North Station", 'declined'), ("South Station", 'offered')])
        self.assertEqual(order.offer_ids.sorted('id')[0].reason, "No ladder truck")

    def test_declining_needs_a_reason(self):
        order = self._create_offered()
        with self.assertRaisesRegex(UserError, "reason"):
            order.with_user(self.wang).action_decline_offer("  ")

    def test_answer_comes_once(self):
        order = self._create_offered()
        order.with_user(self.wang).action_accept_offer()
        with self.assertRaisesRegex(UserError, "not offered to you any more"):
            order.with_user(self.zhao).action_decline_offer("Too far")

    def test_answer_after_the_deadline_is_refused_before_the_cron_ran(self):
        with freeze_time('2026-06-02 09:00:00'):
            late, declined = self._create_offered(), self._create_offered()
            # a decline or a technician would answer as well
            answers = {
                'accept': lambda: late.with_user(self.wang).action_accept_offer(),
                'decline': lambda: declined.with_user(self.wang).action_decline_offer("Far"),
                'hand over': lambda: late.with_user(self.dispatcher).action_hand_over(
                    "Wang knows the unit", self.wang.id),
                'give': lambda: late.with_user(self.dispatcher).action_dispatch_to(
                    self.wang.id),
                'desk': lambda: late.with_user(self.dispatcher).action_accept_offer(),
            }
        with freeze_time('2026-06-02 09:30:01'):
            for name, answer in answers.items():
                with self.subTest(answer=name), self.cr.savepoint(), (
                        self.assertRaisesRegex(UserError, "The time to answer is over")):
                    answer()
            self.assertEqual(late._get_outlet_actions(), [])
            self.assertEqual(
                (late | declined).mapped('offer_state'), ['offered', 'offered'])
        with freeze_time('2026-06-02 09:29:59'):
            self.assertEqual(late._get_outlet_actions(), ['accept', 'decline'])
            answers['accept']()
            answers['decline']()
        self.assertEqual(late.offer_state, 'accepted')
        self.assertEqual(declined.outlet_id, self.south)

    def test_accepted_order_is_handed_over_long_after_the_deadline(self):
        with freeze_time('2026-06-02 09:00:00'):
            order = self._create_offered()
            order.with_user(self.wang).action_accept_offer()
        with freeze_time('2026-06-05 09:00:00'):
            order.with_user(self.dispatcher).action_hand_over("Zhao is near", self.zhao.id)
        self.assertEqual(order.technician_id, self.zhao)

    def test_dispatcher_is_notified_when_no_outlet_is_left(self):
        self.env.company.aftersales_dispatcher_id = self.dispatcher
        order = self._create_offered()
        order.with_user(self.wang).action_decline_offer("Too far")
        order.with_user(self.chen).action_decline_offer("Too far as well")
        self.assertFalse(order.outlet_id)
        self.assertEqual(order.offer_state, 'declined')
        self.assertEqual(order.activity_ids.user_id, self.dispatcher)

    def test_unanswered_offers_are_passed_on(self):
        with freeze_time('2026-06-02 09:00:00'):
            late = self._create_offered(user_id=self.agent.id)
        with freeze_time('2026-06-02 09:20:00'):
            fresh = self._create_offered()
        with freeze_time('2026-06-02 09:31:00'):
            self._run_cron()
        self.assertEqual(
            self._get_results(late),
            [("North Station", 'expired'), ("South Station", 'offered')])
        self.assertEqual(self._get_results(fresh), [("North Station", 'offered')])
        with freeze_time('2026-06-02 10:02:00'):
            self._run_cron()
        self.assertFalse(late.outlet_id)
        self.assertEqual(late.activity_ids.user_id, self.agent)
        with freeze_time('2026-06-02 12:00:00'):
            self._run_cron()
        self.assertEqual(len(late.offer_ids), 2)
        self.assertEqual(len(late.activity_ids), 1)

    def test_finished_work_is_not_passed_on(self):
        """Our own workshop did it while the outlet had not answered."""
        with freeze_time('2026-06-02 09:00:00'):
            order = self._create_offered()
            order.date_done = '2026-06-02 09:00:00'
        with freeze_time('2026-06-02 09:31:00'):
            self._run_cron()
        self.assertEqual(self._get_results(order), [("North Station", 'expired')])
        self.assertEqual(order.outlet_id, self.north)

    def test_cron_works_in_batches(self):
        with freeze_time('2026-06-02 09:00:00'):
            orders = self.env['aftersales.order'].browse(
                self._create_offered().id for __ in range(5))
        self.env.flush_all()
        with (freeze_time('2026-06-02 09:31:00'), self.enter_registry_test_mode(),
              self.registry.cursor() as cr):
            self.env(cr=cr)['aftersales.offer']._cron_pass_on_unanswered(batch_size=2)
        self.env.invalidate_all()
        self.assertEqual(orders.outlet_id, self.south)

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_offer').method_direct_trigger()

    def test_full_outlet_is_passed_over(self):
        self.north.capacity_ids = [Command.create({'orders_per_day': 1})]
        first = self._create_offered(date_planned='2026-06-02 09:00:00')
        second = self._create_offered(date_planned='2026-06-02 09:00:00')
        other_day = self._create_offered(date_planned='2026-06-03 09:00:00')
        self.assertEqual(first.outlet_id, self.north)
        self.assertEqual(second.outlet_id, self.south)
        self.assertEqual(other_day.outlet_id, self.north)

    def test_peak_season_widens_the_quota_in_its_area_and_days(self):
        self.north.capacity_ids = [
            Command.create({'orders_per_day': 1}),
            Command.create({'orders_per_day': 1, 'date': '2026-06-04'})]
        self.env['aftersales.peak'].create([
            {'name': "Summer", 'date_from': '2026-06-02', 'date_to': '2026-06-04',
             'state_ids': [Command.set(self.california.ids)], 'quota_factor': 2.0},
            {'name': "Elsewhere", 'date_from': '2026-06-02', 'date_to': '2026-06-09',
             'state_ids': [Command.set(self.env.ref('base.state_us_27').ids)],
             'quota_factor': 9.0},
            {'name': "Of others", 'date_from': '2026-06-02', 'date_to': '2026-06-09',
             'company_id': self.env['res.company'].create({'name': "Second Company"}).id,
             'quota_factor': 9.0}])
        outlets = {
            day: [self._create_offered(date_planned=f'{day} 09:00:00').outlet_id
                  for __ in range(3)]
            for day in ('2026-06-02', '2026-06-04', '2026-06-05')}
        north, south = self.north, self.south
        self.assertEqual(outlets, {
            '2026-06-02': [north, north, south],  # twice as many as usual
            '2026-06-04': [north, south, south],  # a number for this very day stays
            '2026-06-05': [north, south, south]})
        with freeze_time('2026-06-02 08:00:00'):
            self.assertRecordValues(self.north.capacity_ids.filtered(
                lambda capacity: not capacity.date), [{'used_count': 2, 'left_count': 0}])

    def test_category_limits_its_products_only(self):
        category = self.env['product.category'].create({'name': "Conditioners"})
        self.conditioner.categ_id = self.env['product.category'].create(
            {'name': "Split", 'parent_id': category.id})
        self.north.capacity_ids = [
            Command.create({'orders_per_day': 0, 'product_category_id': category.id})]
        values = {'date_planned': '2026-06-02 09:00:00'}
        self.assertEqual(
            self._create_offered(product_id=self.conditioner.id, **values).outlet_id, self.south)
        self.assertEqual(
            self._create_offered(product_id=self.compressor.id, **values).outlet_id, self.north)

    def test_dispatcher_hears_at_once_that_all_are_full(self):
        for outlet in self.north | self.south:
            outlet.capacity_ids = [Command.create({'orders_per_day': 0})]
        order = self._create_order()
        with self.assertRaisesRegex(UserError, order.name):
            order.action_offer_to_outlet()
        self.assertFalse(order.offer_ids)

    def test_order_is_with_one_outlet_at_a_time(self):
        order = self._create_offered()
        with self.assertRaisesRegex(UserError, "with an outlet already"):
            order.action_offer_to_outlet()

    def test_other_outlet_takes_the_order_away(self):
        order = self._create_offered()
        order.with_user(self.wang).action_accept_offer()
        order.outlet_id = self.south
        self.assertEqual(self._get_results(order), [("North Station", 'withdrawn')])
        with self.assertRaises(AccessError):
            order.with_user(self.wang).read(['name'])
        order.action_offer_to_outlet()
        self.assertEqual(order.outlet_id, self.south)

    def test_cancelled_order_is_not_offered_any_more(self):
        order = self._create_offered(close_reason="It works again")
        order.action_cancel()
        self.assertEqual(order.offer_state, 'withdrawn')
        with self.assertRaisesRegex(UserError, "closed"):
            order.action_offer_to_outlet()

    def test_cancelled_order_keeps_who_had_accepted_it(self):
        order = self._create_offered(close_reason="It works again")
        order.action_accept_offer()
        order.action_cancel()
        self.assertEqual(self._get_results(order), [("North Station", 'accepted')])

    @users('dispatcher')
    def test_answer_cannot_be_written_by_hand(self):
        order = self._create_offered()
        for vals in ({'offer_state': 'accepted'}, {'offer_id': False},
                     {'capacity_day': '2026-06-02'}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is protected"):
                order.write(vals)
        with self.assertRaises(AccessError):
            order.offer_id.state = 'accepted'

    @users('dispatcher')
    def test_dispatcher_answers_for_the_outlet(self):
        order = self._create_offered()
        context = order.action_open_decline()['context']
        wizard = self.env['aftersales.dispatch.reason'].with_context(**context).create(
            {'reason': "They called"})
        wizard.action_confirm()
        self.assertEqual(order.outlet_id, self.south)
        order.action_accept_offer()
        self.assertEqual(order.offer_state, 'accepted')
