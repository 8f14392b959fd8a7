from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestTripCharge(DeliveryCommon):
    """A visit that failed by the customer's fault is proposed, and charged with the quotation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trip = cls.env['product.product'].create({
            'name': "Further Trip", 'type': 'service', 'list_price': 35.0})
        cls.env.company.aftersales_trip_service_id = cls.trip
        reason = cls.env['aftersales.missed.reason']
        cls.absent = reason.create(
            {'name': "Customer not at home", 'kind': 'absent', 'is_customer_fault': True})
        cls.wrong_part = reason.create({'name': "Wrong part", 'kind': 'part'})

    def _miss(self, reason, **values):
        order = self._dispatch(**values)
        order.visit_ids.missed_reason_id = reason
        order.visit_ids.action_miss()
        return order.with_user(self.env.user)

    @users('agent')
    def test_trip_of_an_absent_customer_is_charged_once_agreed(self):
        order = self._miss(self.absent)
        self.assertTrue(order.has_trip_to_charge)
        self.assertFalse(order.labour_ids)
        order.action_charge_trip()
        self.assertFalse(order.has_trip_to_charge)
        self.assertRecordValues(order.labour_ids, [{
            'product_id': self.trip.id, 'quantity': 1.0, 'is_covered': False,
            'cover_reason': "Failed visit: Customer not at home"}])
        order.action_charge_trip()  # a second click finds nothing
        self.assertEqual(len(order.labour_ids), 1)
        order.action_create_quotation()
        line = order.sudo().sale_order_ids.order_line
        self.assertEqual(line.price_subtotal, 35.0)
        self.assertIn("Customer not at home", line.name)

    @users('agent')
    def test_trip_that_is_let_pass_costs_nothing(self):
        order = self._miss(self.absent)
        order.action_waive_trip()
        self.assertFalse(order.has_trip_to_charge or order.labour_ids)
        self.assertEqual(order.sudo().visit_ids.charge_state, 'waived')
        self.assertIn("not charged", order.message_ids[:1].body)

    def test_only_the_customers_fault_is_proposed_and_only_with_a_service(self):
        self.assertFalse(self._miss(self.wrong_part).has_trip_to_charge)
        self.env.company.aftersales_trip_service_id = False
        self.assertFalse(self._miss(self.absent).has_trip_to_charge)

    def test_proposal_without_a_service_is_refused_when_it_is_charged(self):
        order = self._miss(self.absent)
        self.env.company.aftersales_trip_service_id = False
        with self.assertRaisesRegex(UserError, f"choose one first: {order.name}"):
            order.action_charge_trip()

    def test_undecided_trip_does_not_block_finishing(self):
        order = self._miss(self.absent)
        self._move_to(order, 'done')
        self.assertTrue(order.has_trip_to_charge)

    def test_one_trip_for_two_units_is_charged_once(self):
        orders = self._dispatch(2)
        orders.visit_ids.missed_reason_id = self.absent
        orders.visit_ids.action_miss()
        self.assertEqual(orders.mapped('has_trip_to_charge'), [True, True])
        orders.action_charge_trip()
        self.assertEqual(len(orders.labour_ids), 1)
        self.assertEqual(orders.mapped('has_trip_to_charge'), [False, False])

    def test_warranty_pays_no_further_trip_but_goodwill_does(self):
        card = self._create_card(delivery_date='2026-06-01')
        order = self._miss(
            self.absent, warranty_id=card.id, date_event='2026-06-02 08:00:00')
        order.action_charge_trip()
        self.assertEqual((order.cover_state, order.labour_ids.is_covered), ('covered', False))
        order.with_user(self.manager).write({
            'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self.assertTrue(order.labour_ids.is_covered)

    def test_colleagues_of_another_desk_and_outlets_do_not_decide(self):
        order = self._miss(self.absent)
        for user in (self.other_agent, self.outlet_technician, self.employee):
            for action in ('action_charge_trip', 'action_waive_trip'):
                with self.subTest(user=user.name, action=action), (
                        self.assertRaises(AccessError)):
                    getattr(order.with_user(user), action)()
        self.assertTrue(order.has_trip_to_charge)

    def test_decision_is_not_typed(self):
        visit = self._miss(self.absent).visit_ids
        with self.assertRaisesRegex(UserError, "is protected"):
            visit.with_user(self.dispatcher).charge_state = 'waived'
