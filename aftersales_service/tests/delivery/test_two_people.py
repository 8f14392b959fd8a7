from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestTwoPeople(DeliveryCommon):
    """Heavy goods go with two people, and both see the job."""

    def _schedule(self, **values):
        order = self._create_delivery(
            technician_id=self.technician.id, date_planned='2026-06-02 08:00:00', **values)
        order._set_state('scheduled')
        return order

    @users('dispatcher')
    def test_heavy_goods_are_not_dispatched_to_one(self):
        order = self._schedule().with_user(self.env.user)
        with self.assertRaisesRegex(UserError, f"need two people.*{order.name}"):
            order.action_next()
        order.helper_id = self.other_technician
        order.action_next()
        self.assertEqual(order.state, 'dispatched')
        self.assertEqual(order.visit_ids.helper_ids, self.other_technician)

    @users('dispatcher')
    def test_light_goods_and_repairs_go_with_one(self):
        for values in ({'product_id': self.kettle.id, 'type_id': self.type_delivery.id},
                       {'product_id': self.fridge.id, 'type_id': self.type_plain.id}):
            self.assertEqual(self._dispatch(**values).state, 'dispatched')

    def test_product_and_company_say_who_needs_two(self):
        self.env.company.aftersales_two_people_weight = 0
        self.assertFalse(self._schedule()._lacks_helper())
        self.fridge.aftersales_needs_two = True
        self.assertTrue(self._schedule()._lacks_helper())

    @users('dispatcher')
    def test_bulk_dispatch_leaves_heavy_goods_alone_with_the_reason(self):
        heavy, light = self._schedule(), self._schedule(product_id=self.kettle.id)
        wizard = self.env['aftersales.dispatch'].create({
            'order_ids': (heavy | light).ids, 'technician_choice': 'person',
            'technician_id': self.technician.id})
        wizard.action_dispatch()
        self.assertRecordValues(wizard.refusal_ids, [{
            'order_id': heavy.id, 'reason': "Its goods need two people: name the second one."}])
        self.assertEqual((heavy.state, light.state), ('scheduled', 'dispatched'))

    def test_second_person_stays_while_the_goods_are_under_way(self):
        order = self._dispatch_with(self.other_technician)
        with self.assertRaisesRegex(UserError, "need two people"):
            order.helper_id = False

    def test_one_person_does_not_count_twice(self):
        with self.assertRaisesRegex(ValidationError, "second person as well"):
            self._schedule(helper_id=self.technician.id)

    def test_helper_from_outside_works_for_the_outlet(self):
        stranger = new_test_user(self.env, 'sam', 'base.group_portal', name="Sam")
        with self.assertRaisesRegex(ValidationError, "Sam is neither a technician"):
            self._schedule(helper_id=stranger.id, outlet_id=self.outlet.id)
        self._schedule(helper_id=self.outlet_technician.id, outlet_id=self.outlet.id)

    def _dispatch_with(self, helper, **values):
        order = self._schedule(helper_id=helper.id, **values)
        order._set_state('dispatched')
        return order

    def test_helper_sees_the_job_and_acts(self):
        order = self._dispatch_with(self.outlet_technician, outlet_id=self.outlet.id)
        visits = self.env['aftersales.visit']
        domain = visits.with_user(self.outlet_technician)._get_own_domain()
        self.assertEqual(visits.search(domain), order.visit_ids)
        self.assertTrue(self.outlet_technician._is_aftersales_technician())
        order.visit_ids.with_user(self.outlet_technician)._check_is_technician()
        job = order.visit_ids._prepare_mobile_job()
        self.assertEqual(job['people'], "Technician Tom and Outlet Olga")

    def test_who_does_not_go_sees_nothing(self):
        order = self._dispatch_with(self.outlet_technician, outlet_id=self.outlet.id)
        with self.assertRaisesRegex(UserError, "no longer yours"):
            order.visit_ids.with_user(self.other_technician)._check_is_technician()
        with self.assertRaises(AccessError):
            order.visit_ids.with_user(self.other_technician).read(['state'])

    def test_own_helper_reads_order_and_visit(self):
        order = self._dispatch_with(self.other_technician)
        order.with_user(self.other_technician).read(['name'])
        order.visit_ids.with_user(self.other_technician).read(['state'])

    def test_calendar_invites_both_and_follows_a_change(self):
        order = self._dispatch_with(self.other_technician)
        event = order.visit_ids.event_id
        self.assertEqual(
            event.partner_ids, (self.technician | self.other_technician).partner_id)
        order.helper_id = self.manager
        self.assertEqual(order.visit_ids.helper_ids, self.manager)
        self.assertEqual(event.partner_ids, (self.technician | self.manager).partner_id)

    def test_a_trip_that_is_over_keeps_its_people(self):
        order = self._dispatch_with(self.other_technician)
        order._set_state('on_site')
        order.action_plan_again()
        visit = order.visit_ids
        self.assertEqual(visit.state, 'done')
        order.helper_id = self.manager
        self.assertEqual(visit.helper_ids, self.other_technician)
