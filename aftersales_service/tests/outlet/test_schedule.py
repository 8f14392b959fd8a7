from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import OutletCommon


@tagged('post_install', '-at_install')
class TestSchedule(OutletCommon):
    """One dialog plans an order and sends it: who may go, with load, skills and promise."""

    def _open(self, order, **values):
        return self.env['aftersales.schedule'].create({'order_id': order.id, **values})

    def _create_own(self, **values):
        return self._create_order(outlet_id=False, type_id=self.type_on_site.id, **values)

    @users('agent')
    def test_new_call_is_dispatched_in_one_step(self):
        order = self._create_own(user_id=self.agent.id)
        wizard = self._open(order)
        self.assertGreater(wizard.date_planned, fields.Datetime.now())
        self.assertIn(self.technician.id, [row['id'] for row in wizard.people])
        with self.assertRaisesRegex(UserError, "Choose the technician"):
            wizard.action_dispatch()
        wizard.technician_id = self.technician
        wizard.action_dispatch()
        self.assertRecordValues(order, [{
            'state': 'dispatched', 'technician_id': self.technician.id,
            'date_planned': wizard.date_planned}])

    @users('dispatcher')
    def test_proposed_time_is_free_where_everybody_is_planned(self):
        order = self._create_own()
        first = self._open(order)
        people = self.env['res.users'].browse(row['id'] for row in first.people)
        self.assertTrue(people)
        start = first.date_planned
        for person in people:
            self._create_own(technician_id=person.id, date_planned=start)
        wizard = self._open(self._create_own())
        self.assertGreaterEqual(wizard.date_planned, start + timedelta(hours=1))
        self.assertFalse(all(row['clash'] for row in wizard.people))
        # who is free is free at the next hour, as before
        spare = self._create_order(outlet_id=self.north.id, type_id=self.type_on_site.id)
        self.assertEqual(self._open(spare).date_planned, start)

    @users('dispatcher')
    def test_people_stand_in_the_order_in_which_they_fit(self):
        skill = self.env['aftersales.skill'].sudo().create({
            'name': "Gas", 'type_ids': self.type_on_site.ids, 'user_ids': self.technician.ids})
        busy = self._create_own(
            technician_id=self.technician.id, date_planned='2036-06-02 09:00:00')
        wizard = self._open(self._create_own(), date_planned='2036-06-02 09:30:00')
        rows = {row['id']: row for row in wizard.people}
        self.assertNotIn(self.employee.id, rows)
        self.assertNotIn(self.wang.id, rows)  # of an outlet that does not have the order
        own = rows[self.technician.id]
        self.assertEqual(
            (own['count'], own['clash'], own['lacks'], own['skills']), (1, 1, [], skill.name))
        self.assertNotIn(busy.name, str(own))
        # listed people have it; by law they need a certificate where the training module is there
        self.env.company.sudo().aftersales_unqualified_technician = 'refuse'
        wizard.invalidate_recordset(['people'])
        self.assertFalse(any(
            row['is_barred'] for row in wizard.people if row['id'] == self.technician.id))
        skill.is_statutory = True
        wizard.outlet_id = self.north
        self.assertEqual(
            {(row['id'], row['is_barred']) for row in wizard.people},
            {(self.wang.id, True), (self.zhao.id, True)})

    @users('dispatcher')
    def test_another_plan_needs_a_reason_and_leaves_a_trace(self):
        second = self._create_person('second_technician', 'technician', "Second Sam")
        order = self._create_own()
        self._open(order, technician_id=self.technician.id).action_dispatch()
        self.env.cr.precommit.run()
        later = order.date_planned + timedelta(days=1)
        wizard = self._open(order, date_planned=later, technician_id=second.id)
        with self.assertRaisesRegex(UserError, "reason for the new plan"):
            wizard.action_dispatch()
        wizard.reason = "The customer is away"
        wizard.action_dispatch()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(order.date_planned, later)
        self.assertIn("The customer is away", "".join(order.message_ids.mapped('body')))
        tracked = order.sudo().message_ids.tracking_value_ids.field_id.mapped('name')
        self.assertLessEqual({'technician_id', 'date_planned'}, set(tracked))

    @users('dispatcher')
    def test_a_time_past_the_promise_is_said(self):
        order = self._create_own()
        deadline = order._get_arrival_deadline()
        self.assertTrue(deadline)
        self.assertFalse(self._open(order, date_planned=deadline - timedelta(hours=1)).is_late)
        self.assertTrue(self._open(order, date_planned=deadline + timedelta(hours=1)).is_late)
        order.date_planned = deadline + timedelta(hours=1)
        self.assertIn("promised", order._onchange_past_promise()['warning']['message'])

    @users('agent')
    def test_orders_of_others_are_not_planned(self):
        order = self.env['aftersales.order'].with_user(self.dispatcher).create(
            {'partner_id': self.customer.id, 'outlet_id': False})
        with self.assertRaises(AccessError):
            self._open(order)
