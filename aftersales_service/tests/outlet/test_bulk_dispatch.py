from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import OutletCommon

DAY = '2026-06-02 09:00:00'


@tagged('post_install', '-at_install')
class TestBulkDispatch(OutletCommon):
    """Many orders get an outlet, a technician and a day in one action."""

    def _create_orders(self, count, **values):
        return self.env['aftersales.order'].create([
            {'partner_id': self.customer.id, **values} for __ in range(count)])

    def _dispatch(self, orders, **values):
        wizard = self.env['aftersales.dispatch'].with_context(
            active_ids=orders.ids).create(values)
        wizard.action_dispatch()
        return wizard

    @users('dispatcher')
    def test_outlet_person_and_day_at_once(self):
        orders = self._create_orders(3)
        orders.action_next()
        wizard = self._dispatch(
            orders, outlet_id=self.south.id, date_planned=DAY, reason="Peak week",
            technician_choice='person', technician_id=self.chen.id)
        self.assertEqual((wizard.done_count, len(wizard.refusal_ids)), (3, 0))
        self.assertRecordValues(orders, [{
            'outlet_id': self.south.id, 'technician_id': self.chen.id, 'state': 'dispatched',
            'offer_state': 'accepted'}] * 3)
        self.assertIn("Peak week", "".join(orders[0].message_ids.mapped('body')))

    @users('dispatcher')
    def test_new_calls_reach_the_technician(self):
        orders = self._create_orders(1, outlet_id=False)
        orders |= self.env['aftersales.order'].create({})  # without outlet: it waits
        self._dispatch(orders, date_planned=DAY, technician_choice='person',
                       technician_id=self.technician.id)
        self.assertEqual(orders.mapped('state'), ['dispatched', 'registered'])
        self.assertEqual(orders.visit_ids.technician_id, self.technician)

    @users('dispatcher')
    def test_orders_without_time_are_not_called_dispatched(self):
        """A technician by load and no day: the orders have somebody, and none is dispatched."""
        orders = self._create_orders(2, outlet_id=False)
        wizard = self._dispatch(orders, technician_choice='load')
        self.assertEqual((wizard.done_count, wizard.sent_count), (2, 0))
        self.assertNotIn('dispatched', orders.mapped('state'))
        self.assertIn("2 orders were changed and are not dispatched: 2 without time",
                      wizard.waiting_note)
        wizard = self._dispatch(orders, date_planned=DAY)
        self.assertEqual((wizard.sent_count, wizard.waiting_note), (2, False))

    @users('dispatcher')
    def test_each_changed_order_that_is_not_dispatched_is_explained(self):
        carried = self._create_orders(1, outlet_id=False, type_id=self.type_carry_in.id)
        wizard = self._dispatch(carried, date_planned=DAY, technician_choice='person',
                                technician_id=self.technician.id)
        self.assertEqual((wizard.done_count, wizard.sent_count), (1, 0))
        self.assertIn(f"{carried.name} at the stage", wizard.waiting_note)
        self.assertIn("are not dispatched", wizard.waiting_note.split(carried.name)[1])

    @users('dispatcher')
    def test_orders_of_one_customer_at_one_place_are_one_visit(self):
        orders = self._create_orders(3)
        orders |= self._create_orders(1, partner_id=self.env['res.partner'].sudo().create(
            {'name': "Other"}).id)
        self._dispatch(
            orders, outlet_id=self.north.id, date_planned=DAY, technician_choice='load')
        self.assertEqual(len(orders[:3].technician_id), 1)
        self.assertEqual(set(orders[:3].mapped('date_planned')), {orders[0].date_planned})
        self.assertEqual(
            orders[3].technician_id, (self.wang | self.zhao) - orders[0].technician_id)

    @users('dispatcher')
    def test_outlet_alone_is_asked(self):
        orders = self._create_orders(2)
        self._dispatch(orders, outlet_id=self.south.id)
        self.assertRecordValues(
            orders, [{'outlet_id': self.south.id, 'offer_state': 'offered',
                      'technician_id': False, 'state': 'registered'}] * 2)

    @users('dispatcher')
    def test_refused_orders_are_listed_with_the_reason(self):
        good, closed, full = self._create_orders(3)
        closed.write({'close_reason': "Twice"})
        closed.action_cancel()
        self.south.sudo().capacity_ids = [Command.create({'orders_per_day': 1})]
        wizard = self._dispatch(
            good | closed | full, outlet_id=self.south.id, date_planned=DAY)
        self.assertRecordValues(wizard.refusal_ids, [
            {'order_id': closed.id, 'reason': "Its work is finished."},
            {'order_id': full.id, 'reason': "South Station is full on 2026-06-02."}])
        self.assertEqual(good.outlet_id, self.south)
        self.assertEqual(full.outlet_id, self.north)
        self.assertFalse(full.date_planned)

    @users('dispatcher')
    def test_outlet_gets_no_orders_of_another_company(self):
        other = self.env['res.company'].sudo().create({'name': "Second Company"})
        self.dispatcher.company_ids += other
        self.env = self.env(context={
            **self.env.context, 'allowed_company_ids': (self.env.company | other).ids})
        own, foreign = self._create_orders(1), self._create_orders(1, company_id=other.id)
        wizard = self._dispatch(own | foreign, outlet_id=self.south.id)
        self.assertRecordValues(wizard.refusal_ids, [
            {'order_id': foreign.id, 'reason': "It belongs to another company."}])
        self.assertEqual((own.outlet_id, foreign.outlet_id.ids), (self.south, []))

    @users('dispatcher')
    def test_order_that_moves_within_its_day_keeps_its_place(self):
        self.north.sudo().capacity_ids = [Command.create({'orders_per_day': 1})]
        order = self._create_orders(1, date_planned=DAY)
        order.action_offer_to_outlet()
        self.assertFalse(self._dispatch(
            order, date_planned='2026-06-02 15:00:00', reason="Asked for").refusal_ids)
        self.assertEqual(str(order.date_planned), '2026-06-02 15:00:00')

    @users('dispatcher')
    def test_redispatch_takes_the_old_technician_off(self):
        orders = self._create_orders(2)
        self._dispatch(orders, outlet_id=self.north.id, technician_choice='person',
                       technician_id=self.wang.id)
        self._dispatch(orders, outlet_id=self.south.id)
        self.assertRecordValues(
            orders, [{'technician_id': False, 'offer_state': 'offered'}] * 2)

    @users('dispatcher')
    def test_reschedule_keeps_who_does_it(self):
        orders = self._create_orders(2)
        self._dispatch(orders, outlet_id=self.north.id, technician_choice='person',
                       technician_id=self.wang.id, date_planned=DAY)
        self._dispatch(orders, date_planned='2026-06-05 09:00:00', reason="Storm")
        self.assertEqual(orders.technician_id, self.wang)
        self.assertEqual({day.isoformat() for day in orders.mapped('capacity_day')},
                         {'2026-06-05'})

    @users('dispatcher')
    def test_load_spreads_the_orders(self):
        customers = self.env['res.partner'].sudo().create(
            [{'name': f"Customer {number}"} for number in range(4)])
        orders = self.env['aftersales.order'].union(*(
            self._create_orders(1, partner_id=customer.id) for customer in customers))
        self._dispatch(
            orders, outlet_id=self.north.id, date_planned=DAY, technician_choice='load')
        self.assertEqual(len(orders.filtered(
            lambda order: order.technician_id == self.wang)), 2)
        self.assertEqual(len(orders.filtered(
            lambda order: order.technician_id == self.zhao)), 2)

    def _create_sent(self, technician, moment, **values):
        order = self._create_order(
            technician_id=technician.id, date_planned=moment, outlet_id=False, **values)
        order._move_on_to_dispatched()
        return order

    @users('dispatcher')
    def test_what_is_under_way_is_left_alone_with_the_reason(self):
        begun = self._create_sent(self.technician, DAY)
        begun.action_next()
        held = self._create_sent(self.technician, '2026-06-02 11:00:00')
        held.sudo()._pause_clocks(self.env['aftersales.pause.reason'].search([], limit=1))
        question = self._create_order(type_id=self.type_consultation.id, answer="Yes")
        agreed = self._create_sent(self.technician, '2026-06-02 13:00:00')
        orders = begun | held | question | agreed
        before = [(order.technician_id, order.date_planned, order.state) for order in orders]
        wizard = self._dispatch(
            orders, date_planned='2026-06-03 09:00:00', technician_choice='load')
        self.assertEqual((wizard.done_count, len(wizard.refusal_ids)), (0, 4))
        reasons = {refusal.order_id: refusal.reason for refusal in wizard.refusal_ids}
        for order, words in ((begun, "has begun"), (held, "on hold"),
                             (question, "consultation"), (agreed, "was agreed")):
            self.assertIn(words, reasons[order])
        self.assertEqual(before, [
            (order.technician_id, order.date_planned, order.state) for order in orders])
        moved = self._dispatch(agreed, date_planned='2026-06-03 09:00:00', reason="Storm")
        self.assertEqual(moved.done_ids, agreed)

    @users('dispatcher')
    def test_times_are_spread_over_the_day(self):
        self._create_sent(self.technician, '2026-06-02 10:00:00', partner_id=self.env[
            'res.partner'].sudo().create({'name': "Earlier"}).id)
        customers = self.env['res.partner'].sudo().create(
            [{'name': f"Customer {number}"} for number in range(4)])
        orders = self._create_orders(1, outlet_id=False).union(*(
            self._create_orders(1, outlet_id=False, partner_id=customer.id)
            for customer in customers))
        same_site = self._create_orders(1, outlet_id=False)
        wizard = self._dispatch(
            orders | same_site, date_planned=DAY, technician_choice='person',
            technician_id=self.technician.id)
        self.assertFalse(wizard.refusal_ids)
        times = orders.mapped('date_planned')
        self.assertEqual(len(set(times)), 5)
        self.assertNotIn('2026-06-02 10:00:00', [str(time) for time in times])
        self.assertEqual(same_site.date_planned, orders[0].date_planned)
        self.assertFalse(any(order._find_planned_at_once() for order in orders))

    @users('dispatcher')
    def test_person_of_another_outlet_is_refused(self):
        order = self._create_orders(1)
        wizard = self._dispatch(
            order, technician_choice='person', technician_id=self.chen.id)
        self.assertEqual(
            wizard.refusal_ids.reason, "Chen of South does not work for its outlet.")
        self.assertFalse(order.technician_id)

    @users('dispatcher')
    def test_incomplete_wishes_are_refused(self):
        orders = self._create_orders(2)
        self.south.sudo().action_suspend()
        for values, words in [
                ({}, "Choose an outlet"),
                ({'technician_choice': 'person'}, "Choose the person"),
                ({'outlet_id': self.south.id}, "not active")]:
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._dispatch(orders, **values)
        self.env.company.sudo().aftersales_dispatch_limit = 1
        with self.assertRaisesRegex(UserError, "at most 1 orders"):
            self._dispatch(orders, date_planned=DAY)

    @users('agent')
    def test_bulk_dispatch_is_for_dispatchers(self):
        with self.assertRaises(AccessError):
            self._dispatch(self._create_orders(1), date_planned=DAY)
