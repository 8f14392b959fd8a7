from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged, users

from .common import DeliveryCommon

DAY = '2026-06-02'  # a Tuesday


@tagged('post_install', '-at_install')
class TestSlot(DeliveryCommon):
    """The agreed slot plans the order, through any writer, and takes so many orders a day."""

    def _plan(self, slot_date=DAY, **values):
        return self._create_delivery(slot_id=self.slot.id, slot_date=slot_date, **values)

    @users('agent')
    def test_slot_plans_the_order_in_the_company_zone(self):
        """8 to 12 in Shanghai is 0 to 4 UTC."""
        order = self._create_delivery().with_user(self.env.user)
        order.write({'slot_id': self.slot.id, 'slot_date': DAY})
        self.assertEqual(str(order.date_planned), '2026-06-02 00:00:00')
        self.assertEqual(str(order.date_planned_stop), '2026-06-02 04:00:00')

    @users('agent')
    def test_form_shows_the_time_of_the_slot(self):
        with Form(self.env['aftersales.order']) as form:
            form.partner_id = self.customer
            form.type_id = self.type_delivery
            form.slot_date = DAY
            form.slot_id = self.slot
            self.assertEqual(str(form.date_planned), '2026-06-02 00:00:00')

    def test_slot_wins_over_a_time_given_with_it(self):
        self.assertEqual(
            str(self._plan(date_planned='2026-06-09 10:00:00').date_planned),
            '2026-06-02 00:00:00')

    def test_another_time_ends_the_slot(self):
        order = self._plan()
        order.date_planned = '2026-06-02 09:00:00'
        self.assertFalse(order.slot_id or order.slot_date or order.date_planned_stop)
        self.assertEqual(str(order.date_planned), '2026-06-02 09:00:00')

    def test_visit_moves_with_the_slot(self):
        order = self._plan(technician_id=self.technician.id, product_id=self.kettle.id)
        order._set_state('scheduled')
        order._set_state('dispatched')
        order.slot_date = '2026-06-03'
        self.assertEqual(str(order.visit_ids.date_start), '2026-06-03 00:00:00')

    def test_full_slot_is_refused_and_cancelled_orders_leave_it(self):
        first, __ = self._plan(), self._plan()
        with self.assertRaisesRegex(ValidationError, "full: it takes 2"), self.cr.savepoint():
            self._plan()
        self._plan(slot_date='2026-06-03')
        first.close_reason = "Changed their mind"
        first.action_cancel()
        self._plan()

    def test_peak_season_widens_the_slot(self):
        self.env['aftersales.peak'].create({
            'name': "Summer", 'date_from': DAY, 'date_to': DAY, 'quota_factor': 1.5})
        for __ in range(3):
            self._plan()
        with self.assertRaisesRegex(ValidationError, "full: it takes 3"):
            self._plan()

    def test_slot_without_limit_takes_all(self):
        self.slot.capacity = 0
        self.assertEqual(len({self._plan().date_planned for __ in range(5)}), 1)

    def test_slot_of_another_weekday_or_outlet_is_refused(self):
        self.slot.weekday = '0'
        with self.assertRaisesRegex(
                ValidationError, "not offered on 2026-06-02"), self.cr.savepoint():
            self._plan()
        self.slot.write({'weekday': '1', 'outlet_id': self.outlet.id})
        with self.assertRaisesRegex(
                ValidationError, "one of outlet Olga"), self.cr.savepoint():
            self._plan()
        self.assertTrue(self._plan(outlet_id=self.outlet.id).date_planned)

    def test_slot_needs_its_day(self):
        with self.assertRaisesRegex(ValidationError, "Choose the day"):
            self._create_delivery(slot_id=self.slot.id)

    def test_places_left_are_shown_for_the_day(self):
        self._plan()
        slot = self.slot.with_context(slot_date=DAY)
        self.assertEqual(slot.display_name, "08:00–12:00 (1 left)")
        self.assertEqual(self.slot.display_name, "08:00–12:00")

    def test_slots_are_written_by_administrators_only(self):
        with self.assertRaises(AccessError):
            self.slot.with_user(self.dispatcher).capacity = 9
        self.slot.with_user(self.manager).capacity = 9

    def test_other_companies_do_not_see_the_slot(self):
        self.slot.company_id = self.env['res.company'].create({'name': "Second Company"})
        self.assertNotIn(self.slot, self.env['aftersales.slot'].with_user(self.agent).search([]))
