from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import VisitCommon


@tagged('post_install', '-at_install')
class TestVisit(VisitCommon):
    """Dispatching plans the visit; visit and orders move together, from either side."""

    def test_five_units_are_one_visit(self):
        orders = self._dispatch(5)
        visit = orders.visit_ids
        self.assertEqual(len(visit), 1)
        self.assertRecordValues(visit, [{
            'technician_id': self.technician.id, 'order_count': 5, 'state': 'planned',
            'partner_id': self.customer.id, 'is_second_visit': False}])
        self.assertEqual((visit.date_stop - visit.date_start).seconds, 5 * 3600)

    def test_other_place_or_time_is_another_visit(self):
        neighbour = self.customer.copy({'name': "Wang Wei"})
        orders = self.env['aftersales.order'].create([
            {'partner_id': partner.id, 'type_id': self.type_plain.id, 'date_planned': date,
             'technician_id': self.technician.id}
            for partner, date in (
                (self.customer, '2026-06-02 08:00:00'), (neighbour, '2026-06-02 08:00:00'),
                (self.customer, '2026-06-02 10:00:00'))])
        for state in ('assessed', 'scheduled', 'dispatched'):
            orders._set_state(state)
        self.assertEqual([len(order.visit_ids) for order in orders], [1, 1, 1])
        self.assertEqual(len(orders.visit_ids), 3)

    def test_work_in_the_shop_has_no_visit(self):
        order = self._dispatch(type_id=self.type_carry_in.id)
        self.assertFalse(order.visit_ids)

    def test_visit_stands_in_the_technicians_calendar(self):
        visit = self._dispatch().visit_ids
        event = visit.event_id
        self.assertEqual(event.user_id, self.technician)
        self.assertEqual(event.partner_ids, self.technician.partner_id)
        self.assertIn(visit.order_ids.name, event.name)
        self.assertEqual(event.start, visit.date_start)

    def test_moving_the_meeting_moves_visit_and_orders(self):
        orders = self._dispatch(2)
        orders.visit_ids.event_id.with_user(self.technician).write({
            'start': '2026-06-03 09:00:00', 'stop': '2026-06-03 11:00:00'})
        self.assertEqual(str(orders.visit_ids.date_start), '2026-06-03 09:00:00')
        self.assertEqual(str(orders[1].date_planned), '2026-06-03 09:00:00')

    @users('dispatcher')
    def test_planning_the_order_again_moves_the_meeting(self):
        order = self._dispatch().with_user(self.env.user)
        order.write({
            'date_planned': '2026-06-04 10:00:00',
            'technician_id': self.other_technician.id})
        visit = order.visit_ids
        self.assertEqual(str(visit.date_start), '2026-06-04 10:00:00')
        self.assertEqual(visit.event_id.user_id, self.other_technician)
        self.assertEqual(visit.event_id.partner_ids, self.other_technician.partner_id)

    def test_order_that_leaves_a_common_visit_gets_its_own(self):
        orders = self._dispatch(2)
        common = orders.visit_ids
        orders[0].date_planned = '2026-06-05 08:00:00'
        self.assertEqual(common.order_ids, orders[1])
        self.assertEqual(str(orders[0].visit_ids.date_start), '2026-06-05 08:00:00')

    @users('dispatcher')
    def test_new_technician_of_the_visit_gets_the_orders(self):
        orders = self._dispatch(2).with_user(self.env.user)
        orders.visit_ids.technician_id = self.other_technician
        self.assertEqual(orders.technician_id, self.other_technician)

    def test_meeting_of_a_visit_is_not_deleted(self):
        visit = self._dispatch().visit_ids
        with self.assertRaisesRegex(UserError, "visits to customers"):
            visit.event_id.with_user(self.technician).unlink()

    @users('technician')
    def test_arriving_brings_the_orders_along(self):
        orders = self._dispatch(2).with_user(self.env.user)
        visit = orders.visit_ids
        visit.action_set_off()
        visit.action_arrive()
        self.assertEqual(orders.mapped('state'), ['on_site', 'on_site'])
        self.assertTrue(visit.date_left and visit.date_arrived)

    @users('technician')
    def test_arriving_at_the_order_brings_the_visit_along(self):
        order = self._dispatch().with_user(self.env.user)
        order.action_next()
        self.assertEqual(order.visit_ids.state, 'on_site')

    @users('technician')
    def test_visit_ends_with_its_last_order(self):
        orders = self._dispatch(2).with_user(self.env.user)
        visit = orders.visit_ids
        visit.action_arrive()
        with self.assertRaisesRegex(UserError, "Finish these orders first"):
            visit.action_end()
        self._accept(orders)
        orders[0].action_done()
        self.assertEqual(visit.state, 'on_site')
        orders[1].action_done()
        self.assertEqual(visit.state, 'done')
        self.assertTrue(visit.date_done)

    @users('technician')
    def test_failed_visit_needs_a_reason_and_plans_the_orders_again(self):
        order = self._dispatch().with_user(self.env.user)
        visit = order.visit_ids
        visit.action_set_off()
        with self.assertRaisesRegex(UserError, "failed visit"):
            visit.action_miss()
        visit.missed_reason = 'absent'
        visit.action_miss()
        self.assertEqual((visit.state, order.state), ('missed', 'scheduled'))
        self.assertEqual((order.wasted_trip_count, order.second_visit_count), (1, 0))

    def test_second_visit_is_counted(self):
        order = self._dispatch()
        order.action_next()
        order.action_plan_again()
        self.assertEqual(order.visit_ids.state, 'done')
        order.date_planned = '2026-06-09 08:00:00'
        order.action_next()
        second = order.visit_ids.filtered(lambda visit: visit.state == 'planned')
        self.assertTrue(second.is_second_visit)
        order.action_next()
        self.assertEqual((order.visit_count, order.second_visit_count), (2, 1))

    def test_order_called_off_leaves_the_calendar(self):
        order = self._dispatch()
        event = order.visit_ids.event_id
        order.close_reason = "The customer repaired it without us"
        order.action_cancel()
        self.assertFalse(order.visit_ids)
        self.assertFalse(event.exists())

    @users('manager')
    def test_deleted_orders_leave_no_trip_behind(self):
        orders = self._dispatch(2).with_user(self.env.user)
        visit = orders.visit_ids
        event = visit.event_id
        orders[0].unlink()
        self.assertEqual(visit.order_ids, orders[1])
        orders[1].unlink()
        self.assertFalse(visit.exists() or event.exists())

    def test_order_called_off_on_the_way_is_a_wasted_trip(self):
        order = self._dispatch()
        order.visit_ids.action_set_off()
        order.close_reason = "The customer repaired it without us"
        order.action_cancel()
        self.assertRecordValues(
            order.visit_ids, [{'state': 'missed', 'missed_reason': 'called_off'}])

    @users('dispatcher')
    def test_states_and_times_are_not_written(self):
        visit = self._dispatch().visit_ids.with_user(self.env.user)
        for vals in ({'state': 'done'}, {'date_arrived': '2026-06-02 08:00:00'}):
            with self.assertRaisesRegex(UserError, "is protected"):
                visit.write(vals)
        visit.action_set_off()
        with self.assertRaisesRegex(UserError, "cannot become"):
            visit.action_set_off()

    @users('agent')
    def test_a_visit_starts_with_orders_that_are_dispatched(self):
        order = self._create_order(
            type_id=self.type_plain.id, user_id=self.env.uid).with_user(self.env.user)
        visit = self.env['aftersales.visit'].create({
            'order_ids': [Command.set(order.ids)], 'technician_id': self.technician.id,
            'date_start': '2026-06-02 08:00:00'})
        for start in visit.action_set_off, visit.action_arrive:
            with self.assertRaisesRegex(UserError, "Dispatch the service orders"):
                start()
        answer = self.env['aftersales.job.action'].with_user(self.technician)._handle_batch([{
            'uuid': 'not-dispatched-1', 'kind': 'set_off', 'visit_id': visit.id}])
        self.assertEqual(answer[0]['status'], 'refused')
        self.assertIn("Dispatch the service orders", answer[0]['message'])
        self.assertEqual(visit.state, 'planned')

    def test_a_visit_that_is_over_stays_as_it_was(self):
        other, order = self._dispatch(), self._dispatch(date='2026-06-03 08:00:00')
        visit = order.visit_ids
        visit.action_arrive()
        self._accept(order)
        order.action_done()
        for user in (self.technician, self.agent):
            own, event = visit.with_user(user), visit.event_id.with_user(user)
            for act in (
                    lambda own=own: own.write({'date_start': '2020-01-01 08:00:00'}),
                    lambda own=own: own.write({'missed_reason': 'absent'}),
                    lambda own=own: own.write({'order_ids': [Command.clear()]}),
                    lambda own=own: own.write({'technician_id': self.other_technician.id}),
                    lambda event=event: event.write({
                        'start': '2020-01-01 08:00:00', 'stop': '2020-01-01 09:00:00'}),
                    lambda event=event: event.write({'active': False}),
                    lambda user=user: order.with_user(user).write(
                        {'visit_ids': [Command.unlink(visit.id)]}),
                    lambda user=user: other.with_user(user).write(
                        {'visit_ids': [Command.link(visit.id)]})):
                with self.assertRaisesRegex(
                        UserError, "are over|may not change"), self.env.cr.savepoint():
                    act()
        # a trip that is still planned moves as before
        other.visit_ids.event_id.with_user(self.agent).write({
            'start': '2026-06-04 08:00:00', 'stop': '2026-06-04 09:00:00'})
        self.assertEqual(str(other.date_planned), '2026-06-04 08:00:00')

    def test_visits_are_seen_with_their_orders(self):
        own = self._dispatch().visit_ids
        foreign = self._dispatch(
            technician=self.other_technician, user_id=self.manager.id).visit_ids
        visits = self.env['aftersales.visit']
        both = [('id', 'in', (own | foreign).ids)]
        self.assertEqual(visits.with_user(self.technician).search(both), own)
        self.assertEqual(visits.with_user(self.dispatcher).search(both), own | foreign)
        with self.assertRaises(AccessError):
            foreign.with_user(self.technician).read(['name'])
        for user in (self.employee, self.outlet_technician):
            with self.assertRaises(AccessError):
                visits.with_user(user).search([])

    def test_visits_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        visit = self._dispatch().visit_ids
        self.manager.write({'company_ids': [(6, 0, company.ids)], 'company_id': company.id})
        with self.assertRaises(AccessError):
            visit.with_user(self.manager).read(['name'])

    def test_dispatching_many_orders_costs_few_queries_each(self):
        """The calendar's own meetings cost most of it; checks and visits come in one go."""
        partners = self.env['res.partner'].create(
            [{'name': f"Customer {number}"} for number in range(50)])
        counts = []
        for batch in (partners[:10], partners[10:]):
            orders = self.env['aftersales.order'].create([{
                'partner_id': partner.id, 'type_id': self.type_plain.id,
                'date_planned': '2026-06-02 08:00:00', 'technician_id': self.technician.id,
            } for partner in batch])
            for state in ('assessed', 'scheduled'):
                orders._set_state(state)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders._set_state('dispatched')
            self.env.flush_all()
            counts.append((self.env.cr.sql_log_count - before) / len(batch))
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 12)
